"""How long a caller is ready to wait for its turn."""

from collections.abc import Callable
from typing import NamedTuple

from twilio_sms.errors import Evidence, LocalRateLimitError
from twilio_sms.resilience.token_bucket import NS_PER_SECOND


class Patience(NamedTuple):
    """Whether to wait, until when on the monotonic clock (in seconds; ``None``: for ever), and when to give up."""

    may_wait: bool
    deadline: float | None
    should_stop: Callable[[], bool] | None

    def check(self, limit: str, wait_ns: int, now_ns: int) -> None:
        """Raise `LocalRateLimitError` if the wait for *limit* that is known now is more than was asked for."""
        reason = self._end(now_ns + wait_ns)
        if reason:
            seconds = wait_ns / NS_PER_SECOND
            raise LocalRateLimitError(
                f"{limit} is used up: the message may leave in {seconds:.3f} s, but {reason}",
                Evidence(retry_after_seconds=seconds, repeatable=True, attempts=0),
            )

    def _end(self, ready_ns: int) -> str | None:
        if not self.may_wait:
            return "it is not to wait: repeat it then, or set on_limit='wait'"
        if self.deadline is not None and ready_ns > self.deadline * NS_PER_SECOND:
            return "its deadline is earlier: repeat it then, or give it more time"
        if self.should_stop is not None and self.should_stop():
            return "was told to stop waiting"
        return None
