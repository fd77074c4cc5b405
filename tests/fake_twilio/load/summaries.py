"""Summaries to look at."""

from collections.abc import Iterable
from typing import Any

from fake_twilio.load.slo import judge, parse_slo
from fake_twilio.load.summary import Summary, figures_of, rates_of
from fake_twilio.load.tally import Tally


def tally_of(**durations: Iterable[float]) -> Tally:
    """Return a tally in which each measure took so many seconds each time."""
    tally = Tally()
    for name, seconds in durations.items():
        for each in seconds:
            tally.record(name, each)
    return tally


def summary(tally: Tally | None = None, slo: str = "", **changes: Any) -> Summary:
    """Return what was measured, judged by *slo*; *changes* win."""
    taken = tally or tally_of(send=[0.001, 0.002, 0.003, 1.5])
    settings: dict[str, Any] = {
        "began_at": "2026-01-01T00:00:00Z",
        "seconds": 3.0,
        "ran": (("host", "http://127.0.0.1:7670"),),
        "versions": (("twilio-sms", "1.2"),),
        "figures": figures_of(taken),
        "counts": tuple(taken.counts.items()),
        "verdicts": tuple(judge(parse_slo(slo), taken)) if slo else (),
        "differences": None,
        "rates": rates_of({100: 2, 102: 5}, {102: 1}, 100),
    }
    return Summary(**settings | changes)
