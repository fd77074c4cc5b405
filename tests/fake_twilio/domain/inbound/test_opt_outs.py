"""Tests of the words with which people opt out and in, as Twilio's articles list them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.inbound.opt_outs import WORDS, Word, reply_to, word_of, word_to

STOP = "STOP STOPALL UNSUBSCRIBE CANCEL END QUIT REVOKE OPTOUT"
LISTED = [(Word.STOP, STOP), (Word.START, "START YES UNSTOP"), (Word.HELP, "HELP INFO")]


@pytest.mark.parametrize(("word", "texts"), LISTED)
def test_the_words_are_those_of_the_articles(word: Word, texts: str) -> None:
    """Support article 223134027; REVOKE and OPTOUT since May 2025 (Twilio's blog)."""
    assert {text for text, meant in WORDS.items() if meant is word} == set(texts.split())


@given(st.sampled_from(sorted(WORDS)), st.sampled_from(["", " ", "\n", "\t "]))
def test_case_and_white_space_do_not_count(text: str, space: str) -> None:
    assert word_of(space + text.lower() + space) is word_of(text.title()) is WORDS[text]


@pytest.mark.parametrize("body", ["STOP PLEASE", "OPT OUT", "STOP.", "", "don't stop", "STOPSTOP"])
def test_only_a_single_word_counts(body: str) -> None:
    """Article 223134027: "STOP PLEASE" does nothing; blog: not "OPT OUT"."""
    assert word_of(body) is None


@given(st.text(), st.booleans())
def test_any_text_has_one_meaning_at_most(body: str, is_toll_free: bool) -> None:
    word = word_of(body, is_toll_free=is_toll_free)

    assert (word is None) is (body.strip().upper() not in WORDS or (is_toll_free and body.strip().upper() == "YES"))


def test_toll_free_numbers_do_not_take_yes() -> None:
    """Article 360058144374: opt back in with START or UNSTOP."""
    assert word_of("YES", is_toll_free=True) is None
    assert {word_of(text, is_toll_free=True) for text in ("START", "UNSTOP")} == {Word.START}


def test_twilio_replies_by_itself_and_the_network_for_toll_free_numbers() -> None:
    replies = {word: reply_to(word) for word in Word}

    assert all(reply and not reply.startswith("NETWORK MSG") for reply in replies.values())
    assert (reply_to(Word.STOP, is_toll_free=True) or "").startswith("NETWORK MSG: ")
    assert (reply_to(Word.START, is_toll_free=True) or "").startswith("NETWORK MSG: ")
    assert reply_to(Word.HELP, is_toll_free=True) is None


@pytest.mark.parametrize(
    ("number", "body", "is_pooled", "word"),
    [
        ("+15005550006", "stop", False, Word.STOP),
        ("+18005550006", "YES", True, None),
        ("12345", "STOP", False, None),
        ("12345", "STOP", True, Word.STOP),
    ],
)
def test_a_short_code_outside_a_pool_leaves_words_to_its_owner(
    number: str, body: str, is_pooled: bool, word: Word | None
) -> None:
    """Article 223181748."""
    assert word_to(number, body, is_pooled=is_pooled) is word
