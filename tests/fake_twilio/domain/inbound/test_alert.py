"""Tests of the titles of alerts."""

import pytest

from fake_twilio.domain.inbound.alert import alert_title


@pytest.mark.parametrize(
    ("code", "title"),
    [
        (11200, "HTTP retrieval failure"),
        (12300, "Invalid Content-Type"),
        (21610, "Attempt to send to unsubscribed recipient"),
    ],
)
def test_an_alert_has_the_title_of_the_dictionary(code: int, title: str) -> None:
    assert alert_title(code) == title


def test_what_is_no_code_has_no_title() -> None:
    with pytest.raises(LookupError):
        alert_title(1)
