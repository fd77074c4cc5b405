import pytest

from fake_twilio.load.errors import NothingLeft, RequestFailed
from fake_twilio.load.tally import Tally
from fake_twilio.load.timed import timed
from tests.doubles import RECIPIENT
from tests.fake_twilio.load.doubles import Fired, HandClock
from twilio_sms.errors import AmbiguousSendError, Evidence, InvalidRecipientError, TwilioError


@pytest.mark.parametrize(("due", "seconds"), [(None, 0.5), (8.0, 2.5), (10.0, 0.5), (11.0, 0.0)])
def test_a_block_is_timed_from_when_it_was_due(due: float | None, seconds: float) -> None:
    tally, fired, clock = Tally(), Fired(), HandClock()
    clock.seconds = 10.0

    with timed("send", due, tally=tally, fire=fired, now=clock):
        clock.seconds = 10.5

    assert tally.histogram("send").max == seconds
    assert fired.lines == [("schedule", "send", None)]
    assert fired.all[0]["response_time"] == seconds * 1000
    assert tally.counts == {}


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (RequestFailed("not delivered"), "not delivered"),
        (InvalidRecipientError(f"no: {RECIPIENT}", Evidence(code=21211)), "InvalidRecipientError 21211"),
        (AmbiguousSendError("the answer of SM0c is lost"), "AmbiguousSendError"),
    ],
)
def test_a_failure_is_counted_and_timed_and_ends_the_block_alone(error: Exception, told: str) -> None:
    tally, fired = Tally(), Fired()

    with timed("send", None, tally=tally, fire=fired):
        raise error

    assert tally.histogram("send").count == 1
    assert tally.counts == {"errors_send": 1}
    assert fired.lines == [("schedule", "send", told)]


def test_failures_of_one_kind_are_one_line_whoever_they_were_about() -> None:
    fired = Fired()

    for number in range(3):
        with timed("send", None, tally=Tally(), fire=fired):
            raise TwilioError(f"message SM{number} to +1555000{number:04} failed")

    assert set(fired.lines) == {("schedule", "send", "TwilioError")}


@pytest.mark.parametrize("error", [KeyError("a mistake"), KeyboardInterrupt()])
def test_what_is_no_outcome_goes_on_and_is_counted_as_unfinished(error: BaseException) -> None:
    tally, fired = Tally(), Fired()

    with pytest.raises(type(error)), timed("send", None, tally=tally, fire=fired):
        raise error

    assert tally.counts == {"unfinished_send": 1}
    assert tally.histogram("send").count == 0
    assert fired.all == []


def test_who_has_nothing_left_to_send_has_begun_nothing() -> None:
    tally, fired = Tally(), Fired()

    with pytest.raises(NothingLeft), timed("send", None, tally=tally, fire=fired):
        raise NothingLeft

    assert (tally.counts, fired.all) == ({}, [])
