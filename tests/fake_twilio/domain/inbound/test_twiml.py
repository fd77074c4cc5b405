"""Tests of reading a customer's answer, each against what Twilio says of it."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.twiml.messaging_response import MessagingResponse

from fake_twilio.domain.inbound.twiml import MAX_BYTES, Document, Redirect, Reply, Unreadable, read_answer

XML = "text/xml"


def read(xml: str, content_type: str | None = XML) -> Document:
    return read_answer(content_type, xml.encode())


def code_of(body: bytes, content_type: str | None = XML) -> int:
    with pytest.raises(Unreadable) as caught:
        read_answer(content_type, body)
    return caught.value.code


def test_a_text_and_a_body_are_the_same() -> None:
    said = read("<Response><Message>hello</Message><Message>\n <Body>hello</Body>\n</Message></Response>")

    assert said == Document((Reply(body="hello"),) * 2)


def test_several_bodies_are_joined_and_media_may_stand_among_them() -> None:
    """TwiML: Message: "text and <Media> may be mixed", several bodies are concatenated."""
    said = read(
        "<Response><Message>a<Media>/1.png</Media>b<Body>c </Body><Body>d</Body><Media>/2.gif</Media></Message>"
        "</Response>"
    )

    assert said == Document((Reply(body="abc d", media_urls=("/1.png", "/2.gif")),))


def test_the_attributes_of_a_message_are_read() -> None:
    said = read(
        '<Response><Message to="+15551230000" from="+15550000000" action="/a" method="get" statusCallback="/s">'
        "x</Message></Response>"
    )

    assert said.verbs == (
        Reply(body="x", to="+15551230000", sender="+15550000000", action="/a", method="GET", status_callback="/s"),
    )
    assert said.warnings == ()


def test_nothing_behind_a_redirect_is_reached() -> None:
    said = read('<Response><Message>x</Message><Redirect method="GET">/next</Redirect><Message>y</Message></Response>')

    assert said.verbs == (Reply(body="x"), Redirect("/next", "GET"))


@pytest.mark.parametrize(
    "body", ["", " \n", "<Response/>", "<Response></Response>", '<?xml version="1.0"?><Response/>']
)
def test_an_empty_answer_asks_for_nothing(body: str) -> None:
    assert read(body) == Document()


@pytest.mark.parametrize("content_type", [None, "", "image/png"])
def test_without_a_body_the_type_does_not_matter(content_type: str | None) -> None:
    assert read("", content_type) == Document()


@pytest.mark.parametrize("kind", ["text/xml", "application/xml", "text/html", "TEXT/XML; charset=utf-8"])
def test_three_types_are_twiml(kind: str) -> None:
    assert read("<Response><Message>é</Message></Response>", kind).verbs == (Reply(body="é"),)


def test_a_plain_text_is_a_reply() -> None:
    assert read("hello <b>\n", "text/plain") == Document((Reply(body="hello <b>"),))
    assert read_answer("text/plain; charset=latin-1", b"\xe9") == Document((Reply(body="é"),))
    assert read_answer("text/plain; charset=nonsense", "é".encode()) == Document((Reply(body="é"),))


@pytest.mark.parametrize("kind", [None, "", "application/json", "image/png", "nonsense", "text", "text/xmlx", ";"])
def test_a_missing_or_another_type_is_12300(kind: str | None) -> None:
    assert code_of(b"<Response/>", kind) == 12300


BROKEN = [
    b"<Response>",
    b"hello",
    b"<a/><b/>",
    b" <?xml version='1.0'?><Response/>",
    b"\xff\xfe",
    b"<Response>&x;</Response>",
]
BROKEN += [
    b'<?xml version="1.0" encoding="nonsense"?><Response/>',
    b"<Response>\0</Response>",
    b"<Response>\xff</Response>",
]
BROKEN += [b'<!DOCTYPE x [<!ENTITY a "b">]><Response>&a;</Response>']


@pytest.mark.parametrize("body", BROKEN, ids=repr)
def test_what_is_no_xml_is_12100(body: bytes) -> None:
    assert code_of(body) == 12100


@pytest.mark.parametrize("body", [b"<response/>", b"<html/>", b'<Response xmlns="x"/>'])
def test_another_root_is_12102(body: bytes) -> None:
    """Dictionary, 12102; element names are case sensitive."""
    assert code_of(body) == 12102


def test_more_than_64_kb_are_11750() -> None:
    most = b"<Response>" + b" " * (MAX_BYTES - 21) + b"</Response>"

    assert read_answer(XML, most) == Document()
    assert code_of(most + b" ") == 11750
    assert code_of(b"x" * (MAX_BYTES + 1), "text/plain") == 11750


WARNED = [
    ("<Say>x</Say>", 14110),
    ("<message>x</message>", 12200),
    ("<Foo/>", 12200),
    ('<Message too="x">x</Message>', 12200),
    ("<Message>x<Say>y</Say></Message>", 12200),
    ('<Message method="PUT">x</Message>', 14104),
    ("<Message/>", 14103),
    ("<Message><Body> </Body></Message>", 14103),
]


@pytest.mark.parametrize(("xml", "code"), WARNED)
def test_what_is_strange_is_warned_of_and_the_rest_runs(xml: str, code: int) -> None:
    said = read(f"<Response>{xml}<Message>after</Message></Response>")

    assert said.warnings == (code,)
    assert said.verbs[-1] == Reply(body="after")


TEXTS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1)


@given(st.lists(TEXTS, max_size=10))
def test_what_the_sdk_writes_is_read_as_it_was_meant(texts: list[str]) -> None:
    response = MessagingResponse()
    for text in texts:
        response.message(text)

    assert read(str(response)) == Document(tuple(Reply(body=text) for text in texts))


@given(
    st.binary(max_size=200), st.sampled_from([XML, "text/plain", "text/html; charset=utf-16", "text/plain; charset=x"])
)
def test_whatever_comes_is_read_or_unreadable(body: bytes, kind: str) -> None:
    with suppress(Unreadable):
        read_answer(kind, body)


@given(st.text(max_size=60))
def test_whatever_type_is_said_is_read_or_unreadable(kind: str) -> None:
    with suppress(Unreadable):
        read_answer(kind, b"<Response/>")


def test_each_warning_comes_once() -> None:
    """A document of ten thousand strange verbs must not push all other alerts out of the list."""
    document = read("<Response>" + "<Say/><Foo/>" * 4_000 + "</Response>")

    assert document.warnings == (14110, 12200)


@pytest.mark.parametrize("inner", ["<a>" * 9_000 + "</a>" * 9_000, "<Message/>" * 6_000], ids=["deep", "many"])
def test_a_document_may_be_deep_and_long(inner: str) -> None:
    assert read(f"<Response>{inner}</Response>").verbs == ()
