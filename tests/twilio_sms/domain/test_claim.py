"""A claim ends by itself, and what is done stays done."""

from datetime import timedelta

from tests.opt_outs import NOON
from twilio_sms.domain.claim import Claim, Claimed, Lease

LATER = NOON + timedelta(seconds=30)


def test_until_it_ends_it_is_another_ones():
    lease = Lease.begin(NOON, 30)

    assert lease.refusal(LATER - timedelta(microseconds=1)) == Claim(Claimed.UNDER_WAY)
    assert lease.refusal(LATER) is None


def test_what_is_done_is_done_for_ever():
    lease = Lease(NOON, "answer")

    assert lease.refusal(NOON) == lease.refusal(LATER) == Claim(Claimed.DONE, "answer")


def test_an_empty_answer_is_an_answer():
    assert Lease(NOON, "").refusal(LATER) == Claim(Claimed.DONE)


def test_who_takes_over_has_another_token():
    assert Lease.begin(NOON, 30).token != Lease.begin(LATER, 0.001).token
