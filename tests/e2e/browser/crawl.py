"""Opens every view that shows what was brought into a fake, and keeps what was seen where."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote, urlencode

from fake_twilio.inspector.navigation import SECTIONS
from fake_twilio.scenario_files.load import parse_scenario
from fake_twilio.server import FakeTwilio
from tests.doubles import RECIPIENT, SENDER
from tests.e2e.browser.hostile_world import CHUNKS, PERSON, TOGETHER, joined, put_in, scenario_text, seen_in
from tests.e2e.browser.payloads import COUNT, PAYLOADS, intruders_in

SHOWN = """
() => [
  document.documentElement.textContent,
  ...[...document.querySelectorAll("[value]")].map((one) => one.value),
  ...[...document.querySelectorAll("[href]")].map((one) => one.getAttribute("href")),
].join("\\n")
"""
IN_AN_ADDRESS = 50  # texts: a line of a request has room for 64 KiB
SLASHLESS = [number for number in range(COUNT) if "/" not in PAYLOADS[number]]  # a slash leads to another view


class Crawl:
    """What was seen in which view, and what should not have been there."""

    def __init__(self, page: Any, url: str) -> None:
        self.seen: defaultdict[str, set[int]] = defaultdict(set)
        self.views: defaultdict[str, set[str]] = defaultdict(set)
        self.intruders: list[str] = []
        self._page = page
        self._url = url

    def open(self, path: str, view: str) -> None:
        """Open the view at *path*, and remember it by its name."""
        self._page.goto(f"{self._url}{path}")
        self.intruders += [f"{view}: {intruder}" for intruder in intruders_in(self._page)]
        for place, number in seen_in(self._page.evaluate(SHOWN)):
            self.seen[place].add(number)
            self.views[place].add(view)

    def open_all(self, views: Iterable[tuple[str, str]]) -> None:
        """Open one view after the other, as they come."""
        for path, view in views:
            self.open(path, view)


def scenario_views(fake: FakeTwilio) -> Iterator[tuple[str, str]]:
    """Yield where scenarios are seen that are put in: by the API, and with the name of a hostile file."""
    for first, last in zip(CHUNKS[::5], CHUNKS[4::5], strict=True):
        numbers = range(first.start, last.stop)
        put_in(fake, scenario_text(numbers))
        yield "/world", "/world"
        fake.use(parse_scenario(scenario_text(numbers), name=joined("name", numbers)))
        yield "/world", "/world"


def stored_views(fake: FakeTwilio) -> Iterator[tuple[str, str]]:
    """Yield path and name of each view of what a fake keeps."""
    yield from ((section.path, section.path) for section in SECTIONS)
    told = [message for message in fake.messages if message.direction != "outbound-reply"]  # those are on the phones
    yield from ((f"/messages/{message.sid}", "/messages/SID") for message in (*told, fake.messages[-1]))
    yield from ((f"/phones/{quote(person)}/{quote(SENDER)}", "/phones/A/B") for person in (PERSON, RECIPIENT))


def asked_views() -> Iterator[tuple[str, str]]:
    """Yield path and name of each view that shows what its own address says."""
    for first in range(0, COUNT, IN_AN_ADDRESS):
        numbers = range(first, first + IN_AN_ADDRESS)
        yield f"/?{asking(numbers, 'q')}", "/?q"
        yield f"/?{asking(numbers, 'direction')}", "/?direction"
    for numbers in CHUNKS[::TOGETHER]:
        yield f"/?{asking(numbers, 'direction', 'status', 'before')}", "/?all"
        yield f"/signature?{asking(numbers, 'url', 'parameters', 'signature')}", "/signature"
    for first in range(0, len(SLASHLESS), IN_AN_ADDRESS):
        some = SLASHLESS[first : first + IN_AN_ADDRESS]
        yield f"/phones/{quoted('theirs', some)}/{quoted('ours', some)}", "/phones/A/B"
        yield f"/messages/{quoted('sid', some)}", "no such message"
        yield f"/2010-04-01/{quoted('json', some)}.json", "an error in JSON"
        yield f"/2010-04-01/{quoted('xml', some)}.xml", "an error in XML"


def asking(numbers: range, *fields: str) -> str:
    return urlencode({field: joined(field, numbers) for field in fields})


def quoted(place: str, numbers: Iterable[int]) -> str:
    return quote(joined(place, numbers), safe="")
