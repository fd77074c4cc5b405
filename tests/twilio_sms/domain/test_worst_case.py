"""A worst case is one: no values of those lengths take more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twilio_sms.domain.segments import count_segments
from twilio_sms.domain.template import BodyTemplate
from twilio_sms.domain.worst_case import Bound, WorstCase
from twilio_sms.errors import ValidationError

GSM7 = "abcXYZ 09@£\n€[]{}^~|\\ü"


def _worst(text: str, **lengths: object) -> WorstCase:
    return WorstCase.of(BodyTemplate.parse(text), lengths)


def test_each_encoding_has_its_bound():
    worst = _worst("x" * 100 + "$name", name=40)

    assert worst.gsm7 == Bound("GSM-7", segments=1, most_segments=2)  # 140 septets, or 180
    assert worst.ucs2 == Bound("UCS-2", segments=3, most_segments=3)  # 140 units, or 180
    assert (worst.most_segments, worst.characters, worst.may_be_too_long) == (3, 140, False)


@pytest.mark.parametrize(
    ("characters", "gsm7", "ucs2"),
    [(70, (1, 1), (1, 3)), (80, (1, 1), (2, 3)), (81, (1, 2), (2, 3)), (153, (1, 3), (3, 5))],
)
def test_a_boundary_that_splits_no_pair_is_counted(characters, gsm7, ucs2):
    worst = _worst("$name", name=characters)

    assert (worst.gsm7, worst.ucs2) == (Bound("GSM-7", *gsm7), Bound("UCS-2", *ucs2))


def test_a_template_that_is_no_gsm7_itself_says_why():
    worst = _worst("It\u2019s $name\u2019s łódź", name=5)

    assert (worst.gsm7, worst.forced_by) == (None, ("\u2019", "ł", "ó", "ź"))


@pytest.mark.parametrize("lengths", [{}, {"name": 0}], ids=["no placeholder", "no characters"])
def test_what_takes_no_value_cannot_become_ucs2(lengths):
    worst = _worst("hello" + "".join(f"${name}" for name in lengths), **lengths)

    assert worst.ucs2 is None
    assert worst.most_segments == 1


def test_a_text_that_twilio_would_refuse_is_pointed_out():
    assert _worst("$a$b", a=1600, b=1).may_be_too_long
    assert not _worst("$a", a=1600).may_be_too_long


def test_every_wrong_length_is_named():
    with pytest.raises(ValidationError) as caught:
        _worst("$name $code $city $day", nmae=3, code=-1, city="5", day=True)

    for told in ("lacks name", "no $nmae: did you mean name?", "code must be", "city must be", "day must be"):
        assert told in str(caught.value)


@pytest.mark.parametrize("lengths", [None, 30, [("name", 30)]])
def test_lengths_are_a_mapping(lengths):
    with pytest.raises(ValidationError, match="max_lengths must be a mapping by name"):
        WorstCase.of(BodyTemplate.parse("$name"), lengths)


@given(
    own=st.text(st.sampled_from(GSM7), max_size=200),
    value=st.text(st.sampled_from(GSM7), max_size=200),
    spare=st.integers(0, 3),
)
def test_no_value_in_gsm7_takes_more(own, value, spare):
    worst = WorstCase.of(BodyTemplate.parse(f"{own}${{a}}{own}$b"), {"a": len(value) + spare, "b": len(value)})

    assert worst.gsm7
    assert count_segments(own + value + own + value).segments <= worst.gsm7.most_segments <= worst.most_segments


@given(own=st.text(st.sampled_from("abłЯ€😀"), max_size=100), value=st.text(max_size=100).filter(bool))
def test_no_value_at_all_takes_more(own, value):
    worst = WorstCase.of(BodyTemplate.parse(f"{own}${{a}}{own}"), {"a": len(value)})

    assert count_segments(own + value + own).segments <= worst.most_segments
