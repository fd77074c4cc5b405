"""What the client does about each fault if nobody set anything: sends once after all, or says what is known."""

from dataclasses import replace

import pytest

from tests.wire_clients import PATIENT, RETRYING, client_at, config_for, send
from tests.wire_proofs import PROOFS, points
from twilio_sms.config import Config
from twilio_sms.errors import (
    AcceptedWithoutSidError,
    AmbiguousSendError,
    ApiError,
    AuthenticationError,
    ConnectionFailedError,
    RateLimitedError,
)
from twilio_sms.verdict import Verdict

SENT = {None}
# What ends a send whose first attempt meets the fault, and all others do not.
ENDS: dict[frozenset[Verdict | None], set[type[Exception] | None]] = {
    frozenset({Verdict.NOT_SENT}): SENT,
    frozenset({Verdict.UNKNOWN}): {AmbiguousSendError},
    frozenset({Verdict.ACCEPTED}): {AcceptedWithoutSidError},
    frozenset({Verdict.NOT_SENT, Verdict.UNKNOWN}): {None, AmbiguousSendError},
    frozenset({None}): SENT,
}
REFUSALS = {
    "400": {ApiError},
    "307 to itself": {ApiError},
    "401 before the body": {None, AmbiguousSendError, AuthenticationError},
}
MATRIX = [
    pytest.param(scheme, is_kept, fault, id=f"{scheme}-{'kept' if is_kept else 'new'}-{fault}")
    for scheme in ("http", "https")
    for is_kept in (False, True)
    for fault in points(scheme, is_kept=is_kept)
    if fault != "429 with retry-after"  # it takes a second, and has a test of its own
]


def ends_of(scheme: str, fault: str) -> set[type[Exception] | None]:
    return REFUSALS.get(fault) or ENDS[points(scheme, is_kept=False)[fault]]


def config_of(fault: str) -> Config:
    """Return settings under which *fault* soon ends an attempt; one that ends it early leaves time for more."""
    config = config_for(fault, RETRYING)
    if "handshake" not in fault:
        return config
    return replace(config, timeouts=replace(config.timeouts, total_seconds=PATIENT.timeouts.total_seconds))


@pytest.mark.parametrize(("scheme", "is_kept", "fault"), MATRIX)
def test_a_fault_ends_in_one_message_or_in_an_error_that_says_what_is_known(twilios, scheme, is_kept, fault):
    twilio = twilios.get(scheme)
    with client_at(twilio.url, config_of(fault)) as client:
        if is_kept:
            assert send(client) is None
        before = twilio.processed()
        twilio.arm(fault)

        error = send(client)

        assert any(isinstance(error, end) if end else error is None for end in ends_of(scheme, fault))
        assert twilio.processed() - before <= 1
        assert error is not None or twilio.processed() - before == 1


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("fault", ["429", "429 cut"])
def test_a_429_is_repeated_until_the_attempts_are_used_up(twilios, scheme, fault):
    twilio = twilios.get(scheme)
    twilio.arm(*[fault] * 9)
    with client_at(twilio.url, config_for(fault, RETRYING)) as client:
        error = send(client)

    assert isinstance(error, RateLimitedError)
    assert error.attempts == RETRYING.max_attempts
    assert [held.is_refused for held in twilio.held()] == [True] * RETRYING.max_attempts


@pytest.mark.parametrize("fault", ["reset inside the handshake", "no TLS at all"])
def test_a_handshake_that_fails_is_repeated_until_the_attempts_are_used_up(twilios, fault):
    twilio = twilios.get("https")
    twilio.arm(*[fault] * 9)
    with client_at(twilio.url, config_for(fault, RETRYING)) as client:
        error = send(client)

    assert isinstance(error, ConnectionFailedError)
    assert error.attempts == RETRYING.max_attempts
    assert twilio.held() == []


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_429_is_repeated_no_earlier_than_it_asks_for(twilios, scheme):
    twilio = twilios.get(scheme)
    twilio.arm("429 with retry-after")
    with client_at(twilio.url, replace(PATIENT, retry=RETRYING)) as client:
        error = send(client)

    first, second = twilio.held()
    assert error is None
    assert second.at_seconds - first.at_seconds >= 1.0


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("fault", ["408", "421", "425"])
def test_what_one_connection_did_not_process_goes_over_another_once(twilios, scheme, fault):
    twilio = twilios.get(scheme)
    with client_at(twilio.url, config_for(fault, RETRYING)) as client:
        assert send(client) is None
        twilio.arm(fault)
        assert send(client) is None

    before, refused, again = twilio.held()
    assert (before.is_refused, refused.is_refused, again.is_refused) == (False, True, False)
    assert before.port == refused.port != again.port


@pytest.mark.parametrize("fault", ["408", "421", "425"])
def test_a_second_refusal_by_a_new_connection_is_final(twilios, fault):
    twilio = twilios.get("http")
    twilio.arm(*[fault] * 9)
    with client_at(twilio.url, config_for(fault, RETRYING)) as client:
        error = send(client)

    assert error is not None
    assert (error.attempts, len(twilio.held())) == (2, 2)
    assert len({held.port for held in twilio.held()}) == 2


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_redirect_is_not_followed(twilios, scheme):
    twilio = twilios.get(scheme)
    twilio.arm(*["307 to itself"] * 9)
    with client_at(twilio.url, replace(PATIENT, retry=RETRYING)) as client:
        error = send(client)

    assert error is not None
    assert (error.status, error.verdict, len(twilio.held())) == (307, Verdict.REJECTED, 1)


def test_the_table_knows_every_fault():
    assert {fault for fault, proof in PROOFS.items() if Verdict.REJECTED in proof} == set(REFUSALS)
