"""Stories of requests that meet trouble on the wire: what our client makes of it, and what was really stored."""

import pytest

from fake_twilio.records.incidents import Sort
from tests.contract.stories.stage import DELIVERED, Stage
from tests.doubles import RECIPIENT, SENDER
from twilio_sms import (
    AcceptedWithoutSidError,
    AmbiguousSendError,
    Client,
    Config,
    Message,
    Status,
    Timeouts,
    TwilioError,
)

IMPATIENT = Config(timeouts=Timeouts(read_seconds=0.5))


def _failure(stage: Stage, to: str = RECIPIENT) -> TwilioError:
    with pytest.raises(TwilioError) as failed:
        stage.send(to)
    return failed.value


def _try(client: Client) -> Message | TwilioError:
    try:
        return client.messages.send(to=RECIPIENT, from_=SENDER, body="hello")
    except TwilioError as error:
        return error


def outage(stage: Stage) -> None:
    before = stage.end()
    stage.fake.advance("10s")
    down = _failure(stage)
    stage.fake.advance("30s")

    assert (before, stage.end()) == (DELIVERED, DELIVERED)
    assert (type(down), down.status, down.retry_after_seconds, down.repeatable) == (AmbiguousSendError, 503, 3, False)
    assert len(stage.fake.messages) == 2


def outage_and_recovery(stage: Stage) -> None:
    stage.play(latency="5ms")
    stage.send("+15550790000")
    stage.fake.advance("10s")
    falling = [_failure(stage, f"+1555079000{number}") for number in (1, 2)]
    stage.fake.advance("1s")
    down = _failure(stage)
    stage.fake.advance("29s")
    back = stage.end()
    stage.fake.advance("5s")
    well = stage.end()

    assert [(error.status, error.repeatable) for error in falling] == [(503, False), (500, False)]
    assert (down.status, down.retry_after_seconds) == (503, 3)
    assert [message.to[-1] for message in stage.fake.messages[:3]] == ["0", "2", RECIPIENT[-1]]
    assert (back, well) == (DELIVERED, DELIVERED)
    slow = [one for one in stage.fake.incidents if one.what == "slow"]
    assert len(slow) == 2  # the message was sent, and looked at


def brown_out(stage: Stage) -> None:
    stage.play(latency="5ms")
    made = [_try(stage.client) for _ in range(30)]

    errors = [one for one in made if isinstance(one, TwilioError)]
    assert 1 <= len(errors) <= 14
    assert {error.status for error in errors} == {503}
    assert len(stage.fake.messages) == 30 - len(errors)
    assert len([one for one in stage.fake.incidents if one.sort is Sort.FAULT]) == 30


def flapping(stage: Stage) -> None:
    made = [_try(stage.client) for _ in range(6)]

    assert [isinstance(one, AmbiguousSendError) for one in made] == [False, True] * 3
    assert len(stage.fake.messages) == 3


def slow_answers(stage: Stage) -> None:
    stage.play(latency="20ms", drip="50ms")

    assert stage.end() == DELIVERED
    assert [one.what for one in stage.fake.incidents if one.sort is Sort.FAULT] != []


def answers_lost(stage: Stage) -> None:
    lost = _failure(stage)
    stored = len(stage.fake.messages)

    assert (type(lost), lost.repeatable, stored) == (AmbiguousSendError, False, 0)
    assert stage.end() == DELIVERED


def _is_sent_twice_by_who_repeats(stage: Stage) -> None:
    """The client does not repeat it by itself; a person who does not look for it first does harm."""
    failed = _failure(stage)
    assert (type(failed), failed.repeatable, len(stage.fake.messages)) == (AmbiguousSendError, False, 1)
    (found,) = stage.client.messages.list(to=RECIPIENT)

    stage.send()

    with pytest.raises(AssertionError, match="sent more than once"):
        stage.fake.assert_no_duplicate_sends()
    stage.fake.settle()
    assert stage.client.messages.get(found.sid).status is Status.DELIVERED


def stored_but_reset(stage: Stage) -> None:
    _is_sent_twice_by_who_repeats(stage)


def stored_but_timed_out(stage: Stage) -> None:
    with stage.fake.client(config=IMPATIENT) as stage.client:
        _is_sent_twice_by_who_repeats(stage)


def stored_but_500(stage: Stage) -> None:
    _is_sent_twice_by_who_repeats(stage)


def proxy_errors(stage: Stage) -> None:
    stage.send()
    failed = _failure(stage)

    assert (type(failed), failed.status, failed.code, failed.repeatable) == (AmbiguousSendError, 502, None, False)
    assert len(stage.fake.messages) == 1


def garbled_answers(stage: Stage) -> None:
    whole_status = [_failure(stage, to) for to in ("+15550790001", "+15550792001", "+15550794001")]
    garbage = _failure(stage, "+15550796001")

    assert {type(error) for error in whole_status} == {AcceptedWithoutSidError}
    assert isinstance(garbage, AmbiguousSendError)
    assert len(stage.fake.messages) == 4
    assert stage.end() == DELIVERED


def resets_before_reading(stage: Stage) -> None:
    stage.send()
    failed = _failure(stage)

    assert (isinstance(failed, AmbiguousSendError) or failed.repeatable, len(stage.fake.messages)) == (True, 1)
    assert [one.what for one in stage.fake.incidents if one.sort is Sort.FAULT] == ["reset_before_reading"]
    stage.send()
