"""A call that goes out through a breaker is noted, whatever becomes of it."""

import pytest

from twilio_sms.errors import (
    AcceptedWithoutSidError,
    BreakerOpenError,
    ConnectionFailedError,
    Evidence,
    LocalOptOutError,
    RequestError,
    TwilioError,
)
from twilio_sms.resilience.breaker_table import Outcome
from twilio_sms.resilience.guard import guarded, outcome_of
from twilio_sms.resilience.trials import Permit
from twilio_sms.verdict import Verdict, verdict_of_status

PERMIT = Permit(1)


class NotingBreaker:
    """Admits a call, or does not, and remembers what it was told."""

    def __init__(self, refusal=None):
        self.refusal, self.noted = refusal, []

    def admit(self):
        if self.refusal:
            raise self.refusal
        return PERMIT

    def note(self, permit, outcome):
        self.noted.append((permit, outcome))


def raising(error):
    def attempt():
        raise error

    return attempt


# Rule 18 of the design, status by status.
STATUSES = {
    Outcome.SUCCESS: [200, 201, 204, 299],
    Outcome.NEUTRAL: [300, 301, 302, 307, 308, 399, 408, 421, 425, 429],
    Outcome.REFUSED: [400, 401, 403, 404, 409, 410, 422, 428, 430, 499],
    Outcome.FAILURE: [500, 501, 502, 503, 504, 599, 100, 600],
}


@pytest.mark.parametrize(
    ("status", "outcome"), [(status, outcome) for outcome, statuses in STATUSES.items() for status in statuses]
)
def test_a_status_says_what_the_rule_says(status, outcome):
    assert outcome_of(verdict_of_status(status), status) is outcome


@pytest.mark.parametrize("verdict", [Verdict.NOT_SENT, Verdict.UNKNOWN])
def test_trouble_on_the_way_is_a_failure(verdict):
    assert outcome_of(verdict) is Outcome.FAILURE


def test_what_was_not_tried_says_nothing():
    assert outcome_of(None) is Outcome.ABANDONED


def test_a_call_that_succeeds_gives_its_result_and_is_noted():
    breaker = NotingBreaker()

    result = guarded(breaker, breaker.admit(), lambda: "sent")

    assert (result, breaker.noted) == ("sent", [(PERMIT, Outcome.SUCCESS)])


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (ConnectionFailedError("", Evidence(verdict=Verdict.NOT_SENT)), Outcome.FAILURE),
        (RequestError("", Evidence(verdict=Verdict.REJECTED, status=400)), Outcome.REFUSED),
        (TwilioError("", Evidence(verdict=Verdict.NOT_SENT, status=429)), Outcome.NEUTRAL),
        (AcceptedWithoutSidError("", Evidence(verdict=Verdict.ACCEPTED, status=201)), Outcome.SUCCESS),
        (LocalOptOutError(""), Outcome.ABANDONED),
        (ZeroDivisionError(), Outcome.ABANDONED),
        (KeyboardInterrupt(), Outcome.ABANDONED),
        (GeneratorExit(), Outcome.ABANDONED),
    ],
    ids=lambda value: value.name if isinstance(value, Outcome) else type(value).__name__,
)
def test_what_a_call_raises_is_noted_and_goes_on(error, outcome):
    breaker = NotingBreaker()

    with pytest.raises(type(error)) as raised:
        guarded(breaker, breaker.admit(), raising(error))

    assert raised.value is error
    assert breaker.noted == [(PERMIT, outcome)]


def test_a_call_that_is_not_admitted_is_not_made():
    breaker = NotingBreaker(BreakerOpenError("later"))
    made = []

    with pytest.raises(BreakerOpenError):
        guarded(breaker, breaker.admit(), lambda: made.append(1))

    assert made == breaker.noted == []
