"""What a lookup told is kept for a time, and only what will stay true for as long."""

import pytest

from tests.doubles import RECIPIENT, HandClock
from twilio_sms.domain.lookup import Lookup
from twilio_sms.domain.lookup_query import LookupQuery
from twilio_sms.errors import NoAnswerError
from twilio_sms.lookup_cache import LookupCache

OTHER = "+15557654321"
VALID = {"valid": True, "phone_number": RECIPIENT}


class Twilio:
    """Answers with the same, and counts what it is paid for."""

    def __init__(self, **tree: object) -> None:
        self.lookup = Lookup.from_json({**VALID, **tree})
        self.asked = 0

    def __call__(self) -> Lookup:
        self.asked += 1
        return self.lookup


def _query(number: str = RECIPIENT, *fields: str, **options: str) -> LookupQuery:
    return LookupQuery.parse(number, fields, None, options)


def test_what_was_asked_is_not_asked_again_for_a_time():
    clock, twilio = HandClock(), Twilio()
    cache = LookupCache(clock, 60)

    assert cache.get(_query(), twilio) is cache.get(_query(), twilio)
    clock.sleep(59.9)
    cache.get(_query(), twilio)
    assert twilio.asked == 1
    clock.sleep(0.1)
    cache.get(_query(), twilio)

    assert twilio.asked == 2


def test_the_time_counts_from_before_the_request():
    clock, twilio = HandClock(), Twilio()
    cache = LookupCache(clock, 60)

    def slowly() -> Lookup:
        clock.sleep(59)
        return twilio()

    cache.get(_query(), slowly)
    clock.sleep(1)
    cache.get(_query(), twilio)

    assert twilio.asked == 2


@pytest.mark.parametrize(
    "other", [_query(OTHER), _query(RECIPIENT, "caller_name"), _query(RECIPIENT, partner_sub_id="a")]
)
def test_another_question_is_another_entry(other):
    twilio = Twilio()
    cache = LookupCache(HandClock(), 60)

    for query in (_query(), other, _query(), other):
        cache.get(query, twilio)

    assert twilio.asked == 2


def test_zero_seconds_switch_it_off():
    twilio = Twilio()
    cache = LookupCache(HandClock(), 0)

    cache.get(_query(), twilio)
    cache.get(_query(), twilio)

    assert twilio.asked == 2


def test_an_error_is_not_kept():
    cache = LookupCache(HandClock(), 60)

    def fail() -> Lookup:
        raise NoAnswerError("lost")

    for _ in range(2):
        with pytest.raises(NoAnswerError):
            cache.get(_query(), fail)
    assert cache.get(_query(), Twilio()).valid


@pytest.mark.parametrize(
    ("fields", "tree", "asked"),
    [
        pytest.param(("caller_name",), {"caller_name": {"error_code": 60600}}, 2, id="a package that failed"),
        pytest.param(("sim_swap", "caller_name"), {}, 2, id="a swapped SIM"),
        pytest.param(("call_forwarding",), {}, 2, id="forwarded calls"),
        pytest.param(("caller_name",), {"caller_name": {"error_code": None}}, 1, id="a package that did not"),
        pytest.param((), {"valid": False, "validation_errors": ["TOO_SHORT"]}, 1, id="an invalid number"),
    ],
)
def test_only_what_stays_true_is_kept(fields, tree, asked):
    twilio = Twilio(**tree)
    cache = LookupCache(HandClock(), 60)

    cache.get(_query(RECIPIENT, *fields), twilio)
    cache.get(_query(RECIPIENT, *fields), twilio)

    assert twilio.asked == asked


def test_a_number_is_forgotten_with_all_its_packages():
    twilio, other = Twilio(), Twilio(phone_number=OTHER)
    cache = LookupCache(HandClock(), 60)
    queries = [_query(), _query(RECIPIENT, "caller_name"), _query("555 123 4567")]
    for query in queries:
        cache.get(query, twilio)
    cache.get(_query(OTHER), other)

    cache.forget(RECIPIENT)
    for query in queries:
        cache.get(query, twilio)
    cache.get(_query(OTHER), other)

    assert (twilio.asked, other.asked) == (6, 1)


def test_who_asked_before_it_was_forgotten_brings_nothing_back():
    twilio = Twilio()
    cache = LookupCache(HandClock(), 60)

    def forgotten_meanwhile() -> Lookup:
        cache.forget(RECIPIENT)
        return twilio()

    cache.get(_query(), forgotten_meanwhile)
    cache.get(_query(), twilio)

    assert twilio.asked == 2


def test_what_was_used_longest_ago_makes_room():
    twilio = Twilio()
    cache = LookupCache(HandClock(), 60, max_lookups=2)
    first, second, third = (_query(f"+1555000000{digit}") for digit in range(3))

    for query in (first, second, first, third):  # second is the one that rested longest
        cache.get(query, twilio)
    assert twilio.asked == 3
    cache.get(first, twilio)
    assert twilio.asked == 3
    cache.get(second, twilio)

    assert twilio.asked == 4


def test_no_lock_is_held_while_twilio_is_asked():
    cache = LookupCache(HandClock(), 60)

    cache.get(_query(), lambda: cache.get(_query(OTHER), Twilio()))


def test_a_child_process_begins_with_nothing():
    twilio = Twilio()
    cache = LookupCache(HandClock(), 60)
    cache.get(_query(), twilio)
    cache._lock.acquire()  # another thread of the parent is at work

    cache.begin_anew()
    cache.get(_query(), twilio)

    assert twilio.asked == 2
