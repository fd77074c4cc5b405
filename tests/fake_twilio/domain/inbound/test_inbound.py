"""Tests of the parameters with which a message that came in is told."""

import pytest

from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.inbound.inbound import Place, check_inbound, fallback_form, inbound_form
from fake_twilio.domain.inbound.opt_outs import Word
from fake_twilio.domain.messages.message import Message
from tests.fake_twilio.doubles import ACCOUNT_SID, RECIPIENT, SENDER, SERVICE_SID, make_message

HOME, HERE = Place("CENTREVILLE", "VA", "22036", "US"), Place("COLEMAN", "MI", "48612", "US")
# Of a real request; what a number outside services gets.
CAPTURED = (
    "ToCountry ToState SmsMessageSid NumMedia ToCity FromZip SmsSid FromState SmsStatus FromCity Body FromCountry To"
    " ToZip NumSegments ReferralNumMedia MessageSid AccountSid From ApiVersion"
)


def came_in(**changes: object) -> Message:
    return make_message(direction="inbound", status=Status.RECEIVED, sender=RECIPIENT, to=SENDER, **changes)


def form(message: Message, word: Word | None = None) -> dict[str, str]:
    return dict(inbound_form(message, home=HOME, here=HERE, word=word, media_url="http://x/Media"))


def test_the_parameters_come_in_the_order_of_a_real_request() -> None:
    told = form(came_in())

    assert list(told) == CAPTURED.split()
    assert (told["From"], told["To"], told["Body"], told["SmsStatus"]) == (RECIPIENT, SENDER, "hello", "received")
    assert (told["FromCity"], told["ToCity"], told["AccountSid"]) == ("CENTREVILLE", "COLEMAN", ACCOUNT_SID)
    assert told["MessageSid"] == told["SmsSid"] == told["SmsMessageSid"]


def test_what_is_not_known_of_a_place_is_sent_empty() -> None:
    told = dict(inbound_form(came_in(), home=Place(), here=Place(country="GB"), word=None, media_url=""))

    assert (told["FromCity"], told["FromCountry"], told["ToCity"], told["ToCountry"]) == ("", "", "", "GB")


def test_media_a_service_and_an_opt_out_are_told_where_there_are_some() -> None:
    media = ("http://example.com/1.png", "http://example.com/2.gif")
    told = form(came_in(media_urls=media, service_sid=SERVICE_SID), Word.STOP)

    assert (told["NumMedia"], told["MediaContentType0"], told["MediaContentType1"]) == ("2", "image/png", "image/gif")
    assert told["MediaUrl0"].startswith("http://x/Media/ME")
    assert (told["MessagingServiceSid"], told["OptOutType"]) == (SERVICE_SID, "STOP")
    assert set(told) - set(CAPTURED.split()) == {
        *("MediaContentType0", "MediaContentType1", "MediaUrl0", "MediaUrl1", "MessagingServiceSid", "OptOutType")
    }


def test_a_fallback_is_told_what_failed_where() -> None:
    usual = inbound_form(came_in(), home=HOME, here=HERE, word=None, media_url="")

    assert fallback_form(usual, 11200, "http://x/") == (*usual, ("ErrorCode", "11200"), ("ErrorUrl", "http://x/"))


WRONG = [
    ("Alice", "x", ()),
    ("+1", "x", ()),
    (RECIPIENT, "x" * 1601, ()),
    (RECIPIENT, "x", ("nonsense",)),
    (RECIPIENT, "x", ("http://example.com/",) * 11),
    (RECIPIENT, "x", "http://example.com/"),
]


@pytest.mark.parametrize(("sender", "body", "media"), WRONG)
def test_what_nobody_can_send_is_refused(sender: str, body: str, media: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="wanted"):
        check_inbound(sender, body, media)


def test_an_empty_text_can_be_sent() -> None:
    check_inbound("12345", "", ["http://example.com/"] * 10)
