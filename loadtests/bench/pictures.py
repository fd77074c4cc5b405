"""Which figures stand in which chart of the page."""

import re
from collections.abc import Iterator, Mapping

from charts import Bar, bars, goals, lines
from figures import Figure

SENDS = {
    "send_cpu_us": "twilio_sms, all gates on",
    "urllib3_cpu_us": "urllib3, bare",
    "session_post_cpu_us": "requests.Session.post",
    "httpx_cpu_us": "httpx.Client.post",
    "official_sdk_cpu_us": "the official SDK",
}
SEARCHES = {
    "page": "the newest page",
    "search_by_recipient": "of one recipient",
    "search_by_sender": "of one sender",
    "fetch": "one message",
}
OURS = ("send_cpu_us", "fake_requests_a_second")
_RATE = re.compile(r"(\w+)_requests_a_second")
_SIZE = re.compile(r"bytes_a_message_at_(\d+)")


def pictures(figures: Mapping[str, Figure]) -> dict[str, str]:
    """Return the charts that these figures are enough for, by the name of the file."""
    made = {
        "goals": _goals(figures),
        "client": _sends(figures),
        "fakes": _fakes(figures),
        "store": _searches(figures),
        "memory": _memory(figures),
    }
    return {f"performance-{name}.svg": text for name, text in made.items() if text is not None}


def _goals(figures: Mapping[str, Figure]) -> str | None:
    shares = {name: figure.share for name, figure in figures.items() if figure.share is not None}
    return goals("How much of each goal is used up: beyond 1 it is missed", shares) if shares else None


def _sends(figures: Mapping[str, Figure]) -> str | None:
    rows = [_bar(name, label, figures[name]) for name, label in SENDS.items() if name in figures]
    return bars("CPU of one send", "µs", rows) if rows else None


def _fakes(figures: Mapping[str, Figure]) -> str | None:
    found = {name: match[1] for name in figures if (match := _RATE.fullmatch(name))}
    rows = [_bar(name, label.replace("_", " "), figures[name]) for name, label in found.items()]
    return bars("POST requests a second on eight connections", "/s", rows) if rows else None


def _searches(figures: Mapping[str, Figure]) -> str | None:
    sizes = _sizes(figures)
    series = {
        label: [figures[f"{name}_us_at_{size}"].value for size in sizes]
        for name, label in SEARCHES.items()
        if all(f"{name}_us_at_{size}" in figures for size in sizes)
    }
    title = "What a look costs, by how many messages there are"
    return lines(title, "µs", [f"{size:,}" for size in sizes], series) if sizes and series else None


def _memory(figures: Mapping[str, Figure]) -> str | None:
    rows = [Bar(f"among {size:,}", figures[f"bytes_a_message_at_{size}"].value, "ours") for size in _sizes(figures)]
    return bars("Memory of one message", "bytes", rows) if rows else None


def _sizes(figures: Mapping[str, Figure]) -> list[int]:
    return sorted(_sizes_in(figures))


def _sizes_in(figures: Mapping[str, Figure]) -> Iterator[int]:
    for name in figures:
        match = _SIZE.fullmatch(name)
        if match:
            yield int(match[1])


def _bar(name: str, label: str, figure: Figure) -> Bar:
    return Bar(label, figure.value, "ours" if name in OURS else "other")
