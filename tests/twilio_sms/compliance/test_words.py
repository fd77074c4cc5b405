"""The words are written as texts are folded, and no word means two things."""

import pytest

from twilio_sms.compliance import words
from twilio_sms.compliance.keywords import fold


@pytest.mark.parametrize("group", ["OPT_OUT", "OPT_IN_WORDS", "HELP_WORDS", "DOUBTFUL_WORDS", "DOUBTFUL_PHRASES"])
def test_a_word_is_written_as_a_text_is_folded(group):
    assert [word for word in getattr(words, group) if fold(word) != word] == []


def test_no_word_means_two_things():
    assert not words.OPT_OUT & words.OPT_IN_WORDS
    assert not words.OPT_OUT & words.HELP_WORDS


def test_a_word_that_opts_out_is_doubtful_within_other_words():
    single = {word for word in words.FCC_WORDS | words.TWILIO_WORDS if " " not in word}

    assert single <= words.DOUBTFUL_WORDS


def test_what_opts_in_again_never_opts_out_with_politeness():
    assert not {"yes", "start", "unstop"} & {*words.LEADING, *words.TRAILING}


def test_the_list_has_a_version():
    assert words.VERSION
