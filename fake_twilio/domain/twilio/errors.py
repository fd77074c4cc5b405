"""Twilio's refusals."""

import json

from fake_twilio.domain.fate.faults import Fault
from fake_twilio.domain.fate.outcome import Refuse
from fake_twilio.domain.twilio.catalogue import ALERTS, CATALOGUE

PHRASES = {  # of the statuses with which a request may be refused; RFC 9110
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    408: "Request Timeout",
    409: "Conflict",
    413: "Content Too Large",
    415: "Unsupported Media Type",
    422: "Unprocessable Content",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}
_CODES = {401: 20003, 403: 20403, 404: 20404, 405: 20004, 413: 20413, 429: 20429, 503: 20503}
_MORE = "https://www.twilio.com/docs/errors/"


class Refusal(Exception):  # noqa: N818 - it is an answer, not an accident
    """Twilio says no: an HTTP status, a code and a text."""

    def __init__(self, code: int, status: int, message: str, retry_after_seconds: float | None = None) -> None:
        super().__init__(code, status, message)
        self.retry_after_seconds = retry_after_seconds  # said in a header
        self.code = code
        self.status = status
        self.message = message

    def tree(self) -> dict[str, int | str]:
        """Return the four keys of the answer in their order; more would make the SDKs take it for another."""
        return {
            "code": self.code,
            "message": self.message,
            "more_info": f"{_MORE}{self.code}",
            "status": self.status,
        }

    def body(self) -> bytes:
        """Return the answer as JSON."""
        return json.dumps(self.tree(), ensure_ascii=False).encode()


class Faulted(Exception):  # noqa: N818 - it is what the scenario wants
    """The request is to meet a fault of the connection; *refusal* is what a client would read of it, if anything."""

    def __init__(self, fault: Fault, refused: Refusal | None = None) -> None:
        super().__init__(fault)
        self.fault = fault
        self.refusal = refused


def refusal(code: int, **values: object) -> Refusal:
    """Make the refusal with *code*; *values* fill the places in its text. Numbers must come masked."""
    entry = CATALOGUE[code]
    text = (entry.text or entry.title).format_map(_Blanks(values))
    return Refusal(code, entry.status or 400, text)


def code_of(status: int) -> int:
    """Return Twilio's code for an HTTP *status* of which no more is known."""
    return _CODES.get(status, 20500 if status >= 500 else 20001)


def refused_by(refuse: Refuse, **values: object) -> Refusal:
    """Make the refusal that a scenario wants; *values* fill the places in its text."""
    if refuse.code is None:
        status = refuse.status or 500
        return Refusal(code_of(status), status, PHRASES[status], refuse.retry_after_seconds)
    made = refusal(refuse.code, **values)
    return Refusal(made.code, made.status, made.message, refuse.retry_after_seconds)


def title(code: int) -> str:
    """Return the title of *code*, as in ``error_message``; an unknown code has none."""
    entry = CATALOGUE.get(code)
    return entry.title if entry else ALERTS.get(code, "Unknown error")


class _Blanks(dict[str, object]):
    """A place whose value is not known stays empty."""

    def __missing__(self, name: str) -> str:
        return ""
