"""When a callback came to the sink, on the clock of who asks.

The sink tells how long ago it was, not at what time: two machines need not agree on the time.
"""

from collections import deque
from collections.abc import Callable

from fake_twilio.load.errors import RequestFailed
from fake_twilio.load.kept import Kept
from fake_twilio.timing.clock import monotonic

_ONE_WAIT_SECONDS = 30.0


class Arrivals:
    """Asks one sink, over as many connections of *connect* as there are who wait at one time."""

    def __init__(self, connect: Callable[[], Kept], now: Callable[[], float] = monotonic) -> None:
        self._connect = connect
        self._now = now
        self._idle: deque[Kept] = deque()

    def wait_for(self, sid: str, status: str, seconds: float) -> float:
        """Return when the callback of a message came, on the clock *now*, as soon as it has.

        Raises `RequestFailed` if it does not come within *seconds*, or the sink does not answer.
        """
        sink = self._idle.pop() if self._idle else self._connect()
        try:
            return self._wait(sink, sid, status, self._now() + seconds)
        finally:
            self._idle.append(sink)

    def close(self) -> None:
        """Close the connections over which nobody waits."""
        while self._idle:
            self._idle.pop().close()

    def _wait(self, sink: Kept, sid: str, status: str, deadline: float) -> float:
        while (rest := deadline - self._now()) > 0:
            wait = min(rest, _ONE_WAIT_SECONDS)
            told = sink.get(f"/arrivals?sid={sid}&status={status}&wait={wait:.3f}")
            if "seconds_ago" in told.tree:
                return self._now() - float(told.tree["seconds_ago"])
            if told.status != 404:
                raise RequestFailed(f"sink: HTTP {told.status}")
        raise RequestFailed(f"no callback {status} in time")
