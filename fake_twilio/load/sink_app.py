"""The app of a load test: takes callbacks, answers texts, and says what came.

It is a customer who does nothing, so that what is measured is Twilio and the client. Signatures are not checked.
``POST /status`` takes status callbacks, ``POST /sms`` texts, to which it replies; ``GET /counts`` and ``GET /arrivals``
tell what came. All others may only look.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qsl
from xml.etree import ElementTree

from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.values.sids import is_message_sid
from fake_twilio.load.callback_book import CallbackBook

MOST_WAIT_SECONDS = 60.0
_FIELDS = 100  # of a form; Twilio's have some 25
_TEXT = "text/plain; charset=utf-8"
_STATUSES = {status.value: status.value for status in Status}  # one text for each, however many messages share it

Environ = dict[str, Any]
Start = Callable[[str, list[tuple[str, str]]], Any]
Answer = tuple[str, str, bytes]  # status, type, body


class SinkApp:
    """The WSGI application; *reply* is what it answers to a text, nothing if that is empty."""

    def __init__(self, book: CallbackBook, reply: str) -> None:
        self._book = book
        self._reply = reply
        self._routes: dict[str, dict[str, Callable[[Environ], Answer]]] = {
            "/status": {"POST": self._take_status},
            "/sms": {"POST": self._take_text},
            "/counts": {"GET": self._tell_counts},
            "/arrivals": {"GET": self._tell_arrival},
        }

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        status, kind, body = self._answer(environ)
        headers = [("Content-Type", kind), ("Content-Length", str(len(body)))] if body else []
        start(status, headers)
        return [body] if body else []

    def _answer(self, environ: Environ) -> Answer:
        views = self._routes.get(environ["PATH_INFO"])
        if views is None:
            return "404 Not Found", _TEXT, f"wanted one of {', '.join(self._routes)}\n".encode()
        view = views.get(environ["REQUEST_METHOD"])
        if view is None:
            return "405 Method Not Allowed", _TEXT, f"wanted {', '.join(views)}\n".encode()
        return view(environ)

    def _take_status(self, environ: Environ) -> Answer:
        form = _form(environ)
        sid, status = form.get("MessageSid", ""), _STATUSES.get(form.get("MessageStatus", ""))
        if status is None or not is_message_sid(sid):
            return "400 Bad Request", _TEXT, b"wanted a MessageSid and a MessageStatus of Twilio's\n"
        self._book.note(sid, status)
        return "204 No Content", _TEXT, b""

    def _take_text(self, environ: Environ) -> Answer:
        sid = _form(environ).get("MessageSid", "")
        if not is_message_sid(sid):
            return "400 Bad Request", _TEXT, b"wanted the MessageSid of a text\n"
        self._book.note(sid, _STATUSES["received"])
        return "200 OK", "text/xml", _twiml(self._reply, f"http://{_host(environ)}/status")

    def _tell_counts(self, _environ: Environ) -> Answer:
        """Tell what came; each text was replied to once, however often it came."""
        counts = self._book.counts()
        replies = counts.by_status.get(_STATUSES["received"], 0) if self._reply else 0
        return _json({**counts._asdict(), "replies": replies})

    def _tell_arrival(self, environ: Environ) -> Answer:
        """Wait for a callback and tell it; 404 if it does not come in time."""
        asked = dict(parse_qsl(environ.get("QUERY_STRING", ""), max_num_fields=_FIELDS))
        sid, status, seconds = asked.get("sid", ""), asked.get("status", ""), _seconds(asked.get("wait", "0"))
        if not is_message_sid(sid) or status not in _STATUSES or seconds is None:
            wanted = f"wanted sid, a status of Twilio's, and wait: seconds from 0 to {MOST_WAIT_SECONDS:g}\n"
            return "400 Bad Request", _TEXT, wanted.encode()
        arrival = self._book.wait_for(sid, status, seconds)
        if arrival is None:
            return "404 Not Found", _TEXT, b"it has not come\n"
        return _json(arrival._asdict())


def _host(environ: Environ) -> str:
    """Return where we were reached."""
    return environ.get("HTTP_HOST") or f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"


def _form(environ: Environ) -> dict[str, str]:
    """Return the fields of a form; empty for what is none."""
    body = environ["wsgi.input"].read()  # the server has read it whole, and no more than it may have
    try:
        return dict(parse_qsl(body.decode("latin-1"), keep_blank_values=True, max_num_fields=_FIELDS))
    except ValueError:  # too many fields
        return {}


def _seconds(text: str) -> float | None:
    """Read how long somebody is ready to wait; ``None`` for what is no such time."""
    try:
        seconds = float(text)
    except ValueError:
        return None
    return seconds if 0 <= seconds <= MOST_WAIT_SECONDS else None


def _twiml(reply: str, status_callback: str) -> bytes:
    response = ElementTree.Element("Response")
    if reply:
        ElementTree.SubElement(response, "Message", statusCallback=status_callback).text = reply
    twiml: bytes = ElementTree.tostring(response, encoding="utf-8", xml_declaration=True)
    return twiml


def _json(tree: dict[str, Any]) -> Answer:
    return "200 OK", "application/json", json.dumps(tree).encode()
