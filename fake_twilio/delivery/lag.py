"""How long after a status the customer had been told."""

from fake_twilio.delivery.webhook import Delivery


def lag_seconds(delivery: Delivery, changed_at: float, ended_at: float) -> float:
    """Return the seconds of the run from a status to the end of a request that told of it.

    No less than the request took: a frozen clock shows no time.
    """
    return max(delivery.seconds, ended_at - changed_at)
