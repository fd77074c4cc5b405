"""Twilio's refusals."""

import json

from fake_twilio.domain.catalogue import ALERTS, CATALOGUE

_MORE = "https://www.twilio.com/docs/errors/"


class Refusal(Exception):  # noqa: N818 - it is an answer, not an accident
    """Twilio says no: an HTTP status, a code and a text."""

    def __init__(self, code: int, status: int, message: str) -> None:
        super().__init__(code, status, message)
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


def refusal(code: int, **values: object) -> Refusal:
    """Make the refusal with *code*; *values* fill the places in its text. Numbers must come masked."""
    entry = CATALOGUE[code]
    text = (entry.text or entry.title).format_map(_Blanks(values))
    return Refusal(code, entry.status or 400, text)


def title(code: int) -> str:
    """Return the title of *code*, as in ``error_message``; an unknown code has none."""
    entry = CATALOGUE.get(code)
    return entry.title if entry else ALERTS.get(code, "Unknown error")


class _Blanks(dict[str, object]):
    """A place whose value is not known stays empty."""

    def __missing__(self, name: str) -> str:
        return ""
