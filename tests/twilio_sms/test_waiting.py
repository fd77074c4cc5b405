"""Who waits for a message looks at it less and less often, and never for longer than they said."""

from itertools import pairwise

import pytest

from tests.doubles import HandClock, message_json
from twilio_sms.domain.message import Message
from twilio_sms.domain.status import Status
from twilio_sms.errors import NoAnswerError, ValidationError, WaitTimeoutError
from twilio_sms.waiting import Aim, Waiter

END = Aim.of(None, final=True, strict=False)
LOOK_SECONDS = 30.0


class Looks:
    """Shows the statuses of a script, and the last one for ever; notes when it was looked and by when."""

    def __init__(self, clock, *script, answer_seconds=0.0):
        self.clock = clock
        self.script = list(script)
        self.answer_seconds = answer_seconds
        self.times = []
        self.deadlines = []

    def __call__(self, deadline):
        self.times.append(round(self.clock.monotonic(), 6))
        self.deadlines.append(deadline)
        self.clock.sleep(self.answer_seconds)
        shown = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if isinstance(shown, Exception):
            raise shown
        return Message.from_json(message_json(status=shown))


def waited(*script, aim=END, timeout=60.0, **looks):
    looks = Looks(HandClock(), *script, **looks)
    try:
        return looks, Waiter(looks, looks.clock, LOOK_SECONDS).wait(aim, timeout)
    except WaitTimeoutError as error:
        return looks, error


def test_a_message_that_ended_is_looked_at_once():
    looks, message = waited("delivered")

    assert (message.status, looks.times) == (Status.DELIVERED, [0])


def test_the_rests_grow_to_fifteen_seconds():
    looks, _ = waited("queued", timeout=120)
    rests = [round(after - before, 3) for before, after in pairwise(looks.times)]

    assert rests == [1, 1.5, 2.25, 3.375, 5.062, 7.594, 11.391, 15, 15, 15, 15, 15, 11.828]


@pytest.mark.parametrize("timeout", [0, 0.5, 1, 2, 30, 60, 3600])
@pytest.mark.parametrize("answer_seconds", [0, 0.3])
def test_nobody_waits_for_longer_than_they_said(timeout, answer_seconds):
    looks, error = waited("queued", timeout=timeout, answer_seconds=answer_seconds)

    assert isinstance(error, WaitTimeoutError)
    assert looks.clock.monotonic() <= max(timeout, 1)
    assert max(looks.deadlines) <= max(timeout, 1)


def test_a_look_ends_with_the_time_of_a_call_if_that_is_sooner():
    looks, _ = waited("delivered", timeout=3600)

    assert looks.deadlines == [LOOK_SECONDS]


def test_the_error_has_the_message_as_it_was_last_seen():
    _, error = waited("accepted", "queued", timeout=5)

    assert (error.last_seen.status_text, error.last_seen.sid) == ("queued", message_json()["sid"])
    assert "was to be at its end and is, after 5 s, queued" in str(error)


@pytest.mark.parametrize(
    ("status", "final", "strict", "seen", "is_returned"),
    [
        (None, True, False, "sent", True),
        (None, True, True, "sent", False),
        (None, True, False, "sending", False),
        ("sent", True, False, "sent", True),
        ("sent", False, False, "delivered", True),
        ("queued", False, True, "failed", True),
        ("delivered", True, False, "undelivered", True),
        ("delivered", True, True, "undelivered", True),
        ("delivered", True, False, "sent", True),
        ("delivered", False, False, "sent", False),
        ("delivered", False, False, "undelivered", False),
        (Status.READ, False, False, "delivered", False),
        (None, True, False, "teleported", False),
    ],
)
def test_a_message_is_returned_or_the_wait_is_in_vain(status, final, strict, seen, is_returned):
    _, result = waited(seen, aim=Aim.of(status, final=final, strict=strict))

    assert isinstance(result, Message) is is_returned


def test_who_waits_for_what_cannot_come_any_more_is_told_at_once():
    looks, error = waited("failed", aim=Aim.of("delivered", final=False, strict=False))

    assert looks.times == [0]
    assert "was to be delivered and ended failed" in str(error)


def test_a_message_that_is_sent_may_still_be_delivered():
    _, message = waited("sent", "sent", "delivered")

    assert message.status is Status.DELIVERED


@pytest.mark.parametrize("after", [0, 1])
def test_a_look_that_fails_in_time_is_an_error_of_its_own(after):
    with pytest.raises(NoAnswerError):
        waited(*["queued"] * after, NoAnswerError("lost"))


def test_a_look_whose_time_ran_out_leaves_what_was_seen_before():
    looks = Looks(HandClock(), "queued")
    slow = NoAnswerError("the time was up")

    def look(deadline):
        if looks.times:
            looks.clock.sleep(deadline - looks.clock.monotonic())
            raise slow
        return looks(deadline)

    with pytest.raises(WaitTimeoutError) as caught:
        Waiter(look, looks.clock, LOOK_SECONDS).wait(END, 10)

    assert caught.value.last_seen.status_text == "queued"


@pytest.mark.parametrize("status", ["", "gone", "unknown", "Delivered", 5, b"sent"])
def test_what_is_no_status_is_refused(status):
    with pytest.raises(ValidationError, match="one of Twilio's"):
        Aim.of(status, final=True, strict=False)


@pytest.mark.parametrize(("final", "strict"), [(None, False), (True, 1), (False, False)])
def test_what_nobody_can_wait_for_is_refused(final, strict):
    with pytest.raises(ValidationError):
        Aim.of(None, final=final, strict=strict)


@pytest.mark.parametrize("timeout", [-1, float("nan"), float("inf"), True, "60", None])
def test_what_is_no_time_is_refused_before_anybody_looks(timeout):
    looks = Looks(HandClock(), "delivered")

    with pytest.raises(ValidationError, match=r"timeout must be a number of seconds from 0 to 1e\+09, is "):
        Waiter(looks, looks.clock, LOOK_SECONDS).wait(END, timeout)

    assert looks.times == []
