"""How long a caller is ready to wait for its turn."""

from collections.abc import Callable
from typing import NamedTuple, Self, TypedDict

from twilio_sms.errors import Evidence, LocalRateLimitError
from twilio_sms.resilience.limits import OnLimit
from twilio_sms.resilience.token_bucket import NS_PER_SECOND


class Waiting(TypedDict, total=False):
    """What a caller says about its waiting; ``None`` says nothing.

    *deadline* is in seconds of the monotonic clock; without one it waits as long as it takes. *wait* overrides the
    setting ``on_limit``. *should_stop* is asked now and then while it waits.
    """

    deadline: float | None
    wait: bool | None
    should_stop: Callable[[], bool] | None


class Patience(NamedTuple):
    """Whether to wait, until when on the monotonic clock (in seconds; ``None``: for ever), and when to give up."""

    may_wait: bool
    deadline: float | None
    should_stop: Callable[[], bool] | None

    @classmethod
    def of(
        cls,
        on_limit: OnLimit,
        *,
        deadline: float | None = None,
        wait: bool | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> Self:
        """Return the patience of who says so, where *on_limit* is the setting."""
        return cls(on_limit == "wait" if wait is None else wait, deadline, should_stop)

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
