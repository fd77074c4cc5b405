"""What we write Twilio reads as it was meant, and the official SDK writes the same."""

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st
from twilio.twiml.messaging_response import Body, Media, Message, MessagingResponse

from fake_twilio.domain.inbound.twiml import Redirect, read_answer
from fake_twilio.domain.inbound.twiml import Reply as Read
from twilio_sms.errors import ValidationError
from twilio_sms.webhooks.response import XML
from twilio_sms.webhooks.twiml import EMPTY, HEAD, MAX_REPLIES, Reply

PICTURE = "https://m.test/a.png?x=1&y=2"


def tree(xml):
    """Return a document as nested tuples: what a parser sees, whatever the order of attributes."""
    return shape(fromstring(str(xml)))


def shape(element):
    return element.tag, dict(element.attrib), element.text or "", [shape(child) for child in element]


def official(*messages, redirect=None):
    response = MessagingResponse()
    for attributes, body, media in messages:
        message = Message(**attributes)
        if body is not None:
            message.append(Body(body))
        for url in media:
            message.append(Media(url))
        response.append(message)
    if redirect:
        response.redirect(redirect, method="POST")
    return response


@pytest.mark.parametrize(
    ("reply", "theirs"),
    [
        (Reply(), official()),
        (Reply("hi"), official(({}, "hi", ()))),
        (Reply('<b> & "it\'s" é 😀\n'), official(({}, '<b> & "it\'s" é 😀\n', ()))),
        (Reply(media_url=PICTURE), official(({}, None, [PICTURE]))),
        (Reply("a", media_url=[PICTURE, PICTURE]), official(({}, "a", [PICTURE, PICTURE]))),
        (
            Reply("a").message("b", to="+1555", from_="+1666"),
            official(({}, "a", ()), ({"to": "+1555", "from_": "+1666"}, "b", ())),
        ),
        (Reply("a").redirect("/next?x=1&y=2"), official(({}, "a", ()), redirect="/next?x=1&y=2")),
        (
            Reply().message("a", status_callback="https://app.test/s"),
            official(
                ({"action": "https://app.test/s", "status_callback": "https://app.test/s", "method": "POST"}, "a", ())
            ),
        ),
    ],
    ids=lambda given: repr(given)[:30],
)
def test_it_says_what_the_official_sdk_says(reply, theirs):
    assert tree(reply.to_xml()) == tree(theirs.to_xml())


def test_nothing_is_an_empty_response():
    assert Reply().to_xml() == HEAD + EMPTY == '<?xml version="1.0" encoding="UTF-8"?><Response/>'


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t<>&\"'"), min_size=1, max_size=30)


@given(texts=st.lists(TEXTS.filter(str.strip), min_size=1, max_size=4))
def test_twilio_reads_every_text_that_we_take(texts):
    reply = Reply()
    try:
        for text in texts:
            reply = reply.message(text)
    except ValidationError:
        assert any(set(text) & {"\ufffe", "\uffff"} for text in texts)
        return

    document = read_answer(XML, reply.to_xml().encode())

    assert [verb.body for verb in document.verbs] == [text.strip() for text in texts]
    assert document.warnings == ()


@pytest.mark.parametrize("text", ["a\r\nb", "a\rb", "a\nb"])
def test_a_line_ends_in_one_way(text):
    assert fromstring(Reply(text).to_xml()).findtext("Message/Body") == "a\nb"


@pytest.mark.parametrize(
    "text",
    ["a\x00", "\x0b", "\x1b[0m", "\ufffe", "\ud800", "x\udfff"],
    ids=["null", "vertical tab", "escape", "no character", "half a character", "the other half"],
)
def test_what_xml_cannot_carry_is_refused_by_its_place(text):
    with pytest.raises(ValidationError, match=r"body holds U\+[0-9A-F]{4} at character [12], which XML cannot carry"):
        Reply(text)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"body": ""}, "needs a body"),
        ({"body": " \n"}, "needs a body"),
        ({"body": "x" * 1601}, "must have 1 to 1600 characters, has 1601"),
        ({"body": 5}, "must be a text, is int"),
        ({"body": b"x"}, "must be a text, is bytes"),
        ({"media_url": "ftp://m.test/x"}, "media_url"),
        ({"media_url": ""}, "media_url"),
        ({"media_url": [PICTURE] * 11}, "takes at most 10 addresses, has 11"),
        ({"media_url": 5}, "media_url"),
    ],
)
def test_a_message_that_nobody_can_send_is_refused(arguments, reason):
    with pytest.raises(ValidationError, match=reason):
        Reply(**arguments)


@pytest.mark.parametrize("name", ["to", "from_"])
@pytest.mark.parametrize("value", ["", " ", 5, "a\x00"])
def test_an_address_that_is_none_is_refused(name, value):
    with pytest.raises(ValidationError, match=name):
        Reply().message("x", **{name: value})


@pytest.mark.parametrize("url", ["", " ", "a\nb", None, "\x00"])
def test_a_redirect_needs_an_address(url):
    with pytest.raises(ValidationError, match="a redirect needs an address"):
        Reply().redirect(url)


def test_a_redirect_has_one_of_two_methods_and_is_the_only_one():
    reply = Reply().redirect("/a", method="GET")

    assert read_answer(XML, reply.to_xml().encode()).verbs == (Redirect("/a", "GET"),)
    with pytest.raises(ValidationError, match="method must be GET or POST"):
        Reply().redirect("/a", method="PUT")
    with pytest.raises(ValidationError, match="one redirect"):
        reply.redirect("/b")


def test_a_longer_reply_leaves_the_shorter_as_it_is():
    short = Reply("a")

    long = short.message("b").redirect("/c")

    assert (len(short.messages), short.redirection) == (1, None)
    assert (len(long.messages), long.redirection is None) == (2, False)


def test_there_are_not_more_messages_than_twilio_sends():
    reply = Reply()
    for _ in range(MAX_REPLIES):
        reply = reply.message("x")

    assert reply.to_xml().count("<Message>") == MAX_REPLIES
    with pytest.raises(ValidationError, match="at most 10 messages, has 11"):
        reply.message("x").to_xml()


def test_a_document_is_not_longer_than_twilio_reads():
    reply = Reply()
    for _ in range(7):
        reply = reply.message("&" * 1600)

    assert len(reply.to_xml()) < 64 * 1024
    with pytest.raises(ValidationError, match="at most 65536 bytes"):
        reply.message("&" * 1600).message("&" * 1600).to_xml()


def test_a_status_is_asked_for_without_losing_the_messages_behind_it():
    asked = "https://app.test/s"
    reply = Reply().message("a", status_callback=asked).message("b", status_callback=asked)

    first, last = read_answer(XML, reply.to_xml().encode()).verbs

    # Twilio goes on with the answer of an `action`, and runs nothing behind it.
    assert first == Read(body="a", status_callback=asked, action=None)
    assert last == Read(body="b", status_callback=asked, action=asked)


def test_nothing_that_it_says_is_shown():
    reply = Reply("my secret", media_url=PICTURE).redirect("/secret")

    assert repr(reply) == "Reply(1 messages, a redirect)"
    assert repr(reply.messages[0]) == "TextMessage(9 characters, 1 media)"
