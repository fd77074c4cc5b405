"""Tests of who opted out of hearing from whom."""

from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.accounts.opt_out_book import OptIn, OptOut, OptOutBook
from fake_twilio.domain.inbound.opt_outs import Word
from fake_twilio.timing.clock import ManualClock
from tests.fake_twilio.doubles import RECIPIENT, SENDER, SERVICE_SID, START

ANOTHER = "+15005550010"


def book(*listed: tuple[str, str]) -> OptOutBook:
    return OptOutBook(ManualClock(START), lambda: listed)


def test_an_opt_out_is_of_one_number() -> None:
    """Article 223134027: the pair of recipient and number."""
    people = book()

    assert people.is_empty
    assert people.change(Word.STOP, RECIPIENT, SENDER, None)
    assert not people.is_empty
    assert people.has(RECIPIENT, SENDER, None)
    assert not people.has(RECIPIENT, ANOTHER)
    assert people.all() == (OptOut(RECIPIENT, SENDER, START),)


def test_an_opt_out_prints_no_whole_number() -> None:
    assert repr(OptOut(RECIPIENT, SENDER, START)) == f"<OptOut of +1555***4567 from +1500***0006 since {START:.3f}>"
    assert SERVICE_SID in repr(OptOut(RECIPIENT, SERVICE_SID, START))


def test_an_opt_out_is_of_a_whole_service() -> None:
    """Article 223134027: the pair of recipient and service, if the number is in one."""
    people = book()

    people.change(Word.STOP, RECIPIENT, SENDER, SERVICE_SID)

    assert people.has(RECIPIENT, ANOTHER, SERVICE_SID)
    assert not people.has(RECIPIENT, SENDER)


def test_start_undoes_it_for_the_number_and_its_service() -> None:
    people = book((RECIPIENT, SENDER), (RECIPIENT, SERVICE_SID))

    assert people.change(Word.START, RECIPIENT, SENDER, SERVICE_SID)
    assert people.all() == ()
    assert not people.change(Word.START, RECIPIENT, SENDER, SERVICE_SID)


def test_what_was_lifted_by_hand_is_remembered_and_what_a_word_ended_is_not() -> None:
    clock = ManualClock(START)
    people = OptOutBook(clock)
    for person in (RECIPIENT, ANOTHER):
        people.put(person, SENDER)
    clock.move_to(START + 60)

    assert people.lift(RECIPIENT, SENDER)
    assert not people.lift(RECIPIENT, SENDER)
    people.change(Word.START, ANOTHER, SENDER, None)

    assert people.lifted() == (OptIn(OptOut(RECIPIENT, SENDER, START), START + 60),)
    people.forget(ANOTHER)
    assert len(people.lifted()) == 1
    people.forget(RECIPIENT)
    assert people.lifted() == ()


def test_help_changes_nothing() -> None:
    assert not book().change(Word.HELP, RECIPIENT, SENDER, None)


def test_who_never_opted_out_and_says_start_is_out_all_the_same_where_the_next_scenario_says_so() -> None:
    listed: tuple[tuple[str, str], ...] = ()
    people = OptOutBook(ManualClock(START), lambda: listed)

    people.change(Word.START, RECIPIENT, SENDER, None)
    listed = ((RECIPIENT, SENDER),)

    assert people.has(RECIPIENT, SENDER)


def test_those_that_the_scenario_lists_are_there_until_they_opt_in() -> None:
    people = book((RECIPIENT, SENDER))

    assert people.has(RECIPIENT, SENDER)
    people.change(Word.START, RECIPIENT, SENDER, None)
    assert not people.has(RECIPIENT, SENDER)
    assert people.change(Word.STOP, RECIPIENT, SENDER, None)


@given(st.lists(st.tuples(st.sampled_from(Word), st.sampled_from([None, SERVICE_SID]))))
def test_the_last_word_counts(words: list[tuple[Word, str | None]]) -> None:
    people, is_out = book(), False
    for word, service_sid in words:
        has_changed = people.change(word, RECIPIENT, SENDER, service_sid)
        assert not (has_changed and word is Word.HELP)
        is_out = word is Word.STOP if word is not Word.HELP and service_sid else is_out

    assert people.has(RECIPIENT, SERVICE_SID) is is_out
