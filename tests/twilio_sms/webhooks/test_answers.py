"""What handlers return becomes verbs; what cannot be one is refused."""

import pytest
from twilio.twiml.messaging_response import MessagingResponse

from twilio_sms.errors import ValidationError
from twilio_sms.webhooks.answers import MAX_DEPTH, TwiML, to_verbs
from twilio_sms.webhooks.twiml import Reply


def texts(answer):
    return [verb.findtext("Body") or verb.text for verb in to_verbs(answer)]


def official(text):
    response = MessagingResponse()
    response.message(text)
    return response


@pytest.mark.parametrize("nothing", [None, "", Reply(), TwiML("<Response/>"), MessagingResponse()])
def test_nothing_is_answered_with_nothing(nothing):
    assert to_verbs(nothing) == []


@pytest.mark.parametrize(
    "answer",
    [
        "hi & <b>",
        Reply("hi & <b>"),
        TwiML("<Response><Message>hi &amp; &lt;b></Message></Response>"),
        official("hi & <b>"),
    ],
    ids=lambda answer: type(answer).__name__,
)
def test_a_message_is_one_however_it_is_said(answer):
    assert texts(answer) == ["hi & <b>"]


def test_a_text_that_looks_like_twiml_is_a_text():
    assert texts("<Response/>") == ["<Response/>"]


@pytest.mark.parametrize("answer", [5, True, b"hi", ["hi"], object(), 0, False])
def test_anything_else_is_refused_by_its_kind(answer):
    with pytest.raises(ValidationError, match=f"returned {type(answer).__name__}"):
        to_verbs(answer)


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Response>&b;</Response>'


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        ("<Response>", "well-formed"),
        ("", "well-formed"),
        ("<Response>&unknown;</Response>", "well-formed"),
        ("<Response>\ud800</Response>", "well-formed"),
        ("<Response>\x00</Response>", "well-formed"),
        ("<response/>", "the root <Response>"),
        ('<Response xmlns="urn:x"/>', "the root <Response>"),
        ('<Response><x:a xmlns:x="urn:x"/></Response>', "no namespaces"),
        ('<Response><a xml:lang="en"/></Response>', "no namespaces"),
        (BOMB, "no DOCTYPE"),
        (f"<Response>{'<a>' * 5000}{'</a>' * 5000}</Response>", f"at most {MAX_DEPTH} levels"),
    ],
    ids=[
        *("cut off", "empty", "an entity", "half a character", "null", "another root", "a root in a namespace"),
        *("an element in a namespace", "an attribute in a namespace", "a bomb", "too deep"),
    ],
)
def test_a_document_that_is_no_twiml_is_refused(xml, reason):
    with pytest.raises(ValidationError, match=reason):
        TwiML(xml)


@pytest.mark.parametrize("xml", [None, 5, b"<Response/>"])
def test_a_document_is_a_text(xml):
    with pytest.raises(ValidationError, match="TwiML must be a text"):
        TwiML(xml)


def test_what_writes_no_twiml_is_refused():
    class Broken:
        def to_xml(self):
            return "<html/>"

    with pytest.raises(ValidationError, match="the root <Response>"):
        to_verbs(Broken())


def test_what_a_document_says_is_not_shown():
    assert "secret" not in repr(TwiML("<Response><Message>secret</Message></Response>"))
