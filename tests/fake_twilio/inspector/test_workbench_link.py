"""Tests of the way to the workbench."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from fake_twilio.delivery.webhook import Answer, Delivery
from fake_twilio.inspector.workbench_link import MOST_CHARACTERS, workbench_link
from fake_twilio.wire.request_head import MAX_LINE_BYTES
from tests.fake_twilio.doubles import CALLBACK, make_webhook

WEBHOOK = replace(make_webhook(), form=(("To", "+1"), ("Body", "a&b é")), signature="a+/=")


def test_it_has_the_request_in_its_fields() -> None:
    link = workbench_link(Delivery(webhook=WEBHOOK, answer=Answer()))

    assert link
    assert urlsplit(link).path == "/signature"
    assert parse_qs(urlsplit(link).query) == {
        "method": ["POST"],
        "url": [CALLBACK],
        "parameters": ["To=%2B1&Body=a%26b+%C3%A9"],
        "signature": ["a+/="],
    }


def test_what_is_too_long_for_an_address_has_none() -> None:
    fits = Delivery(webhook=replace(WEBHOOK, form=(("Body", "x" * (MOST_CHARACTERS - 200)),)), answer=Answer())
    long = Delivery(webhook=replace(WEBHOOK, form=(("Body", "x" * MOST_CHARACTERS),)), answer=Answer())

    assert workbench_link(long) is None
    assert len(f"GET {workbench_link(fits)} HTTP/1.1\r\n") <= MAX_LINE_BYTES


def test_a_text_that_cannot_be_written_has_none() -> None:
    assert workbench_link(Delivery(webhook=replace(WEBHOOK, form=(("Body", "\ud83d"),)), answer=Answer())) is None
