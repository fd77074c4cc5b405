"""Tests of the list of messages, as the server writes it."""

import requests

from fake_twilio.fixture import FakeTwilioFixture
from tests.doubles import RECIPIENT, SENDER


def page(fake: FakeTwilioFixture, **asked: str) -> str:
    return requests.get(fake.url, asked, timeout=5).text


def submit(fake: FakeTwilioFixture, body: str) -> None:
    fake.submit((("To", RECIPIENT), ("From", SENDER), ("Body", body)))


def test_an_empty_page_teaches(fake_twilio: FakeTwilioFixture) -> None:
    assert page(fake_twilio).count("<pre data-copy>") == 4


def test_a_text_is_shown_and_never_as_html(fake_twilio: FakeTwilioFixture) -> None:
    submit(fake_twilio, "<img src=x onerror=alert(1)>")

    text = page(fake_twilio)

    assert "<img" not in text
    assert "&lt;img src=x onerror=alert(1)&gt;" in text


def test_what_is_asked_for_stands_in_the_form_and_in_the_next_page(fake_twilio: FakeTwilioFixture) -> None:
    for number in range(51):
        submit(fake_twilio, f"a&b {number}")

    text = page(fake_twilio, q="a&b", status="queued")

    assert 'value="a&amp;b"' in text
    assert "q=a%26b&amp;status=queued" in text
    assert text.count("<tr data-sid=") == 50


def test_who_was_to_get_what_was_refused_is_told_and_not_whole(fake_twilio: FakeTwilioFixture) -> None:
    messages = f"{fake_twilio.url}/2010-04-01/Accounts/{fake_twilio.account_sid}/Messages.json"
    form = {"To": "+1555123456789012345", "From": SENDER, "Body": "hello"}
    refused = requests.post(messages, form, auth=(fake_twilio.account_sid, fake_twilio.auth_token), timeout=5)

    text = page(fake_twilio)

    assert refused.json()["code"] == 21211
    assert "<td><bdi>+1555***2345</bdi></td>" in text
    assert form["To"] not in text


def test_the_status_that_is_asked_for_is_chosen_also_if_no_message_has_it(fake_twilio: FakeTwilioFixture) -> None:
    submit(fake_twilio, "hello")

    assert "<option selected>failed</option>" in page(fake_twilio, status="failed")
    assert "<option selected>" not in page(fake_twilio, status="nonsense")


def test_a_page_that_begins_behind_a_message_that_is_gone_says_so(fake_twilio: FakeTwilioFixture) -> None:
    submit(fake_twilio, "hello")

    assert "behind which this page begins is gone" in page(fake_twilio, before="SM" + "0" * 32)
    assert "No message is like that" in page(fake_twilio, q="nothing")
