"""A lag goes from the status to the end of the request."""

import pytest

from fake_twilio.delivery.lag import lag_seconds
from fake_twilio.delivery.webhook import Answer, Delivery
from tests.fake_twilio.doubles import make_webhook


@pytest.mark.parametrize(("took", "ended_at", "lag"), [(0.1, 12.5, 2.5), (0.1, 10.0, 0.1), (0.1, 10.05, 0.1)])
def test_it_is_never_shorter_than_the_request_took(took: float, ended_at: float, lag: float) -> None:
    delivery = Delivery(webhook=make_webhook(), answer=Answer(status=204, seconds=took))

    assert lag_seconds(delivery, 10.0, ended_at) == pytest.approx(lag)
