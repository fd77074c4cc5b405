"""Tests of which parameters are tried."""

from fake_twilio.domain.twilio.form import Form
from fake_twilio.domain.webhooks.workbench.form_guesses import (
    MOST_FIELDS,
    MOST_TAKEN_APART,
    lessened_guesses,
    reread_guesses,
    single_guesses,
    whole_guesses,
)
from fake_twilio.domain.webhooks.workbench.pasted import Pasted, Reading, read_parameters

LONG: Form = tuple((f"a{number}", " x") for number in range(MOST_FIELDS + 1))


def whats(form: Form) -> set[str]:
    return {difference.what for difference, _ in single_guesses(form)}


def test_what_changes_in_few_values_is_told_by_their_names() -> None:
    few = [difference.what for difference, _ in whole_guesses((("From", " 1"), ("To", " 2"), ("Body", "x")))]
    many = [difference.what for difference, _ in whole_guesses(LONG[:5])]

    assert "From, To with a + in place of the blank that comes first" in few
    assert "all values with a + in place of the blank that comes first" in many


def test_a_parameter_that_follows_from_another_is_put_back() -> None:
    added = {pair for _, form in single_guesses((("SmsSid", "SM1"), ("SmsStatus", "sent"))) for pair in form[2:]}

    assert {("MessageSid", "SM1"), ("MessageStatus", "sent"), ("ApiVersion", "2010-04-01")} <= added
    assert not any(what.startswith("the parameter") for what in whats(()))


def test_blanks_are_put_back_in_a_message_that_came_in_and_nowhere_else() -> None:
    told = whats((("From", "+1"), ("ToCity", "x")))

    assert "FromCity with nothing in it" in told
    assert "ToState, ToZip, ToCountry with nothing in them" in told
    assert not any("ToCity with nothing" in what for what in told)
    assert not any("with nothing" in what for what in whats((("To", "+1"),)))


def test_each_parameter_is_left_out_once_up_to_a_bound() -> None:
    assert [form for _, form in lessened_guesses((("a", "1"), ("b", "2")))] == [(("b", "2"),), (("a", "1"),)]
    assert len(list(lessened_guesses(LONG[:-1]))) == MOST_TAKEN_APART


def test_a_form_that_is_too_long_is_not_guessed_at() -> None:
    assert not [*whole_guesses(LONG), *single_guesses(LONG), *lessened_guesses(LONG)]


def test_a_body_is_read_once_more_in_other_ways_and_nothing_else_is() -> None:
    again = [form for _, form in reread_guesses(read_parameters("a=%E9+b&c"))]

    assert again == [(("a", "%E9+b"), ("c", "")), (("a", "é b"), ("c", ""))]
    assert list(reread_guesses(Pasted(Reading.LINES, (("a", "%E9"),), "a=%E9\nb=1"))) == []
