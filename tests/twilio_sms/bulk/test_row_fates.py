"""What became of a row follows from its error, for every error there is."""

import inspect

import pytest

from tests.twilio_sms.bulk.tasks import failure, lost
from twilio_sms import errors
from twilio_sms.bulk.row_fates import LONGEST_REST_SECONDS, RULINGS, Fate, Resting, ruling_on
from twilio_sms.errors import ApiError, TwilioError

KINDS = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, TwilioError)]
STOPS = {
    "AuthenticationError",
    "CredentialsError",
    "JournalError",
    "NotFoundError",
    "OptOutUnknownError",
    "ReplayError",
}
LATER = {
    *("BreakerOpenError", "ConnectionFailedError", "LocalRateLimitError", "NotProcessedError", "QueueFullError"),
    "RateLimitedError",
}
NEVER_OF_A_SEND = {
    *("TwilioError", "GateError", "WireError", "NoAnswerError", "AnswerError"),
    *("WaitTimeoutError", "WebhookStoreError"),
}


def wanted(kind: type[TwilioError]) -> Fate:
    if kind.__name__ in STOPS | NEVER_OF_A_SEND:
        return Fate.STOPS
    if kind.__name__ in LATER:
        return Fate.LATER
    special = {
        "AmbiguousSendError": Fate.DOUBTFUL,
        "AcceptedWithoutSidError": Fate.SID_LOST,
        "LocalOptOutError": Fate.SKIPPED,
    }
    return special.get(kind.__name__, Fate.REJECTED)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_each_error_has_the_fate_of_what_it_says(kind):
    assert ruling_on(failure(kind, code=1)).fate is wanted(kind)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_what_may_have_been_sent_is_doubtful_whatever_its_class(kind):
    assert ruling_on(lost(kind)).fate is Fate.DOUBTFUL


@pytest.mark.parametrize("kind", [kind for kind in KINDS if issubclass(kind, ApiError)], ids=lambda kind: kind.__name__)
def test_no_row_is_used_up_by_a_refusal_that_is_not_twilios(kind):
    assert ruling_on(failure(kind, status=302)).fate is not Fate.REJECTED


@pytest.mark.parametrize(
    ("kind", "who"),
    [
        (errors.BreakerOpenError, Resting.UNTIL_ANSWERED),
        (errors.RateLimitedError, Resting.ALL),
        (errors.QueueFullError, Resting.SENDER),
        (errors.LocalRateLimitError, Resting.ROW),
        (errors.ConnectionFailedError, Resting.ROW),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_who_would_fail_too_rests_with_the_row(kind, who):
    assert ruling_on(failure(kind)).who is who


def test_a_row_rests_as_long_as_the_error_asks():
    ruling = ruling_on(failure(errors.RateLimitedError, retry_after_seconds=12.0))

    assert (ruling.rest_seconds, ruling.who) == (12.0, Resting.ALL)


def test_a_wait_of_years_is_not_believed():
    error = failure(errors.RateLimitedError, retry_after_seconds=999_999_999.0)

    assert ruling_on(error).rest_seconds == LONGEST_REST_SECONDS


def test_nothing_that_is_tried_again_is_tried_at_once():
    assert all(ruling.rest_seconds > 0 for ruling in RULINGS.values() if ruling.fate is Fate.LATER)
