"""In a process the order before a bucket is kept, and only the first asks."""

import pytest

from twilio_sms.resilience.token_bucket import Rate
from twilio_sms.resilience.turnstile import TURN_NS
from twilio_sms.stores.redis_lines import Lines, Wait

MS = 1_000_000
ALL = ("global_rate", "", 1)
ONE = ("recipient_rate", "+15551234567", 1)


@pytest.fixture
def lines():
    return Lines({"global_rate": Rate(100, 1), "recipient_rate": Rate(10, 1)})


def test_without_a_line_everybody_may_ask(lines):
    assert lines.before([ALL, ONE], 1, 0) is None


def test_the_first_in_line_may_ask_and_the_next_waits_behind_it(lines):
    lines.stand(1, Wait(ALL, 7 * MS), now_ns=0)

    assert lines.before([ALL], 1, 0) is None
    assert lines.before([ALL], 2, 2 * MS) == Wait(ALL, 15 * MS)


def test_each_place_in_line_is_a_token_more(lines):
    lines.stand(1, Wait(ALL, 5 * MS), now_ns=0)
    lines.stand(2, Wait(ALL, 15 * MS), now_ns=0)
    lines.stand(3, Wait((*ALL[:2], 4), 25 * MS), now_ns=0)

    assert lines.before([ALL], 4, 0) == Wait(ALL, 65 * MS)


def test_who_waits_behind_others_looks_again_no_sooner_than_after_a_turn(lines):
    lines.stand(1, Wait(ALL, 0), now_ns=0)

    assert lines.before([ALL], 2, 500 * MS) == Wait(ALL, TURN_NS)


def test_the_line_that_lasts_longest_is_told(lines):
    lines.stand(1, Wait(ALL, 5 * MS), now_ns=0)
    lines.stand(2, Wait(ONE, 1 * MS), now_ns=0)

    assert lines.before([ALL, ONE], 3, 0) == Wait(ONE, 101 * MS)


def test_who_leaves_makes_room(lines):
    lines.stand(1, Wait(ALL, 5 * MS), now_ns=0)
    lines.stand(2, Wait(ALL, 5 * MS), now_ns=0)

    lines.leave(1)

    assert lines.before([ALL], 2, 0) is None
    assert len(lines) == 1


def test_a_ticket_stands_in_one_line_at_most(lines):
    lines.stand(1, Wait(ALL, 5 * MS), now_ns=0)
    lines.stand(1, Wait(ONE, 5 * MS), now_ns=0)

    assert lines.before([ALL], 2, 0) is None
    assert lines.before([ONE], 2, 0) is not None
    assert len(lines) == 1


def test_who_stands_nowhere_may_leave(lines):
    lines.leave(1)

    assert len(lines) == 0


def test_a_line_is_of_one_bucket(lines):
    lines.stand(1, Wait(ONE, 5 * MS), now_ns=0)

    assert lines.before([("recipient_rate", "+15557654321", 1)], 2, 0) is None
