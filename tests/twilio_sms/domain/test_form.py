"""Values become form parameters as the official SDKs write them."""

import json
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twilio_sms.domain.form import to_text, to_texts, to_utc
from twilio_sms.errors import ValidationError

MOMENTS = st.datetimes(min_value=datetime(2000, 1, 2), max_value=datetime(2100, 1, 1), timezones=st.timezones())


class Word(str, Enum):  # noqa: UP042 - as programs write one that run on Python 3.10 too
    HELLO = "Grüezi"


class Kept(StrEnum):
    DISCARD = "discard"


class Hours(IntEnum):
    TEN = 36_000


class Elsewhere(tzinfo):
    """A time zone that does not say how far it is from UTC."""

    def utcoffset(self, moment):
        return None


def nested(depth: int) -> dict[str, object]:
    tree: dict[str, object] = {}
    for _ in range(depth):
        tree = {"": tree}
    return tree


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(True, "true", id="true"),
        pytest.param(False, "false", id="false"),
        pytest.param(datetime(2026, 1, 2, 3, 4, 5, 999_999, tzinfo=UTC), "2026-01-02T03:04:05Z", id="moment"),
        pytest.param(
            datetime(2026, 1, 2, 0, 4, tzinfo=timezone(timedelta(hours=2))), "2026-01-01T22:04:00Z", id="other zone"
        ),
        pytest.param(date(2026, 1, 2), "2026-01-02", id="day"),
        pytest.param(timedelta(hours=1, seconds=30), "3630", id="duration"),
        pytest.param({"1": "Zoë"}, '{"1": "Zoë"}', id="mapping"),
        pytest.param("as it is ", "as it is ", id="text"),
        pytest.param(36_000, "36000", id="whole number"),
        pytest.param(0.5, "0.5", id="fraction"),
        pytest.param(Word.HELLO, "Grüezi", id="text of an enumeration"),
        pytest.param(Kept.DISCARD, "discard", id="word of an enumeration"),
        pytest.param(Hours.TEN, "36000", id="number of an enumeration"),
    ],
)
def test_a_value_becomes_the_text_that_twilio_reads(value, text):
    assert to_text(value) == text
    assert to_texts(value) == (text,)


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        pytest.param(["a", "b", "a"], ("a", "b", "a"), id="order and repetition stay"),
        pytest.param((True, 2), ("true", "2"), id="each item by its type"),
        pytest.param([], (), id="nothing"),
    ],
)
def test_a_sequence_becomes_one_text_for_each_item(value, texts):
    assert to_texts(value) == texts


@pytest.mark.parametrize(
    "value", [None, object(), {1, 2}, Decimal(1), b"bytes"], ids=lambda value: type(value).__name__
)
@pytest.mark.parametrize("convert", [to_text, to_texts])
def test_a_value_that_twilio_has_no_form_for_is_refused(value, convert):
    with pytest.raises(ValidationError, match=f"cannot send a value of type {type(value).__name__}"):
        convert(value)


@given(moment=MOMENTS)
def test_a_moment_can_be_read_back_to_the_second(moment):
    read = datetime.strptime(to_text(moment), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)

    assert read == moment.astimezone(UTC).replace(microsecond=0)


@given(variables=st.dictionaries(st.text(), st.text()))
def test_a_mapping_can_be_read_back_as_json(variables):
    assert json.loads(to_text(variables)) == variables


@pytest.mark.parametrize("convert", [to_utc, to_text])
@pytest.mark.parametrize("zone", [None, Elsewhere()], ids=["none", "one that says nothing"])
def test_a_moment_without_a_time_zone_is_refused(convert, zone):
    with pytest.raises(ValidationError, match="must have a time zone"):
        convert(datetime(2026, 1, 2, tzinfo=zone))


@pytest.mark.parametrize("convert", [to_utc, to_text])
def test_a_moment_that_has_no_place_in_utc_is_refused(convert):
    with pytest.raises(ValidationError, match="lies outside the calendar"):
        convert(datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=5))))


@pytest.mark.parametrize("value", [None, 5, "2026-01-02T03:04:05Z", date(2026, 1, 2)])
def test_only_a_moment_can_be_put_into_utc(value):
    with pytest.raises(ValidationError, match=f"must be a datetime with a time zone, is {type(value).__name__}"):
        to_utc(value)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        pytest.param("\ud800", "half a character", id="lone surrogate"),
        pytest.param({"1": "\udc00"}, "half a character", id="lone surrogate in JSON"),
        pytest.param({1: object()}, "cannot be written as JSON", id="no JSON"),
        pytest.param(nested(100_000), "cannot be written as JSON", id="too deep for JSON"),
        pytest.param({1: float("nan")}, "cannot be written as JSON", id="NaN in JSON"),
        pytest.param(float("inf"), "must be a finite number", id="infinity"),
        pytest.param(datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=5))), "outside the calendar", id="before time"),
    ],
)
def test_what_cannot_go_out_is_refused_before_it_does(value, told):
    with pytest.raises(ValidationError, match=told):
        to_text(value)
