"""Tests of a page of messages as CSV."""

import csv
from io import StringIO

from hypothesis import example, given
from hypothesis import strategies as st

from fake_twilio.api.render import parameter_of, render_message
from fake_twilio.api.render_csv import KEYS, render_csv
from tests.fake_twilio.doubles import make_message

HEADER = [parameter_of(key) for key in KEYS]


def read(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text, newline=""), strict=True))


def test_the_columns_are_the_keys_of_a_message_but_for_its_links() -> None:
    assert [*KEYS, "subresource_uris"] == list(render_message(make_message()))
    assert HEADER[:4] == ["Body", "NumSegments", "Direction", "From"]


def test_an_empty_page_is_a_row_of_names() -> None:
    assert render_csv({"messages": []}) == ",".join(HEADER) + "\r\n"


def test_a_null_is_an_empty_cell() -> None:
    header, row = read(render_csv({"messages": [render_message(make_message())]}))

    cells = dict(zip(header, row, strict=True))
    assert (cells["Body"], cells["Price"], cells["ErrorCode"]) == ("hello", "", "")


@given(st.lists(st.text(), max_size=3))
@example(['a "quoted" word', "one, two", "one\r\ntwo\rthree\nfour"])
@example(["=1+1", "@SUM(A1)", "-2", "\t=1", "\x00"])
def test_any_text_comes_back_as_it_was(bodies: list[str]) -> None:
    page = {"messages": [render_message(make_message(body=body)) for body in bodies]}

    _, *rows = read(render_csv(page))

    assert [row[0] for row in rows] == bodies
