"""Tests of the client that sends nothing."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from tests.doubles import message_json
from twilio_sms.bulk.states import State
from twilio_sms.config import Config
from twilio_sms.domain.message import Message
from twilio_sms.errors import (
    AmbiguousSendError,
    ConflictError,
    InvalidRecipientError,
    LocalOptOutError,
    NotFoundError,
    OptedOutError,
    SchedulingError,
    ValidationError,
)
from twilio_sms.reconcile import Finding
from twilio_sms.simulation.expectations import UnexpectedSendError, UnmetExpectationError
from twilio_sms.simulation.mock import INBOUND_URL, STATUS_URL, MockClient
from twilio_sms.webhooks.request import WebhookRequest
from twilio_sms.webhooks.response import WebhookResponse
from twilio_sms.webhooks.signature import RequestValidator

ANN, BOB, SENDER = "+15551234567", "+15557654321", "+15005550006"
SERVICE = "MG" + "0" * 32


class Receiver:
    """A handler that takes all webhooks."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, WebhookRequest]] = []

    def handle_inbound(self, request: WebhookRequest) -> WebhookResponse:
        self.taken.append(("inbound", request))
        return WebhookResponse(200, "<Response/>")

    def handle_status_callback(self, request: WebhookRequest) -> WebhookResponse:
        self.taken.append(("status", request))
        return WebhookResponse(204)


def send(mock: MockClient, to: str = ANN, body: str = "hello") -> Message:
    return mock.messages.send(to=to, from_=SENDER, body=body)


def test_what_is_expected_comes_and_is_answered() -> None:
    with MockClient() as mock:
        mock.expect_send(ANN, from_=SENDER, body_contains="hell").with_response(ANN, status="sending", num_segments=2)

        message = send(mock)

    assert (message.status, message.num_segments, message.to) == ("sending", 2, ANN)
    (sent,) = mock.sent_messages
    assert (sent.to, sent.from_, sent.body, sent.sid) == (ANN, SENDER, "hello", message.sid)


def test_a_message_of_the_test_is_the_answer() -> None:
    given = Message.from_json(message_json(sid="SM" + "a" * 32, status="delivered"))
    mock = MockClient().expect_send(ANN).with_response(ANN, given)

    answered = send(mock)

    assert (answered.sid, answered.status) == (given.sid, "delivered")
    assert mock.messages.get(given.sid) == answered


def test_what_nobody_expects_fails_the_test_at_once_and_at_the_end() -> None:
    mock = MockClient().expect_send(ANN, body="hi")

    with pytest.raises(UnexpectedSendError, match="body: 'hi', came 'hello'"):
        send(mock)
    with pytest.raises(UnmetExpectationError, match="came 0 of 1 times"):
        mock.verify()


def test_a_block_that_ends_well_verifies() -> None:
    with pytest.raises(UnmetExpectationError), MockClient() as mock:
        mock.expect_send(ANN)


def test_a_block_that_fails_by_itself_says_why_it_failed() -> None:
    with pytest.raises(KeyError), MockClient().expect_send(ANN):
        raise KeyError("the app")


def test_who_is_not_strict_may_send_anything() -> None:
    mock = MockClient(strict=False)

    send(mock, BOB)

    mock.verify()
    assert [each.to for each in mock.sent_messages] == [BOB]


def test_the_gates_of_a_client_run() -> None:
    mock = MockClient(strict=False)
    mock.opt_outs.add(ANN)

    with pytest.raises(LocalOptOutError):
        send(mock)
    with pytest.raises(ValidationError):
        send(mock, "555-1234")
    assert mock.sent_messages == []


def test_limits_take_no_real_time() -> None:
    mock = MockClient(strict=False)

    for _ in range(30):
        send(mock)

    assert mock.clock.monotonic() == pytest.approx(27)  # three at once, then one a second


def test_an_opt_out_that_twilio_tells_is_kept_as_in_production() -> None:
    mock = MockClient(strict=False).simulate_failure(OptedOutError)

    with pytest.raises(OptedOutError):
        send(mock)
    with pytest.raises(LocalOptOutError):
        send(mock)


@pytest.mark.parametrize("status", [None, 503])
@pytest.mark.parametrize(("was_sent", "finding"), [(True, Finding.ACCEPTED), (False, Finding.NOT_FOUND_YET)])
def test_a_message_in_doubt_is_found_if_it_was_sent(was_sent: bool, finding: Finding, status: int | None) -> None:
    mock = MockClient().expect_send(ANN).simulate_failure(AmbiguousSendError, was_sent=was_sent, status=status)
    draft = mock.messages.prepare(to=ANN, from_=SENDER, body="hello")

    with pytest.raises(AmbiguousSendError) as caught:
        mock.messages.send(draft)

    assert mock.messages.reconcile(draft, caught.value).finding is finding
    assert len(mock.sent_messages) == was_sent


def test_a_bulk_is_sent_through_it() -> None:
    mock = MockClient(strict=False).simulate_failure(InvalidRecipientError, to=BOB)

    report = mock.messages.send_bulk([{"to": ANN}, {"to": BOB}], from_=SENDER, body_template="hello")

    assert (report.counts[State.ACCEPTED], [each.to for each in mock.sent_messages]) == (1, [ANN])


