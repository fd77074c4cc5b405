"""Tests of the search: fewest differences first, and never for ever."""

import pytest

from fake_twilio.domain.webhooks.signer import AuthToken
from fake_twilio.domain.webhooks.workbench.guess import Difference, Guess
from fake_twilio.domain.webhooks.workbench.search import MOST_CHARACTERS, MOST_TRIES, Space, search
from fake_twilio.domain.webhooks.workbench.signatory import Signatory
from tests.fake_twilio.domain.webhooks.workbench.signing import OTHER_TOKEN, SIGNATORIES, TOKEN, signed

PATH, TAIL, BOTH = Difference("another path", ""), Difference("another tail", ""), Difference("both", "")
SPACE = Space(
    urls=[Guess("https://h/a"), Guess("https://h/b", (PATH,)), Guess("https://h/c", (PATH, PATH))],
    tails=[Guess("1"), Guess("2", (TAIL,)), Guess("3", (TAIL, TAIL))],
    elsewhere=[(BOTH, "https://h/d", "4")],
    signatories=SIGNATORIES,
)
OTHER = SIGNATORIES[1].in_place_of(SIGNATORIES[0])


@pytest.mark.parametrize(
    ("text", "token", "told"),
    [
        ("https://h/a1", TOKEN, ()),
        ("https://h:443/a1", TOKEN, ()),
        ("https://h/b1", TOKEN, (PATH,)),
        ("https://h:443/b1", TOKEN, (PATH,)),
        ("https://h/a2", TOKEN, (TAIL,)),
        ("https://h/d4", TOKEN, (BOTH,)),
        ("https://h/b2", TOKEN, (PATH, TAIL)),
        ("https://h/c1", TOKEN, (PATH, PATH)),
        ("https://h/a3", TOKEN, (TAIL, TAIL)),
        ("https://h/a1", OTHER_TOKEN, (OTHER,)),
        ("https://h/b1", OTHER_TOKEN, (PATH, OTHER)),
    ],
)
def test_what_was_signed_is_found_by_its_differences(text: str, token: str, told: tuple[Difference, ...]) -> None:
    found = search(SPACE, [Guess(signed(text, (), token))])

    assert found.match
    assert found.match.differences == told
    assert found.match.signatory.signer == AuthToken(token)


@pytest.mark.parametrize(("text", "token"), [("https://h/b3", TOKEN), ("https://h/b2", OTHER_TOKEN)])
def test_three_differences_are_too_many(text: str, token: str) -> None:
    assert search(SPACE, [Guess(signed(text, (), token))]).match is None


def test_what_pasting_did_to_the_signature_comes_first() -> None:
    reading = Guess(signed("https://h/b1", ()), (BOTH,))

    match = search(SPACE, [Guess("broken"), reading]).match

    assert match
    assert match.differences == (BOTH, PATH)


def test_fewer_differences_are_found_first() -> None:
    twice = SPACE._replace(urls=[*SPACE.urls[:1], Guess("https://h/x", (PATH, PATH)), Guess("https://h/x", (PATH,))])

    match = search(twice, [Guess(signed("https://h/x1", ()))]).match

    assert match
    assert match.differences == (PATH,)


def test_a_search_ends() -> None:
    many = [Guess(f"{number}", (TAIL,)) for number in range(MOST_TRIES)]
    long = [Guess(f"{number}" + "x" * (MOST_CHARACTERS // 10), (TAIL,)) for number in range(30)]
    nobody = [Guess("=")]

    by_number = search(SPACE._replace(tails=[Guess("1"), *many], signatories=SIGNATORIES[:1]), nobody)
    by_length = search(SPACE._replace(tails=[Guess("1"), *long], signatories=SIGNATORIES[:1]), nobody)

    assert (by_number.tries, by_number.is_complete) == (MOST_TRIES, False)
    assert (by_length.tries < 20, by_length.is_complete) == (True, False)


def test_what_is_whole_says_so() -> None:
    assert search(SPACE, [Guess("=")]).is_complete


def test_a_signature_that_is_no_text_for_a_wire_is_of_nothing() -> None:
    assert search(SPACE._replace(signatories=[Signatory("x", AuthToken("y"))]), [Guess("\ud800é")]).match is None
