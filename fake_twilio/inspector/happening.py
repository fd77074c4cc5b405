"""One thing that happened to a message, as its page shows it."""

from typing import NamedTuple

from fake_twilio.delivery.webhook import Delivery
from fake_twilio.domain.messages.message import Message
from fake_twilio.domain.twilio.form import Form


class Link(NamedTuple):
    """Where more is told: a page of the fake, or Twilio's page about an error."""

    title: str
    url: str

    @property
    def leads_away(self) -> bool:
        """Whether it is no page of the fake."""
        return not self.url.startswith("/")


class Happening(NamedTuple):
    """One thing that happened; *at* is in seconds since 1970.

    *kind* says how it looks: ``request``, ``rule``, ``status``, ``queue``, ``webhook``, ``answer``, ``reply``,
    ``opt-out``, ``mishap`` or ``alert``.
    """

    at: float
    kind: str
    title: str
    detail: str = ""
    links: tuple[Link, ...] = ()
    parameters: Form = ()
    delivery: Delivery | None = None

    @property
    def key(self) -> str:
        """What it is known by when the page is drawn anew."""
        return f"{self.kind} {self.at} {self.title}"


def page_of(message_sid: str, title: str) -> Link:
    """Return the link to the page of a message."""
    return Link(title, f"/messages/{message_sid}")


def said_in(message: Message, most_characters: int = 60) -> str:
    """Return the beginning of a message's text, for a line that tells of it."""
    body = message.body or "(no text)"
    return body if len(body) <= most_characters else f"{body[:most_characters]}…"