def test_what_was_sent_can_be_asked_for_changed_and_deleted() -> None:
    mock = MockClient(strict=False)
    first, second = send(mock), send(mock, BOB)

    assert [each.sid for each in mock.messages.list()] == [second.sid, first.sid]
    assert [each.sid for each in mock.messages.list(to=ANN)] == [first.sid]
    with pytest.raises(ConflictError):
        mock.messages.delete(first.sid)
    mock.report(first.sid, "delivered")
    assert mock.messages.redact(first.sid).body == ""
    mock.messages.delete(first.sid)
    with pytest.raises(NotFoundError):
        mock.messages.get(first.sid)


def test_a_scheduled_message_is_canceled_once() -> None:
    mock = MockClient(strict=False, start=datetime(2026, 5, 1, tzinfo=UTC))
    at = mock.clock.now() + timedelta(hours=1)
    message = mock.messages.send(to=ANN, messaging_service_sid=SERVICE, body="later", send_at=at)

    assert (message.status, mock.messages.cancel(message.sid).status) == ("scheduled", "canceled")
    with pytest.raises(SchedulingError):
        mock.messages.cancel(message.sid)


def test_a_webhook_is_signed_and_handed_over() -> None:
    receiver = Receiver()
    mock = MockClient().attach(receiver)

    delivery = mock.receive(ANN, SENDER, "Hi!")

    assert receiver.taken == [("inbound", delivery.request)]
    assert delivery.answer == WebhookResponse(200, "<Response/>")
    signature = delivery.request.header("x-twilio-signature")
    raw = dict(pair.split("=") for pair in delivery.request.body.decode().split("&"))
    assert raw["Body"] == "Hi%21"
    form = {name: value.replace("%21", "!").replace("%2B", "+") for name, value in raw.items()}
    assert RequestValidator(mock.auth_token).validate(INBOUND_URL, form, signature)
    assert [(each.from_, each.to, each.body) for each in mock.inbound_messages] == [(ANN, SENDER, "Hi!")]
    assert mock.messages.get(mock.inbound_messages[0].sid).direction == "inbound"


def test_without_a_handler_there_is_a_webhook_all_the_same() -> None:
    delivery = MockClient().receive(ANN, SENDER, "Hi!")

    assert (delivery.request.url, delivery.answer) == (INBOUND_URL, None)


def test_a_status_is_reported_to_where_the_message_wants_it() -> None:
    receiver = Receiver()
    mock = MockClient(strict=False).attach(receiver)
    url = "https://shop.test/status"
    message = mock.messages.send(to=ANN, from_=SENDER, body="hello", status_callback=url)

    delivery = mock.report(message.sid, "undelivered", error_code=30007)

    assert (delivery.request.url, delivery.answer) == (url, WebhookResponse(204))
    assert b"ErrorCode=30007" in delivery.request.body
    moved = mock.messages.get(message.sid)
    assert (moved.status, moved.error_code, moved.date_sent is not None) == ("undelivered", 30007, True)


def test_a_message_of_a_service_has_a_sender_once_it_moves() -> None:
    mock = MockClient(strict=False)
    message = mock.messages.send(to=ANN, messaging_service_sid=SERVICE, body="hello")

    delivery = mock.report(message.sid, "sent")

    assert (message.from_, mock.messages.get(message.sid).from_) == (None, "+15005550006")
    assert delivery.request.url == STATUS_URL


def test_many_threads_may_send() -> None:
    mock = MockClient(config=Config()).expect_send(ANN, times=40)
    threads = [threading.Thread(target=lambda: [send(mock) for _ in range(5)]) for _ in range(8)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    mock.verify()
    assert len({each.sid for each in mock.sent_messages}) == 40


@pytest.mark.parametrize(
    "wrong",
    [
        lambda mock: mock.expect_send("5551234"),
        lambda mock: mock.expect_send(ANN, times=0),
        lambda mock: mock.expect_send(ANN, body=""),
        lambda mock: mock.with_response("5551234", status="sent"),
        lambda mock: mock.simulate_failure(InvalidRecipientError, times=0),
        lambda mock: mock.simulate_failure(InvalidRecipientError, to="555"),
        lambda mock: mock.attach(object()),
        lambda mock: mock.receive("555", SENDER, "Hi"),
        lambda mock: mock.receive(ANN, SENDER, 5),
        lambda mock: mock.receive(ANN, SENDER, "Hi", url="shop.test"),
        lambda mock: mock.report("SM" + "9" * 32, "sent"),
        lambda mock: mock.report(send(mock).sid, "gone"),
        lambda mock: mock.report(send(mock).sid, "sent", error_code=30007),
    ],
)
def test_what_makes_no_sense_is_refused(wrong) -> None:
    with pytest.raises(ValidationError):
        wrong(MockClient(strict=False))


def test_it_shows_no_number() -> None:
    mock = MockClient(strict=False)
    send(mock)

    assert repr(mock) == "MockClient(1 sent)"
