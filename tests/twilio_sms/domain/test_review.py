"""A review tells neither the number nor the text."""

from dataclasses import replace

from tests.opt_outs import NOON
from twilio_sms.domain.review import Reason, Review

REVIEW = Review(
    sid="SM1", number="+15551234567", to="+15005550006", body="secret", reason=Reason.DOUBTFUL, received_time=NOON
)


def test_it_tells_neither_number_nor_text():
    assert repr(REVIEW) == "Review(SM1 from +1555***4567: doubtful)"


def test_it_is_settled_once_it_has_a_time():
    assert not REVIEW.is_settled
    assert replace(REVIEW, settled_time=NOON).is_settled
