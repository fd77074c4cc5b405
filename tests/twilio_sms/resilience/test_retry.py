"""Which failures may be repeated, and when."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twilio_sms.errors import (
    AcceptedWithoutSidError,
    AmbiguousSendError,
    AnswerError,
    AuthenticationError,
    BreakerOpenError,
    ConnectionFailedError,
    Evidence,
    LocalRateLimitError,
    NoAnswerError,
    NotProcessedError,
    QueueFullError,
    RateLimitedError,
    RequestError,
    ServerError,
    TwilioError,
    ValidationError,
)
from twilio_sms.resilience.retry import Failure, Repeat, RetryPolicy, repeat_of, wait_before_next
from twilio_sms.verdict import Verdict

NEVER, ONCE, FREELY = Repeat
NOT_SENT, REJECTED, ACCEPTED, UNKNOWN = Verdict
POLICY = RetryPolicy()


def failed(kind: type[TwilioError], verdict=None, status=None, *, repeatable=False) -> TwilioError:
    return kind("", Evidence(verdict=verdict, status=status, repeatable=repeatable))


# The verdict table of the design: what a failure allows a create, and what it allows a delete, a cancel or a redact.
TABLE = [
    (failed(ConnectionFailedError, NOT_SENT, repeatable=True), FREELY, FREELY),
    (failed(RateLimitedError, NOT_SENT, 429, repeatable=True), FREELY, FREELY),
    (failed(NotProcessedError, NOT_SENT, 408, repeatable=True), ONCE, ONCE),
    (failed(NotProcessedError, NOT_SENT, 421, repeatable=True), ONCE, ONCE),
    (failed(NotProcessedError, NOT_SENT, 425, repeatable=True), ONCE, ONCE),
    (failed(AmbiguousSendError, UNKNOWN), NEVER, ONCE),
    (failed(AmbiguousSendError, UNKNOWN, 500), NEVER, ONCE),
    (failed(NoAnswerError, UNKNOWN), NEVER, ONCE),
    (failed(ServerError, UNKNOWN, 503), NEVER, ONCE),
    (failed(NoAnswerError, UNKNOWN, repeatable=True), FREELY, FREELY),  # a read
    (failed(AnswerError, ACCEPTED, 200, repeatable=True), FREELY, FREELY),  # a read
    (failed(AcceptedWithoutSidError, ACCEPTED, 201), NEVER, NEVER),
    (failed(RequestError, REJECTED, 400), NEVER, NEVER),
    (failed(RequestError, REJECTED, 307), NEVER, NEVER),
    (failed(AuthenticationError, REJECTED, 401), NEVER, NEVER),
    (failed(QueueFullError, NOT_SENT, 429, repeatable=True), NEVER, NEVER),
    (failed(BreakerOpenError, repeatable=True), NEVER, NEVER),
    (failed(LocalRateLimitError, repeatable=True), NEVER, NEVER),
]


@pytest.mark.parametrize(("error", "of_create", "of_change"), TABLE, ids=lambda value: type(value).__name__)
def test_what_a_failure_proves_says_how_often_to_repeat(error, of_create, of_change):
    assert repeat_of(error, POLICY, is_idempotent=False) is of_create
    assert repeat_of(error, POLICY, is_idempotent=True) is of_change


@pytest.mark.parametrize(
    ("status", "repeat"), [(503, FREELY), (500, NEVER), (502, NEVER), (504, NEVER), (None, NEVER)], ids=str
)
def test_a_503_of_a_create_is_repeated_only_if_asked_for(status, repeat):
    error = failed(AmbiguousSendError, UNKNOWN, status)

    assert repeat_of(error, RetryPolicy(retry_on_503=True), is_idempotent=False) is repeat
    assert repeat_of(error, POLICY, is_idempotent=False) is NEVER


def wait(policy=POLICY, chance=1.0, **changes) -> float | None:
    return wait_before_next(policy, Failure(**{"attempt": 1, "repeat": FREELY, **changes}), chance)


@pytest.mark.parametrize(("attempt", "longest"), [(1, 0.5), (2, 1), (3, 2), (6, 16), (7, 20), (8, 20), (5000, 20)])
def test_the_range_doubles_up_to_the_cap(attempt, longest):
    patient = RetryPolicy(max_attempts=10_000)

    assert wait(patient, attempt=attempt) == longest
    assert wait(patient, attempt=attempt, chance=0.25) == longest / 4
    assert wait(patient, attempt=attempt, chance=0) == 0


@pytest.mark.parametrize(
    ("attempt", "is_last"), [(1, False), (2, False), (3, True), (4, True)], ids=["1st", "2nd", "3rd", "4th"]
)
def test_there_are_so_many_attempts(attempt, is_last):
    assert (wait(attempt=attempt) is None) is is_last


def test_one_attempt_is_no_retry():
    assert wait(RetryPolicy(max_attempts=1)) is None


@pytest.mark.parametrize(
    ("repeat", "is_once_used", "is_repeated"),
    [
        (NEVER, False, False),
        (NEVER, True, False),
        (ONCE, False, True),
        (ONCE, True, False),
        (FREELY, False, True),
        (FREELY, True, True),
    ],
)
def test_what_may_be_repeated_once_is_repeated_once(repeat, is_once_used, is_repeated):
    assert (wait(repeat=repeat, is_once_used=is_once_used) is not None) is is_repeated


@pytest.mark.parametrize(
    ("asked", "waited"),
    [
        pytest.param(None, 0.5, id="Twilio says nothing"),
        pytest.param(0.0, 0.5, id="at once"),
        pytest.param(0.3, 0.5, id="sooner than the jitter"),
        pytest.param(7.0, 7.0, id="later than the jitter"),
        pytest.param(60.0, 60.0, id="as late as we wait at most"),
        pytest.param(60.1, None, id="later than we wait"),
        pytest.param(1e9, None, id="never"),
    ],
)
def test_the_wait_is_as_long_as_twilio_asks_for_or_there_is_none(asked, waited):
    assert wait(retry_after_seconds=asked) == waited


@pytest.mark.parametrize(("rest", "waited"), [(7.1, 7.0), (7.0, None), (6.9, None), (-1.0, None)], ids=str)
def test_a_wait_ends_before_the_deadline(rest, waited):
    assert wait(retry_after_seconds=7.0, rest_seconds=rest) == waited


def test_a_jitter_that_would_end_after_the_deadline_is_no_retry():
    assert wait(rest_seconds=0.5) is None
    assert wait(rest_seconds=0.5, chance=0.9) == 0.45


SECONDS = st.floats(0, 1000)


@given(
    attempt=st.integers(1, 12),
    repeat=st.sampled_from(Repeat),
    asked=st.none() | SECONDS,
    rest=SECONDS | st.just(inf),
    chance=st.floats(0, 1, exclude_max=True),
)
def test_no_wait_is_shorter_than_retry_after_longer_than_it_may_be_or_past_the_deadline(
    attempt, repeat, asked, rest, chance
):
    policy = RetryPolicy(max_attempts=10)

    waited = wait(policy, chance, attempt=attempt, repeat=repeat, retry_after_seconds=asked, rest_seconds=rest)

    if waited is not None:
        assert (asked or 0) <= waited < rest
        assert waited <= max(20, asked or 0) <= 60
        assert attempt < 10


def test_the_defaults_are_those_that_are_explained():
    assert (POLICY.max_attempts, POLICY.base_seconds, POLICY.cap_seconds) == (3, 0.5, 20)
    assert (POLICY.max_retry_after_seconds, POLICY.retry_on_503) == (60, False)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("max_attempts", 0),
        ("base_seconds", 0),
        ("cap_seconds", 0),
        ("cap_seconds", 0.4),
        ("max_retry_after_seconds", 0),
        ("retry_on_503", 1),
    ],
)
def test_a_setting_that_cannot_work_is_refused_by_name(name, value):
    with pytest.raises(ValidationError, match=f"^{name} must be "):
        RetryPolicy(**{name: value})


def test_the_cap_may_be_the_base():
    assert wait(RetryPolicy(cap_seconds=0.5), attempt=2) == 0.5
