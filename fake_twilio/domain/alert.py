"""What Twilio's debugger would show of a customer's answers."""

from dataclasses import dataclass

from fake_twilio.domain.catalogue import ALERTS, CATALOGUE


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Something that went wrong while a message was told or its answer was run; *at* is in seconds since 1970."""

    at: float
    code: int
    title: str
    message_sid: str
    url: str


def alert_title(code: int) -> str:
    """Return the title of an alert; refusals of a reply are alerts too."""
    return ALERTS.get(code) or CATALOGUE[code].title
