"""Tests of the report as a page."""

from html.parser import HTMLParser

from fake_twilio.domain.rules.failures import ERROR_PATHS
from fake_twilio.kit.report_html import MAX_TESTS, report_html
from fake_twilio.kit.share import Share

VOID = frozenset({"meta", "br"})


class Reader(HTMLParser):
    """Reads a page, and sees that what is opened is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def read(share: Share) -> Reader:
    reader = Reader()
    reader.feed(report_html(share))
    reader.close()
    return reader


def test_a_page_is_whole_and_needs_nothing_else() -> None:
    page = read(Share())

    assert page.open == []
    assert not {"script", "link", "img", "iframe"} & set(page.tags)
    assert "http" not in report_html(Share()).replace("http://127.0.0.1:9/", "")
    assert "prefers-color-scheme: dark" in report_html(Share())


def test_each_failure_has_a_row() -> None:
    texts = read(Share()).texts

    assert {path.name for path in ERROR_PATHS} <= set(texts)
    assert texts.count("never") == len(ERROR_PATHS)


def test_the_names_of_tests_are_text() -> None:
    name = "test_it[<script>alert('&')</script>]"

    page = read(Share({"hang": frozenset({name})}))

    assert name in page.texts
    assert "script" not in page.tags


def test_of_many_tests_a_few_are_named() -> None:
    page = read(Share({"hang": frozenset(f"test_{number}" for number in range(MAX_TESTS + 2))}))

    assert "and 2 more" in page.texts
    assert f"test_{MAX_TESTS}" not in page.texts
