"""Tests of a message as a row."""

from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.inspector.rows import SHOWN_CHARACTERS, to_row
from tests.fake_twilio.doubles import SERVICE_SID, make_message


def test_a_row_is_what_a_list_shows() -> None:
    row = to_row(make_message(status=Status.FAILED, error_code=30008, media_urls=("http://x.test/a",)))

    assert (row["status"], row["error_code"], row["media"]) == ("failed", 30008, 1)


def test_a_long_text_is_cut() -> None:
    assert to_row(make_message(body="a" * 1600))["body"] == "a" * SHOWN_CHARACTERS


def test_a_service_stands_for_the_sender_that_it_has_not_chosen() -> None:
    assert to_row(make_message(sender=None, service_sid=SERVICE_SID))["sender"] == SERVICE_SID
