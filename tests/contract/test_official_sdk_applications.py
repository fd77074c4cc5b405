"""The official Python SDK, unchanged, against the fake's applications, and a customer whom they lead to."""

from collections.abc import Iterator

import pytest
from flask import Flask, Response, request
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator
from twilio.rest import Client
from twilio.twiml.messaging_response import MessagingResponse

from fake_twilio.domain.fate.outcome import lives
from fake_twilio.domain.fate.timeline import Step
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.fixture import FakeTwilioFixture
from tests.doubles import RECIPIENT, SENDER

DELIVERED = lives(Step("sent", 1.0), Step("delivered", 1.0))
SHOP = "https://shop.test"


@pytest.fixture
def sdk(fake_twilio: FakeTwilioFixture) -> Iterator[Client]:
    fake_twilio.use(Scenario(name="own", about="", numbers=(SENDER,), rules=(), otherwise=DELIVERED))
    client = Client(fake_twilio.account_sid, fake_twilio.auth_token)
    client.api.base_url = client.messaging.base_url = fake_twilio.url
    yield client
    client.http_client.session.close()


@pytest.fixture
def asked(fake_twilio: FakeTwilioFixture) -> list[str]:
    """Mount a shop; return what it was asked, whose signatures it checked."""
    seen: list[str] = []
    app = Flask(__name__)

    @app.route("/<path:path>", methods=["GET", "POST"])
    def take(path: str) -> Response:
        params = request.form if request.method == "POST" else {}
        url = SHOP + request.full_path.removesuffix("?")
        assert RequestValidator(fake_twilio.auth_token).validate(url, params, request.headers["X-Twilio-Signature"])
        seen.append(f"{request.method} /{path} {request.values.get('MessageStatus', request.values.get('Body'))}")
        if path == "broken":
            return Response(status=500)
        twiml = MessagingResponse()
        if path == "sms":
            twiml.message("thanks")
        return Response(str(twiml), content_type="text/xml")

    fake_twilio.mount(SHOP, app)
    return seen


def test_applications_are_made_listed_changed_and_deleted(sdk: Client) -> None:
    made = [sdk.applications.create(friendly_name=f"app {digit}", sms_url=f"{SHOP}/sms").sid for digit in range(5)]

    listed = [application.sid for application in sdk.applications.list(page_size=2)]
    named = [application.sid for application in sdk.applications.list(friendly_name="app 3")]
    changed = sdk.applications(made[0]).update(sms_method="GET", message_status_callback=f"{SHOP}/status")
    deleted = sdk.applications(made[0]).delete()

    assert (listed, named, deleted) == (made[::-1], [made[3]], True)
    assert (changed.friendly_name, changed.sms_url, changed.sms_method) == ("app 0", f"{SHOP}/sms", "GET")
    assert (changed.sms_status_callback, changed.date_created.tzinfo is not None) == (f"{SHOP}/status", True)
    with pytest.raises(TwilioRestException) as caught:
        sdk.applications(made[0]).fetch()
    assert (caught.value.status, caught.value.code) == (404, 20404)


def test_statuses_are_told_to_the_request_else_to_the_service_else_to_the_application(
    sdk: Client, fake_twilio: FakeTwilioFixture, asked: list[str]
) -> None:
    """OpenAPI: "`status_callback` takes priority; if both are included `application_sid` is ignored"."""
    application = sdk.applications.create(message_status_callback=f"{SHOP}/application").sid
    telling = sdk.messaging.v1.services.create(friendly_name="telling", status_callback=f"{SHOP}/service")
    telling.phone_numbers.create(phone_number_sid=sdk.incoming_phone_numbers.list()[0].sid)
    services = {"messaging_service_sid": telling.sid, "application_sid": application}

    told = []
    for words in (
        {"from_": SENDER, "application_sid": application},
        services,
        {**services, "status_callback": f"{SHOP}/own"},
    ):
        sdk.messages.create(to=RECIPIENT, body="x", **words)
        fake_twilio.settle()
        told.append([seen.split()[1:] for seen in asked])
        asked.clear()

    assert told[0] == [["/application", "sent"], ["/application", "delivered"]]
    assert told[1] == [["/service", status] for status in ("queued", "sent", "delivered")]
    assert told[2] == [["/own", status] for status in ("queued", "sent", "delivered")]


def test_an_unknown_application_is_refused_where_it_counts(sdk: Client) -> None:
    """The code is inferred; where the request has its own address the application is ignored, as OpenAPI says."""
    unknown = "AP" + "0" * 32
    accepted = sdk.messages.create(to=RECIPIENT, from_=SENDER, body="x", application_sid=unknown)
    sdk.applications.create(friendly_name="shop")

    with pytest.raises(TwilioRestException) as of_message:
        sdk.messages.create(to=RECIPIENT, from_=SENDER, body="x", application_sid=unknown)
    with pytest.raises(TwilioRestException) as of_number:
        sdk.incoming_phone_numbers.list()[0].update(sms_application_sid=unknown)
    ignored = sdk.messages.create(
        to=RECIPIENT, from_=SENDER, body="x", application_sid=unknown, status_callback=f"{SHOP}/own"
    )

    assert (of_message.value.status, of_message.value.code) == (400, 20001)
    assert (of_number.value.status, of_number.value.code) == (400, 20001)
    assert accepted.status == ignored.status == "queued"


def test_messages_to_a_number_are_told_to_its_application(
    sdk: Client, fake_twilio: FakeTwilioFixture, asked: list[str]
) -> None:
    """OpenAPI: "we ignore all of the `sms_*_url` urls and use those set on the application"."""
    application = sdk.applications.create(sms_url=f"{SHOP}/sms", sms_method="GET")
    number = sdk.incoming_phone_numbers.list()[0].update(sms_url=f"{SHOP}/number", sms_application_sid=application.sid)

    fake_twilio.receive(RECIPIENT, SENDER, "hello")
    fake_twilio.settle()
    application.update(sms_url=f"{SHOP}/broken", sms_fallback_url=f"{SHOP}/fallback", sms_fallback_method="GET")
    fake_twilio.receive(RECIPIENT, SENDER, "again")
    fake_twilio.settle()

    assert number.sms_application_sid == application.sid
    assert asked == ["GET /sms hello", "GET /broken again", "GET /fallback again"]
    assert [message.body for message in fake_twilio.messages if message.direction == "outbound-reply"] == ["thanks"]


def test_without_its_application_a_number_has_its_own_address(
    sdk: Client, fake_twilio: FakeTwilioFixture, asked: list[str]
) -> None:
    """Inferred."""
    application = sdk.applications.create(sms_url=f"{SHOP}/sms")
    sdk.incoming_phone_numbers.list()[0].update(sms_url=f"{SHOP}/number", sms_application_sid=application.sid)
    application.delete()

    fake_twilio.receive(RECIPIENT, SENDER, "hello")
    fake_twilio.settle()

    assert asked == ["POST /number hello"]
