"""A load that has run: what there is to tell of it, as a value and as text."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from fake_twilio.load.options import Options
from fake_twilio.load.slo import Verdict
from fake_twilio.load.tally import Tally

QUANTILES = {"p50": 0.5, "p90": 0.9, "p99": 0.99, "p99.9": 0.999}
_PACKAGES = ("twilio-sms", "locust")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What ran, what was seen, and how it is judged."""

    host: str
    options: Options
    seconds: float  # of real time, from the first user's start to the last one's end
    workers: int  # processes that sent
    missing_workers: int  # of those, how many did not tell all that they saw
    tally: Tally
    verdicts: tuple[Verdict, ...]
    fake: Mapping[str, Any]  # what the fake says of itself at the end (`GET /_fake/health`); empty if it is gone
    sink: Mapping[str, Any]  # what the sink has counted; empty without one

    @property
    def is_kept(self) -> bool:
        """Whether every objective was kept, by all that was seen."""
        return not self.missing_workers and all(verdict.is_met for verdict in self.verdicts)


def versions() -> dict[str, str]:
    """Return the versions of what ran, by name."""
    found = {"python": sys.version.split()[0]}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found


def lines_of(ran: Ran) -> list[str]:
    """Return a run as text: what ran, what was measured, what was counted, and the verdicts last."""
    what = ", ".join(f"{name} {number}" for name, number in versions().items())
    scenario = ran.fake.get("scenario", ran.options.scenario or "unknown")
    head = [f"load of {ran.host} for {ran.seconds:.1f} s by {ran.workers} processes, scenario {scenario}", what]
    lost = [f"{ran.missing_workers} workers did not tell all that they saw"] if ran.missing_workers else []
    return [*head, "", *_measured(ran.tally), "", *_counted(ran), *lost, "", *(each.line for each in ran.verdicts)]


def write_text(folder: Path, ran: Ran) -> None:
    """Write *ran* into *folder* as ``summary.txt``."""
    (folder / "summary.txt").write_text("\n".join(lines_of(ran)).rstrip() + "\n", "utf-8")


def _measured(tally: Tally) -> list[str]:
    """Return a table of what was measured, in milliseconds."""
    rows = [f"{'ms':<16}{'count':>10}" + "".join(f"{name:>10}" for name in (*QUANTILES, "max"))]
    for name in tally.measures:
        taken = tally.histogram(name)
        told = [taken.quantile(share) for share in QUANTILES.values()] + [taken.max]
        rows.append(f"{name:<16}{taken.count:>10}" + "".join(f"{seconds * 1000:>10.1f}" for seconds in told))
    return rows


def _counted(ran: Ran) -> list[str]:
    counted = [f"{name} {number}" for name, number in ran.tally.counts.items()]
    by_status = [f"fake: {status} {number}" for status, number in ran.fake.get("messages", {}).items()]
    return [*counted, *by_status, *(f"sink: {name} {number}" for name, number in ran.sink.items())]
