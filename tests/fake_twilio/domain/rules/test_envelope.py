"""Tests of what rules look at."""

import pytest

from fake_twilio.domain.rules.envelope import Envelope
from fake_twilio.domain.rules.rates import Kind


@pytest.mark.parametrize(
    ("body", "is_smart", "segments"),
    [("hello", False, 1), ("x" * 161, False, 2), ("\u201c" + "x" * 70, False, 2), ("\u201c" + "x" * 70, True, 1)],
)
def test_segments_are_counted_as_they_are_billed(body: str, is_smart: bool, segments: int) -> None:
    assert Envelope(to="+15551234567", sender="", body=body, is_smart=is_smart).segments == segments


@pytest.mark.parametrize(
    ("to", "country"), [("+14155551234", "US"), ("+447400123456", "GB"), ("+999", ""), ("nobody", ""), ("", "")]
)
def test_the_country_is_that_of_the_recipient(to: str, country: str) -> None:
    assert Envelope(to=to, sender="+447400123456", body="").country == country


@pytest.mark.parametrize(
    ("sender", "kind"),
    [("+14155550101", Kind.LONG_CODE), ("+18005550101", Kind.TOLL_FREE), ("12345", Kind.SHORT_CODE), ("", None)],
)
def test_the_kind_is_that_of_the_sender(sender: str, kind: Kind | None) -> None:
    assert Envelope(to="+15551234567", sender=sender, body="").sender_kind is kind
