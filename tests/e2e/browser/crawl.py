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

    def open_all(self, fake: FakeTwilio) -> None:
        """Open the views of what is stored, of what is asked for, and of each scenario that is put in."""
        for path, view in (*stored_views(fake), *asked_views()):
            self.open(path, view)
        for view in scenarios_put_into(fake):
            self.open("/world", view)


def stored_views(fake: FakeTwilio) -> Iterator[tuple[str, str]]:
    """Yield path and name of each view of what a fake keeps."""
    yield from ((section.path, section.path) for section in SECTIONS)
    yield from ((f"/messages/{message.sid}", "/messages/SID") for message in fake.messages)
    yield from ((f"/phones/{quote(person)}/{quote(SENDER)}", "/phones/A/B") for person in (PERSON, RECIPIENT))


def asked_views() -> Iterator[tuple[str, str]]:
    """Yield path and name of each view that shows what its own address says."""
    for numbers in CHUNKS:
        yield f"/?{urlencode({'q': joined('q', numbers)})}", "/?q"
        fields = {field: joined(field, numbers) for field in ("direction", "status", "before")}
        yield f"/?{urlencode({'direction': fields['direction']})}", "/?direction"
        yield f"/?{urlencode(fields)}", "/?all"
        asked = {field: joined(field, numbers) for field in ("url", "parameters", "signature")}
        yield f"/signature?{urlencode(asked)}", "/signature"
    for first in range(0, len(SLASHLESS), TOGETHER):
        numbers = SLASHLESS[first : first + TOGETHER]
        yield f"/phones/{quoted('theirs', numbers)}/{quoted('ours', numbers)}", "/phones/A/B"
        yield f"/messages/{quoted('sid', numbers)}", "no such message"
        yield f"/2010-04-01/{quoted('json', numbers)}.json", "an error in JSON"
        yield f"/2010-04-01/{quoted('xml', numbers)}.xml", "an error in XML"


def quoted(place: str, numbers: Iterable[int]) -> str:
    return quote(joined(place, numbers), safe="")


def scenarios_put_into(fake: FakeTwilio) -> Iterator[str]:
    """Put hostile scenarios in: by the API, and with a name like that of a file, which is not asked for there."""
    for first, last in zip(CHUNKS[::5], CHUNKS[4::5], strict=True):
        numbers = range(first.start, last.stop)
        put_in(fake, scenario_text(numbers))
        yield "/world"
        fake.use(parse_scenario(scenario_text(numbers), name=joined("name", numbers)))
        yield "/world"
