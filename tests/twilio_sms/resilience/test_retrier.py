"""A call is made again until it succeeds, or must not be made again."""

from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.doubles import HandClock
from tests.logs import broken_log
from twilio_sms.errors import (
    AmbiguousSendError,
    BreakerOpenError,
    ConnectionFailedError,
    Evidence,
    LocalOptOutError,
    NoAnswerError,
    NotProcessedError,
    RateLimitedError,
    RequestError,
)
from twilio_sms.resilience.quota import RetryQuota
from twilio_sms.resilience.retrier import Retrier, RetryDetails
from twilio_sms.resilience.retry import RetryPolicy
from twilio_sms.verdict import Verdict

UNREACHED = Evidence(verdict=Verdict.NOT_SENT, repeatable=True)
SHUT = BreakerOpenError("later", Evidence(retry_after_seconds=30, repeatable=True, attempts=0))


def unreached() -> ConnectionFailedError:
    return ConnectionFailedError("refused", UNREACHED)


def slowed_down(seconds: float) -> RateLimitedError:
    return RateLimitedError(
        "slow down", Evidence(verdict=Verdict.NOT_SENT, status=429, repeatable=True, retry_after_seconds=seconds)
    )


def unanswered() -> NoAnswerError:
    return NoAnswerError("lost", Evidence(verdict=Verdict.UNKNOWN))


class Scene:
    """A retrier, and a call that goes by a script: an exception is raised, anything else is returned."""

    def __init__(self, *script, on_retry=None, random=lambda: 0.5, **settings):
        self.script, self.begun_at = list(script), []
        self.clock, self.quota, self.details = HandClock(), RetryQuota(), []
        self.retrier = Retrier(RetryPolicy(**settings), self.quota, self.clock, random, on_retry or self.details.append)

    def run(self, **options):
        return self.retrier.run(self._attempt, **{"operation": "messages.send", **options})

    def failure(self, **options):
        with pytest.raises(BaseException) as raised:  # noqa: PT011 - each test says which one it is
            self.run(**options)
        return raised.value

    def _attempt(self, number):
        self.begun_at.append(self.clock.monotonic())
        assert number == len(self.begun_at)
        step = self.script.pop(0)
        if isinstance(step, BaseException):
            raise step
        return step


def test_a_call_that_succeeds_is_made_once():
    scene = Scene("sent")

    assert scene.run() == "sent"
    assert scene.begun_at == [0]


def test_what_was_not_sent_is_sent_again_after_the_jitter():
    scene = Scene(unreached(), unreached(), "sent")

    assert scene.run() == "sent"
    assert scene.begun_at == [0, 0.25, 0.75]


def test_each_jitter_is_drawn_anew():
    scene = Scene(unreached(), unreached(), "sent", random=iter([0.8, 0.2]).__next__)

    scene.run()

    assert scene.begun_at == [0, 0.4, 0.6]


def test_the_last_attempt_says_why():
    last = unreached()
    scene = Scene(unreached(), unreached(), last)

    assert scene.failure() is last
    assert len(scene.begun_at) == 3


