"""Tests of where pages ask what changed."""

import pytest
import requests

from fake_twilio.fixture import FakeTwilioFixture
from tests.doubles import RECIPIENT, SENDER


@pytest.mark.parametrize("since", ["", "-1", "x", "²", "9" * 30, "1.5"])
def test_a_number_that_is_none_begins_anew(fake_twilio: FakeTwilioFixture, since: str) -> None:
    told = requests.get(f"{fake_twilio.url}/inspector/changes", {"since": since}, timeout=5).json()

    assert told["is_anew"]


def test_a_page_that_was_cut_off_goes_on_where_it_was(fake_twilio: FakeTwilioFixture) -> None:
    begun = fake_twilio.feed.newest
    fake_twilio.submit((("To", RECIPIENT), ("From", SENDER), ("Body", "one")))
    url, headers = f"{fake_twilio.url}/inspector/events?since=0", {"Last-Event-ID": str(begun)}

    with requests.get(url, headers=headers, stream=True, timeout=5) as answer:
        lines = answer.iter_lines(chunk_size=1)
        data = next(line for line in lines if line.startswith(b"data: "))

    assert b'"body": "one"' in data
