"""Tests of whoever may have signed."""

from fake_twilio.domain.webhooks.signer import AuthToken
from fake_twilio.domain.webhooks.workbench.signatory import Signatory


def test_who_signed_in_whose_place_is_said_without_a_secret() -> None:
    right, other = Signatory("the token", AuthToken("s3cret")), Signatory("a key", AuthToken("s3cond"), "it is old")

    assert other.in_place_of(right) == ("a key, in place of the token", "it is old")
    assert "s3c" not in repr((right, other))
