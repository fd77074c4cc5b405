"""Waiting until a fake has nothing under way: only then can counts agree.

A message that is on its way will still be told of, and a webhook that is under way is counted by nobody yet. Messages
may be planned for a day from now, so it is waited for as long as something changes, and for a time of its own at most.
"""

from collections.abc import Callable

from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.load.agreement import ENDS, RECEIVED
from fake_twilio.load.counting import Told

LOOK_SECONDS = 0.25
STILL_SECONDS = 10.0  # without a change: what has not moved for so long is planned for later

_LATER = Status.SCHEDULED.value


def is_settled(health: Told) -> bool:
    """Whether every message has come to its end, or is planned for later, and no webhook is under way."""
    moving = [status for status in health.get("messages", {}) if status not in (*ENDS, RECEIVED, _LATER)]
    return not moving and not health.get("webhooks", {}).get("pending", 0)


def settle(
    look: Callable[[], Told],
    patience_seconds: float,
    *,
    now: Callable[[], float],
    sleep: Callable[[float], object],
    still_seconds: float = STILL_SECONDS,
) -> Told:
    """Look until a fake is settled, or has not changed for *still_seconds*, or the time is up; return what was seen."""
    began = changed_at = now()
    seen = look()
    while not is_settled(seen) and now() - began < patience_seconds and now() - changed_at < still_seconds:
        sleep(LOOK_SECONDS)
        before, seen = seen, look()
        if _moving_part(before) != _moving_part(seen):
            changed_at = now()
    return seen


def _moving_part(health: Told) -> tuple[object, object]:
    return health.get("messages"), health.get("webhooks")
