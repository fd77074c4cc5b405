"""Webhooks of the mock are what the official validator accepts."""

from urllib.parse import parse_qs, parse_qsl

from twilio.request_validator import RequestValidator as OfficialValidator

from twilio_sms.domain.inbound_message import InboundMessage, Media
from twilio_sms.simulation.mock_webhooks import inbound_form, signed_request, status_form

TOKEN = "0" * 32
URL = "https://shop.test/sms?shop=1"
MESSAGE = InboundMessage(
    sid="MM" + "1" * 32,
    account_sid="AC" + "0" * 32,
    from_="+15551234567",
    to="+15005550006",
    body="Grüße & = + 👋",
    media=(Media("https://a.test/1", "image/png"),),
)


def test_the_official_validator_accepts_it_and_no_change_of_it() -> None:
    request = signed_request(URL, inbound_form(MESSAGE), TOKEN)
    params = dict(parse_qsl(request.body.decode(), keep_blank_values=True))
    signature = request.header("x-twilio-signature")

    official = OfficialValidator(TOKEN)
    assert official.validate(URL, params, signature)
    assert not official.validate(URL, {**params, "Body": "STOP"}, signature)


def test_an_inbound_message_has_the_parameters_of_a_real_one() -> None:
    form = dict(inbound_form(MESSAGE))

    assert form["MessageSid"] == form["SmsSid"] == form["SmsMessageSid"] == MESSAGE.sid
    assert (form["NumMedia"], form["MediaUrl0"], form["MediaContentType0"]) == ("1", "https://a.test/1", "image/png")
    assert (form["SmsStatus"], form["ApiVersion"], form["Body"]) == ("received", "2010-04-01", MESSAGE.body)


def test_a_status_callback_has_an_error_code_only_if_there_is_one() -> None:
    tree = {
        "sid": "SM1",
        "status": "failed",
        "to": "+1",
        "from": "+2",
        "account_sid": "AC1",
        "error_code": 30007,
        "messaging_service_sid": "MG1",
    }

    assert dict(status_form(tree))["ErrorCode"] == "30007"
    assert dict(status_form(tree))["MessagingServiceSid"] == "MG1"
    assert (
        not {"ErrorCode", "MessagingServiceSid"}
        & dict(status_form({**tree, "error_code": None, "messaging_service_sid": None})).keys()
    )


def test_the_body_is_a_form_of_the_length_that_is_told() -> None:
    request = signed_request(URL, (("Body", ""),), TOKEN)

    assert parse_qs(request.body.decode(), keep_blank_values=True) == {"Body": [""]}
    assert (request.header("content-length"), request.header("host")) == ("5", "shop.test")
