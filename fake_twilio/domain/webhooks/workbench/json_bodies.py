"""A JSON body as it may have been sent: its hash is signed, so each of its bytes counts."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from urllib.parse import parse_qsl

from fake_twilio.domain.webhooks.workbench.address import Address
from fake_twilio.domain.webhooks.workbench.guess import Difference, Guess, once

BODY_HASH = "bodySHA256"


def hash_in(url: str) -> str | None:
    """Return the hash of a body that stands in the query of *url*, ``None`` if there is none."""
    address = Address.find(url)
    pairs = parse_qsl((address and address.query) or "", keep_blank_values=True)
    return next((value for name, value in pairs if name == BODY_HASH), None)


def body_of(digest: str, text: str) -> Guess | None:
    """Return *text*, or what it may have been, with this *digest*; ``None`` if nothing has it.

    Line ends count for nothing here: a form of a browser writes them as it likes.
    """
    wanted = digest.encode("utf-8", "surrogatepass")
    return next((body for body in bodies(text) if hmac.compare_digest(_digest(body.text), wanted)), None)


def bodies(text: str) -> list[Guess]:
    """Return *text*, and what it may have been if an app, an editor or a browser wrote it anew."""
    feeds = text.replace("\r\n", "\n")
    same = [Guess(text), Guess(feeds), Guess(feeds.replace("\n", "\r\n"))]
    return once([*same, *(Guess(body, (difference,)) for difference, body in _written_anew(feeds))])


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest().encode()


def _written_anew(text: str) -> Iterator[tuple[Difference, str]]:
    why = "it was pasted with more, or with less, around it"
    yield Difference("the body without blanks around it", why), text.strip()
    yield Difference("the body with a line feed at its end", why), f"{text}\n"
    try:
        tree = json.loads(text)
        yield from _dumped(tree)
    except (ValueError, RecursionError):
        return


def _dumped(tree: object) -> Iterator[tuple[Difference, str]]:
    why = "the app read the body and wrote it anew: have it keep the bytes that came"
    for name, separators in (("without blanks", (",", ":")), ("with a blank behind , and :", (", ", ": "))):
        for ascii_name, is_ascii in (("", True), (", its letters not escaped", False)):
            text = json.dumps(tree, separators=separators, ensure_ascii=is_ascii)
            yield Difference(f"the body {name}{ascii_name}", why), text
    for indent in (2, 4):
        yield Difference(f"the body indented by {indent}", why), json.dumps(tree, indent=indent, ensure_ascii=False)
