"""Tests of forms."""

from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.twilio.errors import Refusal
from fake_twilio.domain.twilio.form import MAX_FIELDS, every, first, read_form, write_form

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
FORM = (("A", "1"), ("B", ""), ("A", "2"))


@given(st.lists(st.tuples(TEXT, TEXT)))
def test_what_is_urlencoded_reads_back_as_the_same_pairs(pairs: list[tuple[str, str]]) -> None:
    assert read_form(urlencode(pairs).encode("ascii")) == tuple(pairs)


@given(st.lists(st.tuples(TEXT, TEXT)))
def test_a_form_is_written_as_the_standard_library_writes_it(pairs: list[tuple[str, str]]) -> None:
    assert write_form(tuple(pairs)) == urlencode(pairs)


ODD = st.text(st.sampled_from("aé+%&=;25fF \x00\ud7ff"), max_size=40)


@given(ODD | TEXT)
def test_a_body_is_read_as_the_standard_library_reads_it(text: str) -> None:
    assert read_form(text.encode()) == tuple(parse_qsl(text, keep_blank_values=True, errors="replace"))


CASES = [
    (b"", ()),
    (b"To=%2B1555&Body=a+b%20c", (("To", "+1555"), ("Body", "a b c"))),
    (b"Body=", (("Body", ""),)),
    (b"MediaUrl=b&MediaUrl=a&MediaUrl=b", (("MediaUrl", "b"), ("MediaUrl", "a"), ("MediaUrl", "b"))),
    ("Body=h\u00e9".encode(), (("Body", "h\u00e9"),)),
    (b"Body=%F0%9F%98%80", (("Body", "\U0001f600"),)),
    (b"Body=%FF\xfe", (("Body", "\ufffd\ufffd"),)),
    (b"a=1;b=2", (("a", "1;b=2"),)),
]


@pytest.mark.parametrize(("body", "form"), CASES, ids=[repr(body) for body, _ in CASES])
def test_a_body_is_read_as_pairs(body: bytes, form: tuple[tuple[str, str], ...]) -> None:
    assert read_form(body) == form


@given(st.binary(max_size=200))
def test_no_body_breaks_the_reading(body: bytes) -> None:
    for name, value in read_form(body):
        assert (name + value).encode("utf-8").decode("utf-8") == name + value


def test_as_many_fields_as_allowed_are_read_and_one_more_is_not() -> None:
    body = b"&".join([b"a=1"] * MAX_FIELDS)

    assert len(read_form(body)) == MAX_FIELDS
    with pytest.raises(Refusal, match="parameters"):
        read_form(body + b"&a=1")


def test_the_first_value_of_a_name_is_found() -> None:
    assert (first(FORM, "A"), first(FORM, "B"), first(FORM, "C")) == ("1", "", None)


def test_every_value_of_a_name_is_found_in_order() -> None:
    assert (every(FORM, "A"), every(FORM, "C")) == (("1", "2"), ())


def test_forms_share_the_texts_of_which_there_are_few() -> None:
    one, other = (read_form(b"From=%2B15005550006&To=%2B15551230000&Body=Hello+you") for _ in range(2))

    assert [mine is theirs for (_, mine), (_, theirs) in zip(one, other, strict=True)] == [True, False, False]