@pytest.mark.parametrize(
    "error",
    [
        AmbiguousSendError("lost", Evidence(verdict=Verdict.UNKNOWN)),
        RequestError("no", Evidence(verdict=Verdict.REJECTED, status=400)),
        LocalOptOutError("stopped"),
        SHUT,
        KeyboardInterrupt(),
        ZeroDivisionError(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_must_not_be_repeated_is_not(error):
    scene = Scene(error)

    assert scene.failure() is error
    assert (scene.begun_at, scene.quota.tokens) == ([0], 500)


def test_an_idempotent_call_is_repeated_once_when_its_answer_is_lost():
    last = unanswered()
    scene = Scene(unanswered(), last)

    assert scene.failure(is_idempotent=True) is last
    assert len(scene.begun_at) == 2


def test_what_may_be_repeated_once_is_not_used_up_by_what_may_be_freely():
    scene = Scene(unreached(), unanswered(), "gone")

    assert scene.run(is_idempotent=True) == "gone"


def test_what_may_be_repeated_once_stays_used_up():
    last = NotProcessedError("late", Evidence(verdict=Verdict.NOT_SENT, status=408, repeatable=True))
    scene = Scene(unanswered(), unreached(), last, max_attempts=9)

    assert scene.failure(is_idempotent=True) is last


def test_a_503_is_repeated_if_the_policy_says_so():
    scene = Scene(AmbiguousSendError("", Evidence(verdict=Verdict.UNKNOWN, status=503)), "sent", retry_on_503=True)

    assert scene.run() == "sent"


def test_nobody_comes_back_before_retry_after():
    scene = Scene(slowed_down(7), "sent")

    scene.run()

    assert scene.begun_at == [0, 7]


def test_who_is_asked_to_wait_past_the_deadline_gets_the_error_at_once():
    scene = Scene(slowed_down(7))

    assert scene.failure(deadline=7).retry_after_seconds == 7
    assert (scene.clock.monotonic(), scene.quota.tokens) == (0, 500)


def test_the_deadline_is_a_moment_and_not_a_length_of_time():
    scene = Scene(slowed_down(7), "sent")
    scene.clock.sleep(100)

    assert scene.run(deadline=108) == "sent"


@pytest.mark.parametrize("stopped_seconds", [29.75, 30, 60], ids=["at it", "within a second of it", "long after it"])
def test_no_attempt_begins_at_the_deadline_or_later_when_the_process_was_stopped(stopped_seconds):
    error = unreached()  # the jitter after it is a quarter of a second
    scene = Scene(error, "sent", on_retry=lambda details: scene.clock.sleep(stopped_seconds))

    assert scene.failure(deadline=30) is error
    assert scene.begun_at == [0]


def test_a_quota_that_is_spent_ends_the_retrying():
    error = unreached()
    scene = Scene(error, "sent")
    while scene.quota.take():
        pass

    assert scene.failure() is error
    assert (scene.begun_at, scene.details) == ([0], [])


def test_a_retry_costs_and_a_success_earns():
    scene = Scene(unreached(), "sent")

    scene.run()

    assert scene.quota.tokens == 496


def test_a_breaker_that_opened_meanwhile_ends_it_with_what_became_of_the_call():
    error = unreached()
    scene = Scene(error, SHUT)

    raised = scene.failure()

    assert raised is error
    assert raised.__context__ is SHUT
    assert raised.__notes__ == ["not repeated: later"]


def test_the_failure_that_a_breaker_leaves_standing_is_the_last_one():
    last = slowed_down(1)

    assert Scene(unreached(), last, SHUT).failure() is last


def test_an_opt_out_that_came_meanwhile_is_final():
    stopped = LocalOptOutError("stopped")

    assert Scene(unreached(), stopped).failure() is stopped


def test_the_hook_is_told_before_each_wait():
    first, second = unreached(), slowed_down(7)
    scene = Scene(first, second, "sent")

    scene.run(deadline=30)

    told = {"operation": "messages.send"}
    assert scene.details == [
        RetryDetails(**told, attempt=1, wait_seconds=0.25, error=first, rest_seconds=30),
        RetryDetails(**told, attempt=2, wait_seconds=7, error=second, rest_seconds=29.75),
    ]


def test_a_call_needs_no_hook(caplog):
    script = iter([unreached(), None])
    retrier = Retrier(RetryPolicy(), RetryQuota(), HandClock(), lambda: 0.5)

    def attempt(_number):
        if error := next(script):
            raise error
        return "sent"

    assert retrier.run(attempt, operation="messages.send") == "sent"
    assert caplog.records == []


def test_a_hook_that_fails_is_logged_and_the_call_goes_on(caplog):
    def fail(_details):
        raise ZeroDivisionError

    assert Scene(unreached(), "sent", on_retry=fail).run() == "sent"
    assert [(record.name, record.getMessage()) for record in caplog.records] == [
        ("twilio_sms", "on_retry failed; it is ignored")
    ]


def test_a_hook_may_break_the_call_off():
    def stop(_details):
        raise KeyboardInterrupt

    scene = Scene(unreached(), "sent", on_retry=stop)

    with pytest.raises(KeyboardInterrupt):
        scene.run()
    assert scene.begun_at == [0]


@given(
    asked=st.lists(st.floats(0, 70), min_size=1, max_size=6),
    deadline=st.floats(0.1, 200),
    chance=st.floats(0, 1, exclude_max=True),
)
def test_no_attempt_begins_before_retry_after_or_at_the_deadline(asked, deadline, chance):
    scene = Scene(*map(slowed_down, asked), "sent", random=lambda: chance, max_attempts=6)

    with suppress(RateLimitedError):
        scene.run(deadline=deadline)

    pauses = [after - before for before, after in pairwise(scene.begun_at)]
    assert all(pause >= wanted - 1e-9 for pause, wanted in zip(pauses, asked, strict=False))
    assert all(moment < deadline for moment in scene.begun_at)


def test_a_log_that_fails_as_well_leaves_the_call_alone():
    def fail(_details):
        raise ZeroDivisionError

    with broken_log():
        assert Scene(unreached(), "sent", on_retry=fail).run() == "sent"
