"""Tests of pages: their size, their cursor, and the addresses of their neighbours."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.api.paging import Paging
from fake_twilio.domain.messages.query import Cursor
from fake_twilio.domain.twilio.errors import Refusal
from fake_twilio.domain.twilio.form import Form
from fake_twilio.domain.values.sids import is_media_sid
from tests.fake_twilio.doubles import MESSAGE_SID

PATH = "/2010-04-01/Accounts/AC1/Messages.json"
ONE, TWO = "SM" + "1" * 32, "SM" + "2" * 32

SIZES = [(None, 50), ("", 50), ("2", 2), ("1", 1), ("1000", 1000), ("1001", 1000), ("5000", 1000), ("0", 1)]
SIZES += [("many", 50), ("-3", 50), ("2.5", 50), ("٣", 50), ("99999999999", 1000)]


@pytest.mark.parametrize(("text", "size"), SIZES, ids=[repr(text) for text, _ in SIZES])
def test_a_page_size_is_clamped(text: str | None, size: int) -> None:
    form = () if text is None else (("PageSize", text),)

    assert Paging.from_form(form).size == size


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("3", 3), ("", 0), ("x", 0), ("-1", 0)], ids=repr)
def test_a_page_number_counts_from_0(text: str, number: int) -> None:
    assert Paging.from_form((("Page", text),)).number == number


def test_nothing_asked_is_the_first_page() -> None:
    assert Paging.from_form(()) == Paging(size=50, number=0, cursor=Cursor(), filters=())


def test_the_token_is_what_pages() -> None:
    assert Paging.from_form((("PageToken", "PA" + MESSAGE_SID),)).cursor == Cursor(MESSAGE_SID)


def test_a_bad_token_is_refused() -> None:
    with pytest.raises(Refusal) as caught:
        Paging.from_form((("PageToken", "x"),))

    assert caught.value.code == 21481


def test_a_token_names_an_entry_of_its_own_list() -> None:
    form = (("PageToken", "PAME" + "1" * 32),)

    assert Paging.from_form(form, is_media_sid).cursor == Cursor("ME" + "1" * 32)
    with pytest.raises(Refusal):
        Paging.from_form(form)


CUTS = [
    ("", [], ([], False)),
    ("", [3, 2], ([3, 2], False)),
    ("", [3, 2, 1], ([3, 2], True)),
    ("PA" + ONE, [3, 2, 1], ([3, 2], True)),
    ("PB" + ONE, [3, 2, 1], ([2, 1], True)),
    ("PB" + ONE, [2, 1], ([2, 1], True)),
]


@pytest.mark.parametrize(("token", "found", "expected"), CUTS)
def test_a_page_shows_no_more_than_its_size(token: str, found: list[int], expected: tuple[list[int], bool]) -> None:
    paging = Paging.from_form((("PageSize", "2"), ("PageToken", token)))

    assert paging.cut(found) == expected


def test_a_first_page_is_described_as_in_twilios_specification() -> None:
    paging = Paging.from_form((("PageSize", "2"),))

    assert paging.describe(PATH, [TWO, ONE], has_more=True) == {
        "first_page_uri": f"{PATH}?PageSize=2&Page=0",
        "next_page_uri": f"{PATH}?PageSize=2&Page=1&PageToken=PA{ONE}",
        "previous_page_uri": None,
        "uri": f"{PATH}?PageSize=2&Page=0",
        "page": 0,
        "page_size": 2,
        "start": 0,
        "end": 1,
    }


def test_a_last_page_has_one_before_it_and_none_behind() -> None:
    paging = Paging.from_form((("PageSize", "2"), ("Page", "3"), ("PageToken", "PA" + TWO)))

    found = paging.describe(PATH, [ONE], has_more=False)

    assert (found["next_page_uri"], found["start"], found["end"], found["page"]) == (None, 6, 6, 3)
    assert found["previous_page_uri"] == f"{PATH}?PageSize=2&Page=2&PageToken=PB{ONE}"
    assert found["uri"] == f"{PATH}?PageSize=2&Page=3&PageToken=PA{TWO}"


@pytest.mark.parametrize("number", ["0", "4"])
def test_an_empty_page_begins_and_ends_at_0_and_has_no_neighbours(number: str) -> None:
    found = Paging.from_form((("Page", number),)).describe(PATH, [], has_more=False)

    assert (found["start"], found["end"]) == (0, 0)
    assert (found["next_page_uri"], found["previous_page_uri"]) == (None, None)


def test_the_filters_stay_in_their_order_and_are_percent_encoded() -> None:
    form = (("DateSent>", "2026-01-01"), ("PageSize", "2"), ("To", "+1555"), ("From", "A B/C"))

    uri = Paging.from_form(form).describe(PATH, [], has_more=False)["first_page_uri"]

    assert uri == f"{PATH}?DateSent%3E=2026-01-01&To=%2B1555&From=A%20B%2FC&PageSize=2&Page=0"


FILTER = st.tuples(
    st.sampled_from(["To", "From", "DateSent<", "Ü&="]), st.text(st.characters(exclude_categories=["Cs"]))
)


@given(st.lists(FILTER, max_size=4), st.integers(1, 1000), st.integers(0, 99))
def test_the_address_of_the_next_page_reads_back_as_that_page(filters: list[tuple[str, str]], size: int, number: int):
    form: Form = (*filters, ("PageSize", str(size)), ("Page", str(number)))

    uri = Paging.from_form(form).describe(PATH, [ONE], has_more=True)["next_page_uri"]
    found = Paging.from_form(tuple(parse_qsl(urlsplit(uri).query, keep_blank_values=True)))

    assert found == Paging(size=size, number=number + 1, cursor=Cursor(ONE), filters=tuple(filters))
