"""Each gate refuses when the script says so, and only then."""

import pytest

from twilio_sms.errors import (
    BreakerOpenError,
    CredentialsError,
    LocalOptOutError,
    LocalRateLimitError,
    OptOutUnknownError,
    RateLimitedError,
    TwilioError,
)
from twilio_sms.resilience.breaker_table import State
from twilio_sms.simulation.mock import MockClient

ANN, SENDER = "+15551234567", "+15005550006"


def send(mock: MockClient, to: str = ANN) -> None:
    mock.messages.send(to=to, from_=SENDER, body="hello")


@pytest.mark.parametrize("kind", [BreakerOpenError, CredentialsError, LocalRateLimitError, OptOutUnknownError])
def test_a_gate_refuses_one_message_and_lets_the_next_pass(kind: type[TwilioError]) -> None:
    mock = MockClient().expect_send(ANN, times=2).simulate_failure(kind)

    with pytest.raises(kind):
        send(mock)
    send(mock)

    assert (len(mock.sent_messages), mock.breaker.state) == (1, State.CLOSED)
    mock.verify()


@pytest.mark.parametrize("kind", [BreakerOpenError, LocalRateLimitError])
def test_a_gate_says_when_to_come_back(kind: type[TwilioError]) -> None:
    mock = MockClient().simulate_failure(kind)

    with pytest.raises(kind) as caught:
        send(mock)

    assert caught.value.retry_after_seconds
    assert caught.value.attempts == 0


def test_who_opted_out_stays_so() -> None:
    mock = MockClient(strict=False).simulate_failure(LocalOptOutError, to=ANN)

    for _ in range(2):
        with pytest.raises(LocalOptOutError):
            send(mock)
    send(mock, "+15557654321")

    assert mock.opt_outs.is_opted_out(ANN)


def test_a_retry_of_one_message_does_not_meet_the_gate_of_the_next() -> None:
    mock = MockClient().expect_send(ANN).simulate_failure(RateLimitedError)
    mock.expect_send(ANN).simulate_failure(LocalOptOutError)

    with pytest.raises(RateLimitedError) as caught:
        send(mock)
    with pytest.raises(LocalOptOutError):
        send(mock)

    assert caught.value.attempts == 3
    mock.verify()


def test_what_an_app_asks_of_the_list_uses_no_failure_up() -> None:
    mock = MockClient().simulate_failure(OptOutUnknownError)

    mock.opt_outs.is_opted_out(ANN)

    with pytest.raises(OptOutUnknownError):
        send(mock)


def test_a_gate_stops_a_row_of_a_bulk_too() -> None:
    mock = MockClient(strict=False).simulate_failure(LocalOptOutError, to=ANN)

    mock.messages.send_bulk([{"to": ANN}, {"to": "+15557654321"}], from_=SENDER, body_template="hello")

    assert [each.to for each in mock.sent_messages] == ["+15557654321"]
