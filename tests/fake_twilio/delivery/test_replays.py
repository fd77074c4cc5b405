"""A webhook is brought once more: as it was, altered, several times, later."""

from dataclasses import replace

import pytest

from fake_twilio.delivery.replays import MAX_TIMES, MAX_WAITING, Manner, Replays, Signing
from fake_twilio.delivery.webhook import Webhook, status_webhook
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.webhooks.signer import AuthToken
from fake_twilio.timing.clock import ManualClock
from fake_twilio.timing.scheduler import Scheduler
from tests.fake_twilio.doubles import AUTH_TOKEN, MESSAGE_SID, START, make_message, make_webhook

FIRST = status_webhook(make_message(status=Status.DELIVERED), AuthToken(AUTH_TOKEN), "t")
OTHER_SID = "SM" + "0" * 32


class Brought:
    """Replays whose time is moved by hand, and what they brought."""

    def __init__(self) -> None:
        self.clock, self._scheduler, self.webhooks = ManualClock(START), Scheduler(), list[Webhook]()
        self.replays = Replays(self.clock, self._scheduler, self.webhooks.append)

    def pass_time(self, seconds: float) -> None:
        self.clock.move_to(self.clock.now() + seconds)
        self._scheduler.run_due(self.clock.now())


@pytest.mark.parametrize("times", [1, 3])
def test_it_comes_as_it_was_and_as_often_as_is_wanted(times: int) -> None:
    brought = Brought()

    told = brought.replays.bring(FIRST, Manner(times=times))

    assert brought.webhooks == [FIRST] * times
    assert (told, brought.replays.waiting()) == (FIRST, ())


@pytest.mark.parametrize("signing", [Signing.WRONG, Signing.NONE])
def test_only_the_signature_is_altered_and_nothing_signs_it_anew(signing: Signing) -> None:
    altered = Manner(signature=signing).of(FIRST)

    assert altered.signature != FIRST.signature
    assert ("X-Twilio-Signature" in altered.headers()) == (signing is Signing.WRONG)
    assert altered.moved_to("http://127.0.0.1/elsewhere", "POST").signature == altered.signature
    assert altered.is_forged
    assert replace(altered, signature=FIRST.signature, sign=FIRST.sign, is_forged=False) == FIRST


def test_it_comes_at_its_moment_and_not_before() -> None:
    brought = Brought()
    brought.replays.bring(FIRST, Manner(after_seconds=60, times=2))
    (waiting,) = brought.replays.waiting()

    brought.pass_time(59)
    too_early = list(brought.webhooks)
    brought.pass_time(1)

    assert (waiting.due, too_early, brought.webhooks) == (START + 60, [], [FIRST, FIRST])
    assert brought.replays.waiting() == ()


def test_what_comes_first_is_told_first() -> None:
    brought = Brought()
    for seconds in (30, 10, 20):
        brought.replays.bring(FIRST, Manner(after_seconds=seconds))

    assert [waiting.due - START for waiting in brought.replays.waiting()] == [10, 20, 30]


def test_what_is_forgotten_never_comes() -> None:
    brought = Brought()
    other = make_webhook(OTHER_SID)
    for webhook in (FIRST, other):
        brought.replays.bring(webhook, Manner(after_seconds=1))

    brought.replays.forget({MESSAGE_SID})
    brought.pass_time(1)

    assert brought.webhooks == [other]


def test_more_than_can_be_kept_is_refused() -> None:
    brought = Brought()
    for _ in range(MAX_WAITING):
        brought.replays.bring(FIRST, Manner(after_seconds=1))

    with pytest.raises(ValueError, match="are waiting for their moment: let time pass"):
        brought.replays.bring(FIRST, Manner(after_seconds=1))
    assert len(brought.replays.waiting()) == MAX_WAITING


@pytest.mark.parametrize(
    ("signature", "times", "after", "told"),
    [
        ("right", 1, 0, "signature: wanted one of same, wrong, none, got 'right'"),
        ("same", 0, 0, f"times: wanted a number from 1 to {MAX_TIMES}, got 0"),
        ("same", MAX_TIMES + 1, 0, "times: wanted a number"),
        ("same", True, 0, "times: wanted a number"),
        ("same", 1, -1, "after: wanted from 0 to"),
        ("same", 1, float("nan"), "after: wanted from 0 to"),
    ],
)
def test_what_cannot_be_is_refused_with_what_was_wanted(signature: str, times: int, after: float, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        Manner.parse(signature, times, after)
