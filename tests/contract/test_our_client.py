"""Our client against the fake, and every way a call may end."""

from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from fake_twilio.fixture import FakeTwilioFixture
from tests.doubles import RECIPIENT, SENDER
from twilio_sms import (
    ApiError,
    AuthenticationError,
    Client,
    ConflictError,
    InvalidRecipientError,
    NotFoundError,
    OptedOutError,
    QueueFullError,
    RateLimitedError,
    RegionNotEnabledError,
    SchedulingError,
    SenderError,
    Status,
    TwilioError,
)
from twilio_sms.webhooks.signature import RequestValidator

# What happens to a message: the scenario, its recipient and sender, and the status and error code it ends with.
ENDS = [
    ("delivered", RECIPIENT, SENDER, Status.DELIVERED, None),
    ("carrier_reject", "+15550100001", SENDER, Status.UNDELIVERED, 30007),
    ("carrier_reject", RECIPIENT, SENDER, Status.DELIVERED, None),
    ("carrier_reject", "+15005550004", SENDER, Status.DELIVERED, None),  # no magic there
    ("opted_out", RECIPIENT, SENDER, Status.DELIVERED, None),
    ("invalid_number", "+15550302001", SENDER, Status.UNDELIVERED, 30005),
    ("rate_limited", RECIPIENT, SENDER, Status.DELIVERED, None),
    ("slow_carrier", RECIPIENT, SENDER, Status.DELIVERED, None),
    ("lookups", RECIPIENT, SENDER, Status.DELIVERED, None),
    ("queue_overflow", RECIPIENT, SENDER, Status.DELIVERED, None),
    ("service_overflow", RECIPIENT, SENDER, Status.DELIVERED, None),
    ("expired_validity", RECIPIENT, SENDER, Status.DELIVERED, None),
    ("concurrency_limit", RECIPIENT, SENDER, Status.DELIVERED, None),
]
REFUSALS: list[tuple[str, str, str, type[ApiError], int]] = [
    ("delivered", "+15005550001", SENDER, InvalidRecipientError, 21211),
    ("delivered", "+15005550002", SENDER, InvalidRecipientError, 21612),
    ("delivered", "+15005550003", SENDER, RegionNotEnabledError, 21408),
    ("delivered", "+15005550004", SENDER, OptedOutError, 21610),
    ("delivered", "+15005550009", SENDER, InvalidRecipientError, 21614),
    ("delivered", RECIPIENT, "+15005550001", SenderError, 21212),
    ("delivered", RECIPIENT, "+15005550007", SenderError, 21606),
    ("delivered", RECIPIENT, "+15005550008", QueueFullError, 21611),
    ("opted_out", "+15550200001", SENDER, OptedOutError, 21610),
    ("invalid_number", "+15550300001", SENDER, InvalidRecipientError, 21211),
    ("invalid_number", "+15550301001", SENDER, InvalidRecipientError, 21614),
    ("rate_limited", "+15550400001", SENDER, RateLimitedError, 20429),
    ("rate_limited", RECIPIENT, "+15550410000", QueueFullError, 21611),
]


@pytest.mark.parametrize(("scenario", "to", "sender", "status", "error_code"), ENDS)
def test_a_message_ends_as_the_scenario_says(
    fake_twilio: FakeTwilioFixture, scenario: str, to: str, sender: str, status: Status, error_code: int | None
) -> None:
    fake_twilio.use(scenario)
    with fake_twilio.client() as client:
        sent = client.messages.send(to=to, from_=sender, body="hello")

        fake_twilio.settle()

        ended = client.messages.get(sent.sid)
    assert (sent.status, sent.error_code) == (Status.QUEUED, None)
    assert (ended.status, ended.error_code) == (status, error_code)
    assert ended.date_sent is not None


