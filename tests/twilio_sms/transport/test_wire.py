"""Timeouts have bounds, requests keep their secrets, and a lost answer has a verdict."""

import pickle
from dataclasses import fields
from math import inf, nan

import pytest

from tests.doubles import AUTH_TOKEN, RECIPIENT
from twilio_sms.errors import ValidationError
from twilio_sms.transport.wire import LostAnswer, Request, Response, Timeouts
from twilio_sms.verdict import Phase, Verdict


@pytest.mark.parametrize("name", [field.name for field in fields(Timeouts)])
@pytest.mark.parametrize("seconds", [0, -1, inf, nan, None, "5", True, 86_401, 10**40], ids=repr)
def test_no_timeout_can_be_switched_off(name, seconds):
    with pytest.raises(ValidationError, match=f"{name} must be a number of seconds above 0"):
        Timeouts(**{name: seconds})


@pytest.mark.parametrize("seconds", [0.001, 1, 86_400.0], ids=repr)
def test_any_finite_time_is_taken(seconds):
    assert Timeouts(read_seconds=seconds).read_seconds == seconds


def test_a_request_hides_its_secret():
    request = Request(method="GET", url="https://api.twilio.com", authorization=f"Basic {AUTH_TOKEN}")

    assert AUTH_TOKEN not in repr(request)


def test_a_request_hides_the_number_in_its_address():
    request = Request(method="GET", url=f"https://lookups.twilio.com/v2/PhoneNumbers/{RECIPIENT}", authorization="")

    assert repr(request) == "Request(GET https://lookups.twilio.com/v2/PhoneNumbers/+1555***4567)"


@pytest.mark.parametrize("private", [RECIPIENT, "the body"])
def test_a_request_hides_what_it_carries(private):
    form = (("To", RECIPIENT), ("Body", "the body"))

    request = Request(method="POST", url="https://api.twilio.com", form=form, authorization="Basic")

    assert private not in repr(request)


def test_a_response_hides_its_body():
    assert "the body" not in repr(Response(status=200, headers={}, body=b"the body"))


@pytest.mark.parametrize(
    ("status", "verdict"),
    [(201, Verdict.ACCEPTED), (400, Verdict.REJECTED), (429, Verdict.NOT_SENT), (503, Verdict.UNKNOWN)],
)
def test_a_response_proves_what_its_status_line_proves(status, verdict):
    assert Response(status=status, headers={}, body=b"").verdict is verdict


@pytest.mark.parametrize(
    ("phase", "verdict"),
    [
        (Phase.OPENING, Verdict.NOT_SENT),
        (Phase.SENDING, Verdict.NOT_SENT),
        (Phase.SENDING_LAST, Verdict.UNKNOWN),
        (Phase.SENT, Verdict.UNKNOWN),
    ],
)
def test_a_lost_answer_proves_what_its_phase_proves(phase, verdict):
    assert LostAnswer(phase, "reset").verdict is verdict


def test_a_lost_answer_survives_pickling():
    twin = pickle.loads(pickle.dumps(LostAnswer(Phase.SENT, "reset")))

    assert (twin.phase, twin.reason) == (Phase.SENT, "reset")


@pytest.mark.parametrize(("total", "read", "kept"), [(30, 10, 3), (30, 2, 2), (0.1, 10, 0.01)])
def test_a_part_of_the_time_is_kept_for_the_answer(total, read, kept):
    assert Timeouts(total_seconds=total, read_seconds=read).answer_seconds == pytest.approx(kept)
