"""The official Python SDK, unchanged, against the fake: it is the judge of both answers and webhooks."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from pytest_httpserver import HTTPServer
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator
from twilio.rest import Client
from werkzeug import Request, Response

from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.fate.outcome import lives
from fake_twilio.domain.fate.timeline import Step
from fake_twilio.domain.messages.content import Content
from fake_twilio.domain.messages.options import OPTIONS
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.fixture import FakeTwilioFixture
from tests.doubles import RECIPIENT, SENDER

SERVICE = "MG" + "0d" * 16
TEMPLATE = "HX" + "0e" * 16
TEMPLATES = Scenario(
    name="templates",
    about="a minute in the queue",
    numbers=(),
    rules=(),
    otherwise=lives(Step(Status.SENT, 60.0)),
    contents=(Content(TEMPLATE, "Hello {{1}}, your code is {{2}}"),),
)


@pytest.fixture
def sdk(fake_twilio: FakeTwilioFixture) -> Iterator[Client]:
    client = Client(fake_twilio.account_sid, fake_twilio.auth_token)
    client.api.base_url = fake_twilio.url
    yield client
    client.http_client.session.close()


def test_a_message_is_created_and_fetched(fake_twilio: FakeTwilioFixture, sdk: Client) -> None:
    created = sdk.messages.create(to=RECIPIENT, from_=SENDER, body="hello")

    fetched = sdk.messages(created.sid).fetch()

    assert (created.status, created.num_segments, created.num_media) == ("queued", "1", "0")
    assert created.date_sent is None
    assert fetched.sid == created.sid
    assert fetched.date_created == datetime.fromtimestamp(fake_twilio.start_moment, UTC)


def test_a_list_with_a_limit_goes_over_several_pages(sdk: Client) -> None:
    sent = [sdk.messages.create(to=RECIPIENT, from_=SENDER, body=str(n)).sid for n in range(9)]

    listed = sdk.messages.list(limit=7, page_size=3)

    assert [message.sid for message in listed] == sent[::-1][:7]


def test_pages_go_forth_and_back(sdk: Client) -> None:
    sent = [sdk.messages.create(to=RECIPIENT, from_=SENDER, body=str(n)).sid for n in range(5)][::-1]

    first = sdk.messages.page(page_size=2)
    second = first.next_page()
    again = second.previous_page()

    assert [message.sid for message in second] == sent[2:4]
    assert [message.sid for message in again] == sent[:2]


def test_a_list_is_filtered_by_recipient_sender_and_date(fake_twilio: FakeTwilioFixture, sdk: Client) -> None:
    wanted = sdk.messages.create(to=RECIPIENT, from_=SENDER, body="x").sid
    sdk.messages.create(to="+15551230000", from_=SENDER, body="x")
    sdk.messages.create(to=RECIPIENT, from_="+15005550010", body="x")
    fake_twilio.settle()
    now = datetime.now(UTC)

    listed = sdk.messages.list(to=RECIPIENT, from_=SENDER, date_sent_after=now - timedelta(days=2))
    none = sdk.messages.list(to=RECIPIENT, from_=SENDER, date_sent_before=now - timedelta(days=2))

    assert [message.sid for message in listed] == [wanted]
    assert none == []


def test_a_scheduled_message_is_canceled_and_stays_so(fake_twilio: FakeTwilioFixture, sdk: Client) -> None:
    send_at = datetime.fromtimestamp(fake_twilio.start_moment, UTC) + timedelta(hours=1)
    scheduled = sdk.messages.create(
        to=RECIPIENT, messaging_service_sid=SERVICE, body="x", schedule_type="fixed", send_at=send_at
    )

    canceled = sdk.messages(scheduled.sid).update(status="canceled")
    events = fake_twilio.advance("2h")

    assert (scheduled.status, scheduled.from_, scheduled.num_segments) == ("scheduled", None, "0")
    assert canceled.status == "canceled"
    assert events == []


def test_smart_encoding_and_segments_show_in_the_answer_and_the_price_comes_later(
    fake_twilio: FakeTwilioFixture, sdk: Client
) -> None:
    text = "\u201cHi\u201d\u2026 " * 25

    plain = sdk.messages.create(to=RECIPIENT, from_=SENDER, body=text)
    smart = sdk.messages.create(to=RECIPIENT, from_=SENDER, body=text, smart_encoded=True)
    fake_twilio.settle()

    assert (plain.num_segments, plain.price, plain.price_unit) == ("3", None, "USD")
    assert (smart.num_segments, smart.body) == ("2", '"Hi"... ' * 25)
    assert sdk.messages(plain.sid).fetch().price == "-0.02250"


def test_a_template_is_sent_with_everything_else_that_may_be_asked_for(
    fake_twilio: FakeTwilioFixture, sdk: Client
) -> None:
    fake_twilio.use(TEMPLATES)

    created = sdk.messages.create(
        to=RECIPIENT,
        messaging_service_sid=SERVICE,
        content_sid=TEMPLATE,
        content_variables=json.dumps({"1": "Ann", "2": "1234"}),
        send_as_mms=True,
        application_sid="AP" + "0" * 32,
        max_price=0.05,
        provide_feedback=True,
        attempt=1,
        validity_period=30,
        force_delivery=False,
        content_retention="discard",
        address_retention="obfuscate",
        persistent_action=["geo:1,2", "mailto:a@example.com"],
        traffic_type="free",
        shorten_urls=True,
        message_intent="otp",
        risk_check="disable",
        fallback_from=SENDER,
    )

    (message,) = fake_twilio.messages
    assert (created.body, created.sid[:2], created.num_media) == ("Hello Ann, your code is 1234", "MM", "0")
    assert (message.validity_seconds, message.notes) == (30, ())
    assert {name for name, _ in message.options} == OPTIONS
    assert ("PersistentAction", "geo:1,2") in message.options


def test_a_message_that_waits_too_long_is_not_sent(fake_twilio: FakeTwilioFixture, sdk: Client) -> None:
    fake_twilio.use(TEMPLATES)
    late = sdk.messages.create(to=RECIPIENT, from_=SENDER, content_sid=TEMPLATE, validity_period=59)
    in_time = sdk.messages.create(to=RECIPIENT, from_=SENDER, content_sid=TEMPLATE, validity_period=60)

    fake_twilio.settle()

    failed = sdk.messages(late.sid).fetch()
    assert (failed.status, failed.error_code, failed.error_message) == ("failed", 30036, "Validity Period Expired")
    assert sdk.messages(in_time.sid).fetch().status == "sent"


def test_a_text_is_redacted(fake_twilio: FakeTwilioFixture, sdk: Client) -> None:
    created = sdk.messages.create(to=RECIPIENT, from_=SENDER, body="secret")
    fake_twilio.settle()

    redacted = sdk.messages(created.sid).update(body="")

    assert redacted.body == ""


def test_a_message_is_deleted_once_it_has_ended(fake_twilio: FakeTwilioFixture, sdk: Client) -> None:
    created = sdk.messages.create(to=RECIPIENT, from_=SENDER, body="x")
    with pytest.raises(TwilioRestException) as in_flight:
        sdk.messages(created.sid).delete()
    fake_twilio.settle()

    deleted = sdk.messages(created.sid).delete()

    assert in_flight.value.code == 20009
    assert deleted is True
    with pytest.raises(TwilioRestException) as gone:
        sdk.messages(created.sid).fetch()
    assert (gone.value.status, gone.value.code) == (404, 20404)


def test_a_list_that_deletes_as_it_goes_misses_nothing(fake_twilio: FakeTwilioFixture, sdk: Client) -> None:
    for n in range(6):
        sdk.messages.create(to=RECIPIENT, from_=SENDER, body=str(n))
    fake_twilio.settle()

    for message in sdk.messages.stream(page_size=2):
        sdk.messages(message.sid).delete()

    assert fake_twilio.messages == ()


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        pytest.param({"to": "garbage", "from_": SENDER, "body": "x"}, 400, 21211, id="recipient"),
        pytest.param({"to": RECIPIENT, "body": "x"}, 400, 21603, id="no sender"),
        pytest.param({"to": RECIPIENT, "from_": SENDER}, 400, 21602, id="no content"),
        pytest.param({"to": RECIPIENT, "from_": SENDER, "body": "x" * 1601}, 400, 21617, id="too long"),
        pytest.param({"to": RECIPIENT, "from_": RECIPIENT, "body": "x"}, 400, 21266, id="to itself"),
        pytest.param({"to": RECIPIENT, "from_": SENDER, "content_sid": "HX1"}, 400, 21655, id="no template"),
    ],
)
def test_a_refusal_carries_twilios_status_and_code(
    sdk: Client, arguments: dict[str, str], status: int, code: int
) -> None:
    with pytest.raises(TwilioRestException) as refused:
        sdk.messages.create(**arguments)

    assert (refused.value.status, refused.value.code) == (status, code)


def test_a_wrong_token_is_refused(fake_twilio: FakeTwilioFixture) -> None:
    client = Client(fake_twilio.account_sid, "wrong")
    client.api.base_url = fake_twilio.url

    with pytest.raises(TwilioRestException) as refused:
        client.messages.create(to=RECIPIENT, from_=SENDER, body="x")

    client.http_client.session.close()
    assert (refused.value.status, refused.value.code, refused.value.msg) == (
        401,
        20003,
        "Unable to create record: Authenticate",
    )


@pytest.mark.fake_twilio(scenario="carrier_reject")
def test_every_callback_is_accepted_by_the_validator(
    fake_twilio: FakeTwilioFixture, sdk: Client, httpserver: HTTPServer
) -> None:
    taken: list[tuple[str, bool]] = []
    validator = RequestValidator(fake_twilio.auth_token)

    def take(request: Request) -> Response:
        genuine = validator.validate(request.url, request.form, request.headers["X-Twilio-Signature"])
        taken.append((request.form["MessageStatus"], genuine))
        return Response(status=204)

    httpserver.expect_request("/status").respond_with_handler(take)
    url = httpserver.url_for("/status?tenant=a b&sign=%2B")
    for to in ("+15551230001", "+15550100001"):
        sdk.messages.create(to=to, from_=SENDER, body="grüße ✓", status_callback=url)

    fake_twilio.settle()

    assert sorted(taken) == [("delivered", True), ("sent", True), ("sent", True), ("undelivered", True)]
