"""Every class of error either comes about as it does in production, or is refused with a hint."""

import pytest

from twilio_sms.config import Config
from twilio_sms.errors import (
    AcceptedWithoutSidError,
    AmbiguousSendError,
    ConnectionFailedError,
    InvalidRecipientError,
    NotProcessedError,
    RateLimitedError,
    TwilioError,
    ValidationError,
)
from twilio_sms.resilience.retry import RetryPolicy
from twilio_sms.simulation.mock import MockClient
from twilio_sms.simulation.simulated import GATES, INSTEAD, LOST, REFUSALS, UNREADABLE, simulated

RECIPIENT, SENDER = "+15551234567", "+15005550006"


def every_class(kind: type[TwilioError] = TwilioError) -> list[type[TwilioError]]:
    return [kind, *(each for sub in kind.__subclasses__() for each in every_class(sub))]


CLASSES = sorted(set(every_class()), key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_a_send_ends_with_the_very_class_or_it_is_refused_with_a_hint(kind: type[TwilioError]) -> None:
    mock = MockClient().expect_send(RECIPIENT)
    if kind in INSTEAD:
        with pytest.raises(ValidationError, match=f"{kind.__name__} cannot be simulated: "):
            mock.simulate_failure(kind)
        return

    mock.simulate_failure(kind)
    with pytest.raises(kind) as caught:
        mock.messages.send(to=RECIPIENT, from_=SENDER, body="hello")

    assert type(caught.value) is kind
    mock.verify()


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_a_class_stands_in_one_table_alone(kind: type[TwilioError]) -> None:
    assert sum(kind in table for table in (REFUSALS, LOST, UNREADABLE, GATES, INSTEAD)) == 1


@pytest.mark.parametrize(
    ("kind", "attempts"),
    [(RateLimitedError, 3), (ConnectionFailedError, 3), (NotProcessedError, 2), (InvalidRecipientError, 1)],
)
def test_it_fails_on_each_attempt_that_a_client_makes(kind: type[TwilioError], attempts: int) -> None:
    mock = MockClient().expect_send(RECIPIENT).simulate_failure(kind)

    with pytest.raises(kind) as caught:
        mock.messages.send(to=RECIPIENT, from_=SENDER, body="hello")

    assert caught.value.attempts == attempts


def test_as_many_attempts_are_made_as_the_policy_allows() -> None:
    config = Config(retry=RetryPolicy(max_attempts=5))
    mock = MockClient(config=config).expect_send(RECIPIENT).simulate_failure(RateLimitedError, retry_after_seconds=2)

    with pytest.raises(RateLimitedError) as caught:
        mock.messages.send(to=RECIPIENT, from_=SENDER, body="hello")

    assert (caught.value.attempts, caught.value.retry_after_seconds, mock.clock.monotonic()) == (5, 2.0, 8.0)


def test_a_code_of_the_same_class_may_be_chosen() -> None:
    mock = MockClient().expect_send(RECIPIENT).simulate_failure(InvalidRecipientError, code=21614)

    with pytest.raises(InvalidRecipientError) as caught:
        mock.messages.send(to=RECIPIENT, from_=SENDER, body="hello")

    assert (caught.value.code, caught.value.status) == (21614, 400)


def test_a_5xx_leaves_a_message_in_doubt() -> None:
    mock = MockClient().expect_send(RECIPIENT).simulate_failure(AmbiguousSendError, status=503, code=20503)

    with pytest.raises(AmbiguousSendError) as caught:
        mock.messages.send(to=RECIPIENT, from_=SENDER, body="hello")

    assert caught.value.status == 503


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"kind": InvalidRecipientError, "code": 21610}, "is no InvalidRecipientError, but OptedOutError"),
        ({"kind": InvalidRecipientError, "status": 500}, "but AmbiguousSendError"),
        ({"kind": InvalidRecipientError, "status": 201}, "300 to 599"),
        ({"kind": RateLimitedError, "retry_after_seconds": -1}, "whole number from 0 on"),
        ({"kind": AcceptedWithoutSidError, "code": 21211}, "comes without an answer"),
        ({"kind": ConnectionFailedError, "status": 400}, "comes without an answer"),
        ({"kind": ValueError}, "a class of twilio_sms.errors"),
        ({"kind": "RateLimitedError"}, "a class of twilio_sms.errors"),
    ],
)
def test_what_cannot_come_about_is_refused(arguments: dict[str, object], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        simulated(**arguments)
