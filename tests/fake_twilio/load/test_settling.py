"""It is waited as long as something moves, and no longer."""

from collections.abc import Iterator
from typing import Any

import pytest

from fake_twilio.load.settling import LOOK_SECONDS, STILL_SECONDS, is_settled, settle

DONE = {"messages": {"delivered": 3, "failed": 1, "undelivered": 1, "received": 2, "canceled": 1}, "webhooks": {}}


class Hand:
    """Time that passes by sleeping, and a fake that changes with it."""

    def __init__(self, *healths: dict[str, Any]) -> None:
        self.seconds = 0.0
        self._healths: Iterator[dict[str, Any]] = iter(healths)
        self._last = healths[-1]

    def now(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds

    def look(self) -> dict[str, Any]:
        return next(self._healths, self._last)


def moving(count: int, pending: int = 0) -> dict[str, Any]:
    return {"messages": {"delivered": 5, "sent": count}, "webhooks": {"ended": 5, "pending": pending}}


@pytest.mark.parametrize(
    ("health", "settled"),
    [
        (DONE, True),
        ({"messages": {}, "webhooks": {"ended": 0, "pending": 0}}, True),
        ({"messages": {"scheduled": 1}, "webhooks": {}}, True),
        ({"messages": {"sent": 1}, "webhooks": {}}, False),
        ({"messages": {"queued": 1, "delivered": 9}, "webhooks": {}}, False),
        ({"messages": {"delivered": 9}, "webhooks": {"pending": 1}}, False),
    ],
)
def test_nothing_may_be_under_way(health: dict[str, Any], settled: bool) -> None:
    assert is_settled(health) is settled


def test_it_is_waited_until_nothing_is() -> None:
    hand = Hand(moving(2), moving(1), moving(1), DONE)

    assert settle(hand.look, 60, now=hand.now, sleep=hand.sleep) == DONE
    assert hand.seconds == 3 * LOOK_SECONDS


def test_what_does_not_move_is_not_waited_for() -> None:
    hand = Hand(moving(2), moving(1))

    assert settle(hand.look, 600, now=hand.now, sleep=hand.sleep) == moving(1)
    assert hand.seconds == pytest.approx(STILL_SECONDS, abs=2 * LOOK_SECONDS)


def test_how_long_may_be_said() -> None:
    hand = Hand(moving(2), moving(1))

    settle(hand.look, 600, now=hand.now, sleep=hand.sleep, still_seconds=1)

    assert hand.seconds == pytest.approx(1, abs=2 * LOOK_SECONDS)


def test_what_moves_for_ever_is_waited_for_so_long() -> None:
    hand = Hand(*(moving(1, number) for number in range(1000)))

    settle(hand.look, 60, now=hand.now, sleep=hand.sleep)

    assert hand.seconds == pytest.approx(60, abs=2 * LOOK_SECONDS)
