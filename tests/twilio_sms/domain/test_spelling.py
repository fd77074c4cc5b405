"""A misspelt name is recognised, and one that is like none is not guessed at."""

import pytest

from twilio_sms.domain.spelling import did_you_mean


@pytest.mark.parametrize(
    ("name", "told"),
    [("nmae", ": did you mean name?"), ("statsu", ": did you mean status?"), ("zebra", ""), ("", "")],
)
def test_the_closest_name_is_told(name, told):
    assert did_you_mean(name, ("name", "status")) == told


def test_a_name_that_was_cut_short_is_the_one_that_begins_so():
    assert did_you_mean("line_type", ("line_status", "line_type_intelligence")) == (
        ": did you mean line_type_intelligence?"
    )


def test_nothing_is_like_a_name_where_there_are_none():
    assert did_you_mean("name", ()) == ""
