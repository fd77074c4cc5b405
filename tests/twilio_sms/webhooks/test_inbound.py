"""An inbound message is read from what Twilio posts, exactly."""

import pytest

from tests.doubles import ACCOUNT_SID, MESSAGE_SID, RECIPIENT, SENDER
from tests.webhooks import SERVICE, inbound_form, sid
from twilio_sms.domain.inbound_message import Media, Place
from twilio_sms.errors import ValidationError
from twilio_sms.webhooks.inbound import MAX_MEDIA, read_inbound
from twilio_sms.webhooks.parameters import Parameters

PICTURE = {"NumMedia": "1", "MediaUrl0": "https://m.test/0", "MediaContentType0": "image/png"}


def read(body="hello", **changes):
    return read_inbound(Parameters(inbound_form(body, **changes)), ACCOUNT_SID)


def test_it_says_what_twilio_said():
    message = read("It's working!!!", MessagingServiceSid=SERVICE, NumSegments="2", OptOutType="HELP", NewOne="x")

    assert (message.sid, message.account_sid, message.messaging_service_sid) == (MESSAGE_SID, ACCOUNT_SID, SERVICE)
    assert (message.from_, message.to, message.body) == (RECIPIENT, SENDER, "It's working!!!")
    assert message.from_place == Place("CENTREVILLE", "VA", "22036", "US")
    assert message.to_place == Place("COLEMAN", "MI", None, "US")
    assert (message.num_segments, message.media, message.opt_out_type) == (2, (), "HELP")
    assert message.extra == {"NewOne": "x", "ReferralNumMedia": "0"}


def test_a_picture_alone_has_an_empty_text():
    message = read("", **PICTURE)

    assert message.body == ""
    assert message.media == (Media("https://m.test/0", "image/png"),)
    assert "MediaUrl0" not in message.extra


def test_little_is_enough():
    needed = {"MessageSid", "AccountSid", "From", "To", "Body"}
    form = tuple(pair for pair in inbound_form() if pair[0] in needed)

    assert read_inbound(Parameters(form), None).num_segments == 1


@pytest.mark.parametrize("name", ["MessageSid", "AccountSid", "From", "To", "Body"])
def test_what_must_be_there_is_there_exactly_once(name):
    form = inbound_form()

    for others in (tuple(pair for pair in form if pair[0] != name), (*form, (name, dict(form)[name]))):
        with pytest.raises(ValidationError):
            read_inbound(Parameters(others), ACCOUNT_SID)


@pytest.mark.parametrize(
    "changes",
    [
        {"MessageSid": "SM1"},
        {"MessageSid": sid(1)},
        {"SmsSid": sid(1)},
        {"SmsMessageSid": sid(1)},
        {"AccountSid": "AC" + "1" * 32},
        {"AccountSid": ACCOUNT_SID.lower()},
        {"From": ""},
        {"To": "not a number at all"},
        {"MessagingServiceSid": "MG"},
        {"NumMedia": "-1"},
        {"NumMedia": "\u0661"},
        {"NumMedia": str(MAX_MEDIA + 1)},
        {"NumMedia": "1"},
        {"NumSegments": "1.5"},
        {"SmsStatus": "RECEIVED"},
        {"ApiVersion": "2010"},
        {"OptOutType": "stop"},
        {"OptOutType": "STOPX"},
        {**PICTURE, "MediaUrl0": "javascript:x"},
        {**PICTURE, "MediaContentType0": "image"},
        {**PICTURE, "MediaContentType0": None},
    ],
)
def test_what_has_another_shape_is_refused(changes):
    with pytest.raises(ValidationError) as refused:
        read("my secret", **changes)

    assert not any(part in str(refused.value) for part in ("secret", RECIPIENT))


@pytest.mark.parametrize("name", ["SmsSid", "NumMedia", "MessagingServiceSid", "FromCity", "OptOutType", "SmsStatus"])
def test_what_is_optional_is_not_there_twice(name):
    value = {"NumMedia": "0", "MessagingServiceSid": SERVICE, "OptOutType": "STOP", "SmsStatus": "received"}
    form = (*inbound_form(), (name, value.get(name, MESSAGE_SID)), (name, value.get(name, MESSAGE_SID)))

    with pytest.raises(ValidationError):
        read_inbound(Parameters(form), ACCOUNT_SID)
