"""What load, fake and sink have counted, read from what each of them tells.

The fake and a sink may have run before this load, so what counts is the difference to what they told at its start.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from fake_twilio.load.agreement import Asked, OfFake, OfLoad, OfSink
from fake_twilio.load.people import PATH
from fake_twilio.load.tally import Tally

MESSAGES_ROUTE = "/2010-04-01/Accounts/{Sid}/Messages.json"

Told = Mapping[str, Any]


def name_of(method: str, route: str) -> str:
    """Return the name under which the requests of a route are counted."""
    return f"{method} {route}"


def failed_of(name: str) -> str:
    """Return the name under which is counted how many of them had no good answer."""
    return f"failed {name}"


def of_load(tally: Tally) -> OfLoad:
    """Return what the load has sent, by the requests of which Locust was told."""
    return OfLoad(_asked(tally, name_of("POST", MESSAGES_ROUTE)), _asked(tally, name_of("POST", PATH)))


def of_fake(before: Told, after: Told) -> OfFake:
    """Return what a fake has had since *before*, by its health."""
    by_status = _grown(before.get("messages", {}), after.get("messages", {}))
    return OfFake(by_status, after.get("evicted", 0) - before.get("evicted", 0))


def of_sink(before: Told, after: Told) -> OfSink:
    """Return what a sink was told since *before*, by its counts."""
    by_status = _grown(before.get("by_status", {}), after.get("by_status", {}))
    return OfSink(
        by_status,
        replies=after.get("replies", 0) - before.get("replies", 0),
        forgotten=after.get("forgotten", 0) - before.get("forgotten", 0),
    )


def counts_of(tally: Tally, fake: Told, sink: Told) -> tuple[tuple[str, int], ...]:
    """Return all that was counted, by name: by the load, by the fake by status, and by the sink."""
    by_status = ((f"fake: {status}", count) for status, count in fake.get("messages", {}).items())
    told = ((f"sink: {status}", count) for status, count in sink.get("by_status", {}).items())
    repeats = (("sink: repeats", sink["repeats"]),) if sink else ()
    return *tally.counts.items(), *by_status, *told, *repeats


def _asked(tally: Tally, name: str) -> Asked:
    failed = tally.counted(failed_of(name))
    return Asked(tally.counted(name) - failed, failed)


def _grown(before: Mapping[str, int], after: Mapping[str, int]) -> dict[str, int]:
    """Return by how much each count has grown; one may shrink: a message that was on its way then has arrived."""
    grown = Counter(after)
    grown.subtract(before)
    return dict(grown)
