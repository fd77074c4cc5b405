"""What Twilio's debugger would show of a customer's answers.

Source: Twilio's error dictionary, 11200 to 11217; which code stands for which failure is inferred from their titles.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from fake_twilio.domain.twilio.catalogue import ALERTS, CATALOGUE
from fake_twilio.domain.webhooks.retries import Failure

NOT_FETCHED = 11200
CODES: Mapping[Failure, int] = MappingProxyType(
    {
        Failure.REFUSED: 11210,
        Failure.CONNECT: 11205,
        Failure.SILENT: 11205,
        Failure.BROKEN: 11206,
        Failure.PARTIAL: 11203,
        Failure.REDIRECTS: 11215,
        Failure.UNSENT: NOT_FETCHED,
    }
)


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


def alert_code(status: int | None, failure: Failure | None) -> int | None:
    """Return the code of what is wrong with an answer; ``None`` if it is a whole one with a 2xx."""
    if failure is not None:
        return CODES[failure]
    return None if status is not None and 200 <= status < 300 else NOT_FETCHED
