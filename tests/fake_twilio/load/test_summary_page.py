"""The page holds all of it, needs nothing else, and believes no name."""

import re
from html.parser import HTMLParser

import pytest

from fake_twilio.load.summary_page import MOST_CHARTS, to_page
from tests.fake_twilio.load.summaries import summary, tally_of


class Tags(HTMLParser):
    """Checks that what is opened is closed, and keeps the names."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_it_needs_no_script_and_no_network() -> None:
    page = to_page(summary(slo="p99_send=1s", differences=()))
    tags = Tags(page)

    assert tags.open == []
    assert not {"script", "link", "img", "iframe", "object", "form"} & set(tags.names)
    assert not re.search(r"url\(|@import|src=|href=", page)


def test_it_holds_figures_verdicts_counts_and_what_ran() -> None:
    taken = tally_of(send=[0.01], callback_lag=[0.02])
    taken.count("sent", 17)
    page = to_page(summary(taken, "p99_send=1ms", differences=("one is missing",)))

    for told in ("p99_send 10ms &lt;=1ms FAIL", "one is missing", "callback_lag", ">17<", "127.0.0.1:7670", ">1.2<"):
        assert told in page
    assert page.count("<svg") == 3


def test_what_a_load_is_about_is_drawn_first_and_only_so_much() -> None:
    names = [f"measure_{number}" for number in range(10)]
    page = to_page(summary(tally_of(**{name: [0.1] for name in names}, send=[0.1], reply=[0.1]), rates=()))

    drawn = re.findall(r"How long <code>(\w+)</code>", page)
    assert drawn[:2] == ["send", "reply"]
    assert len(drawn) == MOST_CHARTS


@pytest.mark.parametrize("evil", ["<script>alert(1)</script>", "'\"><img>"])
def test_no_name_is_believed(evil: str) -> None:
    taken = tally_of(**{evil: [0.1]})
    taken.count(evil)
    page = to_page(summary(taken, ran=((evil, evil),), versions=((evil, evil),), differences=(evil,), began_at=evil))

    assert not {"script", "img"} & set(Tags(page).names)
    assert evil not in page


def test_nothing_measured_is_said() -> None:
    page = to_page(summary(tally_of(), rates=()))

    assert "Nothing was measured." in page
    assert "nothing was judged" in page
