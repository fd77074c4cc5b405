"""A bucket of tokens, and the line of those who wait before it.

Who comes gets a ticket with a growing number. A ticket in the line keeps its place whatever happens elsewhere: later
ones pass only after it passed or left, even if their own tokens are there already.
"""

from twilio_sms.resilience.token_bucket import TokenBucket

# How soon one looks again whose tokens are there, but for whom an earlier one has not yet woken to take its own.
TURN_NS = 1_000_000


class Turnstile:
    """One bucket with its line; one lock must guard it all."""

    __slots__ = ("_line", "bucket")

    def __init__(self, bucket: TokenBucket) -> None:
        self.bucket = bucket
        self._line: dict[int, int] = {}  # ticket: the tokens that it waits for

    def wait_ns(self, tokens: int, ticket: int, now_ns: int) -> int:
        """Return how long *ticket* has to wait for *tokens*, if all before it take theirs as soon as they can."""
        if not self._line:
            return self.bucket.wait_ns(tokens, now_ns)
        ahead = sum(wanted for earlier, wanted in self._line.items() if earlier < ticket)
        wait_ns = self.bucket.wait_ns(ahead + tokens, now_ns)
        return max(wait_ns, TURN_NS) if ahead else wait_ns

    def join(self, ticket: int, tokens: int) -> None:
        self._line[ticket] = tokens

    def leave(self, ticket: int) -> None:
        """Give up the place of *ticket*, if it has one."""
        self._line.pop(ticket, None)

    @property
    def waiting(self) -> int:
        """How many stand in line."""
        return len(self._line)

    def is_idle(self, now_ns: int) -> bool:
        """Whether it is as good as new, so that nothing is lost with it."""
        return not self._line and self.bucket.is_full(now_ns)
