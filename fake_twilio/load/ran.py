"""What ran, as a summary tells it: where, how, by which versions, from when on."""

import sys
from collections import Counter
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from fake_twilio.load.options import Options
from fake_twilio.load.seams import Environment
from fake_twilio.load.summary import Pairs
from fake_twilio.load.timed import SCHEDULE

_PACKAGES = ("twilio-sms", "locust")


def versions() -> Pairs:
    """Return the versions of what ran, by name."""
    return ("python", sys.version.split()[0]), *((package, _version(package)) for package in _PACKAGES)


def what_ran(host: str, options: Options, workers: int, fake: Mapping[str, Any]) -> Pairs:
    """Return what was asked for, as far as it was said; *fake* is its health."""
    told = {
        "host": host,
        "scenario": fake.get("scenario", options.scenario),
        "processes": str(workers),
        "shape": options.shape,
        "messages": options.messages,
        "rate": None if options.rate is None else f"{options.rate} tasks a second of each user",
        "webhooks to": options.app_url or options.sink,
        "objectives": options.slo,
    }
    return tuple((name, value) for name, value in told.items() if value is not None)


def requests_by_second(environment: Environment) -> tuple[Mapping[int, int], Mapping[int, int]]:
    """Return how many requests Locust has counted in each second since 1970, and how many of them failed."""
    requests: Counter[int] = Counter()
    failures: Counter[int] = Counter()
    for entry in environment.stats.entries.values():
        if entry.method != SCHEDULE:
            requests.update(entry.num_reqs_per_sec)
            failures.update(entry.num_fail_per_sec)
    return requests, failures


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
