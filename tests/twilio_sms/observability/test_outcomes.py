"""Each way in which a call ends has its word and its log level."""

import logging

import pytest

from twilio_sms import errors
from twilio_sms.errors import Evidence, TwilioError
from twilio_sms.observability.outcomes import BY_VERDICT, LEVELS, Outcome, outcome_of
from twilio_sms.verdict import Verdict

ALL_ERRORS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, TwilioError)]


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        pytest.param(None, "accepted", id="none"),
        pytest.param(errors.ValidationError("x"), "invalid", id="validation"),
        pytest.param(errors.LocalRateLimitError("x"), "gated:rate_limit", id="our limit"),
        pytest.param(errors.BreakerOpenError("x"), "gated:breaker", id="breaker"),
        pytest.param(errors.LocalOptOutError("x"), "gated:opt_out", id="opt-out"),
        pytest.param(errors.OptOutUnknownError("x"), "gated:opt_out_unknown", id="opt-out unknown"),
        pytest.param(errors.GateError("x"), "gated:other", id="another gate"),
        pytest.param(errors.CredentialsError("x"), "credentials", id="no credentials"),
        pytest.param(errors.JournalError("x"), "journal", id="journal"),
        pytest.param(errors.ConnectionFailedError("x"), "not_sent", id="no connection"),
        pytest.param(errors.AmbiguousSendError("x"), "unknown", id="lost answer of a send"),
        pytest.param(errors.NoAnswerError("x"), "unknown", id="lost answer of a read"),
        pytest.param(errors.AcceptedWithoutSidError("x"), "unreadable", id="accepted, no SID"),
        pytest.param(errors.OptedOutError("x", Evidence(verdict=Verdict.REJECTED)), "rejected", id="refused"),
        pytest.param(errors.RateLimitedError("x", Evidence(verdict=Verdict.NOT_SENT)), "not_sent", id="429"),
        pytest.param(errors.ServerError("x", Evidence(verdict=Verdict.UNKNOWN)), "unknown", id="500"),
        pytest.param(errors.RequestError("x"), "rejected", id="refused without a verdict"),
        pytest.param(RuntimeError("x"), "error", id="somebody else's"),
        pytest.param(KeyboardInterrupt(), "interrupted", id="Ctrl-C"),
        pytest.param(SystemExit(1), "interrupted", id="exit"),
    ],
)
def test_the_end_of_a_call_has_a_word(error, outcome):
    assert outcome_of(error).value == outcome


@pytest.mark.parametrize("kind", ALL_ERRORS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("verdict", [None, *Verdict])
def test_an_error_of_ours_is_never_a_success_nor_an_exit(kind, verdict):
    outcome = outcome_of(kind("x", Evidence(verdict=verdict)))

    assert outcome not in (Outcome.ACCEPTED, Outcome.INTERRUPTED)


def test_only_the_bare_error_of_ours_is_as_unknown_as_somebody_elses():
    unnamed = {kind.__name__ for kind in ALL_ERRORS if outcome_of(kind("x")) is Outcome.ERROR}
    of_no_call = {"WaitTimeoutError", "WebhookStoreError"}

    assert unnamed - of_no_call == {"TwilioError", "WireError"}


def test_every_verdict_and_every_outcome_is_in_its_table():
    assert set(BY_VERDICT) == {None, *Verdict}
    assert set(LEVELS) == set(Outcome)


@pytest.mark.parametrize(
    ("outcome", "level"),
    [
        (Outcome.ACCEPTED, logging.INFO),
        (Outcome.REJECTED, logging.WARNING),
        (Outcome.OPT_OUT, logging.WARNING),
        (Outcome.UNKNOWN, logging.ERROR),
        (Outcome.UNREADABLE, logging.ERROR),
        (Outcome.ERROR, logging.ERROR),
    ],
)
def test_what_nobody_knows_is_written_as_an_error(outcome, level):
    assert LEVELS[outcome] == level
