"""Tests of what a mock saw of a message."""

from twilio_sms.simulation.sent_message import SentMessage

FORM = (
    ("To", "+15551234567"),
    ("From", "+15005550006"),
    ("Body", "hello"),
    ("MediaUrl", "https://a.test/1"),
    ("MediaUrl", "https://a.test/2"),
    ("PersistentAction", "one"),
    ("PersistentAction", "two"),
)


def test_a_form_is_read_with_all_that_is_repeated() -> None:
    sent = SentMessage.from_form(FORM)

    assert (sent.to, sent.from_, sent.body, sent.sid) == ("+15551234567", "+15005550006", "hello", None)
    assert sent.media_urls == ("https://a.test/1", "https://a.test/2")
    assert sent.options == (("PersistentAction", "one"), ("PersistentAction", "two"))
    assert (sent.option("PersistentAction"), sent.option("SendAt")) == ("one", None)


def test_it_shows_neither_its_number_nor_its_text() -> None:
    shown = repr(SentMessage.from_form(FORM))

    assert shown == "SentMessage(to +1555***4567, 5 characters, refused)"