@pytest.mark.parametrize(("scenario", "to", "sender", "error", "code"), REFUSALS)
def test_a_message_is_refused_as_the_scenario_says(
    fake_twilio: FakeTwilioFixture, scenario: str, to: str, sender: str, error: type[TwilioError], code: int
) -> None:
    fake_twilio.use(scenario)

    with fake_twilio.client() as client, pytest.raises(error) as refused:
        client.messages.send(to=to, from_=sender, body="hello")

    assert refused.value.code == code
    assert refused.value.request_id is not None
    assert refused.value.repeatable == (code == 20429)
    assert to not in str(refused.value)
    assert fake_twilio.messages == ()


def test_the_environment_of_a_test_leads_to_the_fake(fake_twilio: FakeTwilioFixture) -> None:
    with Client.from_env() as client:
        sent = client.messages.send(to=RECIPIENT, from_=SENDER, body="hello")

    assert [message.sid for message in fake_twilio.messages] == [sent.sid]


def test_a_wrong_token_raises_an_authentication_error(fake_twilio: FakeTwilioFixture) -> None:
    with fake_twilio.client(auth_token="wrong") as client, pytest.raises(AuthenticationError) as refused:
        client.messages.send(to=RECIPIENT, from_=SENDER, body="hello")

    assert (refused.value.status, refused.value.code) == (401, 20003)


def test_what_is_not_there_is_not_found(fake_twilio: FakeTwilioFixture) -> None:
    nobody = "SM" + "0" * 32
    with fake_twilio.client() as client:
        for call in (client.messages.get, client.messages.delete, client.messages.redact, client.messages.cancel):
            with pytest.raises(NotFoundError):
                call(nobody)


def test_a_list_follows_its_pages(fake_twilio: FakeTwilioFixture) -> None:
    with fake_twilio.client() as client:
        sent = [client.messages.send(to=RECIPIENT, from_=SENDER, body=str(n)).sid for n in range(7)]

        listed = [message.sid for message in client.messages.list(page_size=2)]
        limited = [message.sid for message in client.messages.list(limit=3)]

    assert listed == sent[::-1]
    assert limited == listed[:3]


def test_a_large_page_of_long_texts_can_be_read(fake_twilio: FakeTwilioFixture) -> None:
    with fake_twilio.client() as client:
        for _ in range(200):
            client.messages.send(to=RECIPIENT, from_=SENDER, body="\U0001f389" * 1600)

        listed = list(client.messages.list(page_size=1000))

    assert len(listed) == 200


def test_a_message_in_flight_is_not_deleted_and_not_canceled(fake_twilio: FakeTwilioFixture) -> None:
    with fake_twilio.client() as client:
        sent = client.messages.send(to=RECIPIENT, from_=SENDER, body="hello")

        with pytest.raises(ConflictError):
            client.messages.delete(sent.sid)
        with pytest.raises(SchedulingError):
            client.messages.cancel(sent.sid)


def test_a_stranger_to_the_account_is_no_sender(fake_twilio: FakeTwilioFixture, tmp_path: Path) -> None:
    file = tmp_path / "one_number.yaml"
    file.write_text(
        "about: We own one number.\nnumbers: [+15005550006]\ndefaults: {timeline: [{status: sent}]}\n", "utf-8"
    )
    fake_twilio.use(file)

    with fake_twilio.client() as client, pytest.raises(SenderError) as refused:
        client.messages.send(to=RECIPIENT, from_="+15005550007", body="hello")

    assert refused.value.code == 21659


def test_a_service_send_is_queued_later_and_says_so(fake_twilio: FakeTwilioFixture, httpserver: HTTPServer) -> None:
    statuses: list[str] = []

    def take(request: Request) -> Response:
        assert RequestValidator(fake_twilio.auth_token).validate(
            request.url, request.form, request.headers["X-Twilio-Signature"]
        )
        statuses.append(request.form["MessageStatus"])
        return Response(status=204)

    httpserver.expect_request("/status").respond_with_handler(take)
    with fake_twilio.client() as client:
        sent = client.messages.send(
            to=RECIPIENT,
            messaging_service_sid="MG" + "0" * 32,
            body="hello",
            status_callback=httpserver.url_for("/status"),
        )
        fake_twilio.settle()

    assert (sent.status, sent.from_) == (Status.ACCEPTED, None)
    assert statuses == ["queued", "sent", "delivered"]
