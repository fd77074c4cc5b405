"""Requests that were refused lately: no message was made of them."""

from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from fake_twilio.inspector.error_pages import error_links, error_title
from fake_twilio.inspector.happening import Link
from fake_twilio.records.incidents import Incident, Sort

MOST_SHOWN = 10  # the newest


class Refused(NamedTuple):
    """A request that was refused *at* a moment, in seconds since 1970, with a code of Twilio's."""

    at: float
    title: str
    recipient: str  # masked; empty for a request that named none
    links: tuple[Link, ...]


def refused_lately(incidents: Iterable[Incident]) -> list[Refused]:
    """Return the newest refusals of *incidents*, the last first."""
    newest_first = (incident for incident in reversed(tuple(incidents)) if incident.sort is Sort.REFUSAL)
    return [_refused(incident) for incident in islice(newest_first, MOST_SHOWN)]


def _refused(incident: Incident) -> Refused:
    code = int(incident.what)
    return Refused(incident.at, error_title(code), incident.recipient or "", error_links(code))
