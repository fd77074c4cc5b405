"""What a text asks for, by the vectors of the FCC, of Twilio and of people: reliability, G21."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.e2e.opt_out_words import VECTORS
from twilio_sms.compliance.keywords import Intent, fold, read_intent
from twilio_sms.compliance.words import OPT_OUT

SIGNS = st.text(" .,!?\"'()*~-\u200b\u200d\ufeff\u00a0\U0001f64f\n", max_size=5)


@pytest.mark.parametrize("text", [*VECTORS["fcc"], *VECTORS["twilio"], *VECTORS["variants"]])
def test_a_text_that_opts_out_is_understood(text):
    assert read_intent(text) is Intent.OPT_OUT


@pytest.mark.parametrize("text", VECTORS["doubtful"])
def test_a_doubtful_text_is_for_a_person_to_read(text):
    assert read_intent(text) is Intent.REVIEW


def test_nothing_follows_from_an_ordinary_text():
    assert {text: read_intent(text) for text in VECTORS["ordinary"] if read_intent(text) is not Intent.NONE} == {}


@pytest.mark.parametrize("text", VECTORS["opt_in"])
def test_one_of_twilios_words_alone_opts_in(text):
    assert read_intent(text) is Intent.OPT_IN


@pytest.mark.parametrize("text", ["START now", "please start", "START!", "unstop please", "yes start", "s\u200btart"])
def test_what_twilio_would_not_take_for_an_opt_in_is_none_here(text):
    assert read_intent(text) is not Intent.OPT_IN


@pytest.mark.parametrize("text", VECTORS["help"])
def test_a_call_for_help_is_understood(text):
    assert read_intent(text) is Intent.HELP


@pytest.mark.parametrize("text", ["", " ", "\u200b", "...", "\U0001f600"])
def test_a_text_without_words_asks_for_nothing(text):
    assert read_intent(text) is Intent.NONE


@given(before=SIGNS, word=st.sampled_from(sorted(OPT_OUT)), after=SIGNS)
def test_signs_and_case_around_a_phrase_change_nothing(before, word, after):
    assert read_intent(f"{before}{word}{after}") is Intent.OPT_OUT
    assert read_intent(f"{before}{word.upper()}{after}") is Intent.OPT_OUT


@given(word=st.sampled_from(["stop", "unsubscribe", "revoke"]), gaps=st.lists(SIGNS.filter(lambda s: s.strip() == "")))
def test_nothing_invisible_within_a_word_hides_it(word, gaps):
    hidden = "\u200b".join(word) + "".join(gaps)

    assert read_intent(hidden) is Intent.OPT_OUT


@example(text="0:0:0")
@given(text=st.text())
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(text=st.text())
def test_any_text_has_a_meaning(text):
    assert isinstance(read_intent(text), Intent)
