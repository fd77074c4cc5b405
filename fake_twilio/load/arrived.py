"""When a callback came to the sink, on the clock of who asks.

The sink tells how long ago it was, not at what time: two machines need not agree on the time.
"""

from collections.abc import Callable

from fake_twilio.load.errors import RequestFailed
from fake_twilio.load.kept import Kept
from fake_twilio.timing.clock import monotonic

_ONE_WAIT_SECONDS = 30.0


class Arrivals:
    """Asks one sink; for one user, as its connection."""

    def __init__(self, sink: Kept, now: Callable[[], float] = monotonic) -> None:
        self._sink = sink
        self._now = now

    def wait_for(self, sid: str, status: str, seconds: float) -> float:
        """Return when the callback of a message came, on the clock *now*, as soon as it has.

        Raises `RequestFailed` if it does not come within *seconds*, or the sink does not answer.
        """
        deadline = self._now() + seconds
        while (rest := deadline - self._now()) > 0:
            wait = min(rest, _ONE_WAIT_SECONDS)
            told = self._sink.get(f"/arrivals?sid={sid}&status={status}&wait={wait:.3f}")
            if told.status == 200:
                return self._now() - float(told.tree["seconds_ago"])
            if told.status != 404:
                raise RequestFailed(f"sink: HTTP {told.status}")
        raise RequestFailed(f"no callback {status} in time")
