"""The judge: sends a case, reads all that comes back, and says what is wrong with it."""

import json
import re
import socket
from collections.abc import Iterable
from xml.etree.ElementTree import ParseError

from defusedxml.ElementTree import fromstring

from tests.fuzz.case import Case

PATIENCE_SECONDS = 5.0
OWN_KEYS = ["problems"]  # of the admin API
KEYS = ["code", "message", "more_info", "status"]
ELEMENTS = ["Code", "Message", "MoreInfo", "Status"]
PAGE = b"\r\nContent-Security-Policy: default-src 'none'; script-src 'self'"  # only the inspector says so
NO_SCRIPT_OF_OURS = re.compile(
    rb"<script(?! type=\"module\" src=\"/inspector/[a-z]+\.js\"></script>)|\son[a-z]+=|style="
)
MARKUP = (b"<html", b"<!doctype")
NEVER = (b"<html", b"<!doctype", b"traceback (", b"werkzeug", b"site-packages")


def exchange(port: int, case: Case) -> bytes:
    """Send *case*, say that nothing follows, and read until the other side closes; raises `TimeoutError`."""
    data = bytearray()
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as wire:
        try:
            wire.sendall(case.data)
            wire.shutdown(socket.SHUT_WR)
        except (BrokenPipeError, ConnectionResetError):
            pass  # refused before all of it was sent; the answer may be there
        try:
            while chunk := wire.recv(65_536):
                data += chunk
        except ConnectionResetError:
            pass
    return bytes(data)


def faults(port: int, case: Case, secrets: Iterable[str] = ()) -> list[str]:
    """Return what is wrong with the answers to *case*; nothing is, if the list is empty."""
    try:
        answers = split(exchange(port, case), is_head=case.is_head)
    except TimeoutError:
        return ["no answer in time"]
    except (ValueError, KeyError) as error:
        return [f"no HTTP: {error!r}"]
    if not answers:
        return [] if case.may_be_silent else ["closed without an answer"]
    wrong = [
        fault
        for status, body, is_page in answers
        for fault in (_wrong_page(status, body) if is_page else _wrong(status, body, case.is_head, secrets))
    ]
    if case.status not in (None, answers[0][0]):
        wrong.append(f"{answers[0][0]} instead of {case.status}")
    return wrong


def split(data: bytes, *, is_head: bool) -> list[tuple[int, bytes, bool]]:
    """Return the answers in *data*: status, body, and whether it is a page of the inspector.

    Raises `ValueError` for what is no HTTP.
    """
    answers = []
    while data:
        head, end, data = data.partition(b"\r\n\r\n")
        line, _, rest = head.partition(b"\r\n")
        version, status, *_ = line.split(b" ", 2)
        if not end or version not in (b"HTTP/1.1", b"HTTP/1.0"):
            raise ValueError(line[:80])
        if status == b"100":
            continue
        length = _length(rest, data) if not (is_head or status == b"204") else 0
        answers.append((int(status), data if is_head else data[:length], PAGE in head))
        data = b"" if is_head else data[length:]
    return answers


def _length(headers: bytes, data: bytes) -> int:
    lengths = [
        line.partition(b":")[2] for line in headers.split(b"\r\n") if line.lower().startswith(b"content-length:")
    ]
    return int(lengths[0]) if lengths else len(data)


def _wrong(status: int, body: bytes, is_head: bool, secrets: Iterable[str]) -> list[str]:
    """Return the faults of one answer; this world has places for all, so even a 503 is one."""
    wrong = [f"the answer says {word!r}" for word in NEVER if word in body.lower()]
    if status >= 500 and status != 505:  # another version of HTTP is the client's fault
        wrong.append(f"status {status}")
    if is_head:
        return [*wrong, "a HEAD has a body"] if body else wrong
    if body.startswith(b"<?xml"):
        wrong += _wrong_xml(status, body)
    elif status >= 400:
        wrong += _wrong_json_refusal(status, body)
    if status >= 400:
        wrong += ["a secret is told" for secret in secrets if secret.encode() in body]
    return wrong


def _wrong_page(status: int, body: bytes) -> list[str]:
    """Return the faults of a page: no script may stand in it, whatever stood in the request."""
    wrong = [f"a page says {word!r}" for word in NEVER if word not in MARKUP and word in body.lower()]
    wrong += [f"a page has {found!r}" for found in NO_SCRIPT_OF_OURS.findall(body) if body.startswith(b"<!doctype")]
    return wrong if status in (200, 404) else [*wrong, f"a page with status {status}"]


def _wrong_json_refusal(status: int, body: bytes) -> list[str]:
    try:
        tree = json.loads(body)
    except ValueError:
        return [f"{status} without JSON"]
    if isinstance(tree, dict) and list(tree) == OWN_KEYS:
        return [] if tree["problems"] else [f"{status} without a problem"]
    if not isinstance(tree, dict) or sorted(tree) != KEYS:
        return [f"{status} with other keys"]
    return [] if tree["status"] == status else [f"{status} that says {tree['status']}"]


def _wrong_xml(status: int, body: bytes) -> list[str]:
    """Return the faults of an answer in XML, a refusal or not."""
    try:
        root = fromstring(body)
    except ParseError:
        return [f"{status} with XML that cannot be read"]
    if root.tag != "TwilioResponse" or len(root) != 1:
        return [f"{status} that is no TwilioResponse"]
    if status < 400:
        return []
    if root[0].tag != "RestException" or [child.tag for child in root[0]] != ELEMENTS:
        return [f"{status} with other elements"]
    said = root[0].findtext("Status")
    return [] if said == str(status) else [f"{status} that says {said}"]
