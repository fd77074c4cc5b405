"""A draft that exists may be sent; another is refused with everything that is wrong."""

from datetime import UTC, datetime, timedelta
from enum import Enum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.doubles import RECIPIENT, SENDER
from twilio_sms.domain.draft import Draft
from twilio_sms.errors import ValidationError

SERVICE = "MG" + "0f" * 16
MEDIA = "https://example.com/cat.png"


def _draft(**changes):
    return Draft.parse(**{"to": RECIPIENT, "from_": SENDER, "body": "hello", "options": {}, **changes})


def _refusal(**changes) -> str:
    with pytest.raises(ValidationError) as caught:
        _draft(**changes)
    return str(caught.value)


def test_a_draft_becomes_the_form_of_a_send():
    draft = _draft(messaging_service_sid=SERVICE, media_url=MEDIA, options={"smart_encoded": True})

    assert draft.to_form() == (
        ("To", RECIPIENT),
        ("From", SENDER),
        ("MessagingServiceSid", SERVICE),
        ("Body", "hello"),
        ("MediaUrl", MEDIA),
        ("SmartEncoded", "true"),
    )


class Text(str, Enum):  # noqa: UP042 - as programs write one that run on Python 3.10 too
    RECIPIENT = RECIPIENT
    SENDER = SENDER
    NAME = "Acme"
    SERVICE = SERVICE
    BODY = "hello"
    FOREIGN = "Grüezi"


@pytest.mark.parametrize("sender", [Text.SENDER, Text.NAME])
@pytest.mark.parametrize("body", [Text.BODY, Text.FOREIGN])
def test_a_member_of_an_enumeration_is_sent_as_its_text(sender, body):
    draft = _draft(to=Text.RECIPIENT, from_=sender, body=body, messaging_service_sid=Text.SERVICE)

    assert [(name, str(value)) for name, value in draft.to_form()] == [
        ("To", RECIPIENT),
        ("From", sender.value),
        ("MessagingServiceSid", SERVICE),
        ("Body", body.value),
    ]


def test_what_is_absent_is_not_sent():
    draft = _draft(
        from_=None, messaging_service_sid=SERVICE, body=None, options={"content_sid": "HX1", "attempt": None}
    )

    assert draft.to_form() == (("To", RECIPIENT), ("MessagingServiceSid", SERVICE), ("ContentSid", "HX1"))


@given(names=st.lists(st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True), max_size=10))
def test_every_media_address_is_sent_in_its_place(names):
    urls = [f"https://example.com/{name}" for name in names]

    form = _draft(media_url=urls).to_form()

    assert [value for name, value in form if name == "MediaUrl"] == urls


# The limits are Twilio's: errors 21617, 21623, 21624 and 21609.
@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"body": "x" * 1600}, id="longest body"),
        pytest.param({"body": "\U0001f600" * 1600}, id="longest body of emoji"),
        pytest.param({"media_url": [MEDIA] * 10}, id="ten media"),
        pytest.param({"body": None, "media_url": MEDIA}, id="media without a body"),
        pytest.param({"body": "", "media_url": MEDIA}, id="media with an empty body"),
        pytest.param({"options": {"validity_period": 1}}, id="shortest validity"),
        pytest.param({"options": {"validity_period": timedelta(hours=10)}}, id="longest validity"),
        pytest.param({"options": {"status_callback": "https://a.b/" + "c" * 3988}}, id="longest address"),
        pytest.param({"from_": "MyShop"}, id="alphanumeric sender"),
    ],
)
def test_what_is_just_right_is_taken(changes):
    assert _draft(**changes).to_form()[0] == ("To", RECIPIENT)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        pytest.param({"to": "5551234"}, "to must be an E.164 number", id="recipient"),
        pytest.param({"from_": "no!"}, "from_ must be an E.164 number", id="sender"),
        pytest.param({"from_": None}, "a sender is missing", id="no sender"),
        pytest.param(
            {"messaging_service_sid": "SM1"}, "messaging_service_sid must be MG and 32 hexadecimal digits", id="service"
        ),
        pytest.param({"body": "x" * 1601}, "body must have 1 to 1600 characters, has 1601", id="body"),
        pytest.param({"body": ""}, "content is missing", id="empty body"),
        pytest.param({"body": None, "media_url": []}, "content is missing", id="no content"),
        pytest.param({"media_url": [MEDIA] * 11}, "media_url takes at most 10 addresses, has 11", id="eleven media"),
        pytest.param({"media_url": [MEDIA, "cat.png"]}, "media_url must be an http or https address", id="media"),
        pytest.param({"media_url": 5}, "media_url must be an http or https address", id="media that is a number"),
        pytest.param({"media_url": [None]}, "media_url cannot send a value of type NoneType", id="media that is null"),
    ],
)
def test_what_cannot_be_sent_is_refused_by_name(changes, complaint):
    assert complaint in _refusal(**changes)


@pytest.mark.parametrize(
    ("name", "value"),
    [("body", 5), ("messaging_service_sid", 5), ("to", 5), ("from_", 5)],
    ids=lambda value: str(value),
)
def test_an_argument_that_is_no_text_is_refused_by_name(name, value):
    assert f"{name} must" in _refusal(**{name: value})


def test_a_body_that_utf_8_cannot_carry_is_refused():
    half_an_emoji = "\ud83d"

    assert "body holds half a character" in _refusal(body=half_an_emoji)


def test_only_a_service_can_schedule():
    assert "send_at needs messaging_service_sid" in _refusal(options={"send_at": datetime(2026, 1, 2, tzinfo=UTC)})


def test_everything_that_is_wrong_is_told_at_once():
    refusal = _refusal(
        to="x",
        from_=None,
        messaging_service_sid="SM1",
        body="x" * 1601,
        media_url="cat",
        options={"sendat": 1, "attempt": object()},
    )

    starts = ["to", "messaging_service_sid", "body", "media_url", "sendat", "attempt"]
    assert [problem.split()[0] for problem in refusal.split("; ")] == starts


def test_a_refusal_shows_neither_body_nor_number():
    refusal = _refusal(to="15551234567", from_="+1555123456789012", body="hush " * 400)

    assert not any(private in refusal for private in ("hush", "15551234567", "555123456789"))


def test_a_draft_shows_neither_body_nor_number():
    shown = repr(_draft(body="hush", media_url=MEDIA))

    assert shown == "Draft(to PhoneNumber(+1555***4567))"


@given(body=st.text(min_size=1, max_size=1600))
def test_a_body_is_sent_as_it_was_given(body):
    assert ("Body", body) in _draft(body=body).to_form()
