"""Who waits in this process, and before which bucket.

Only the first in a line asks Redis; who stands behind it would be told the same and cost a round trip each. So among
the threads of a process the order is kept. Among processes it is not: a token goes to whoever asks when it is there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from twilio_sms.resilience.limits import Claim
from twilio_sms.resilience.token_bucket import Rate
from twilio_sms.resilience.turnstile import TURN_NS

_Place = tuple[str, str]  # a limit, and which of its buckets


@dataclass(slots=True)
class _Line:
    """The tokens that each ticket waits for, and when the first of them may be served."""

    wanted: dict[int, int] = field(default_factory=dict)
    ready_ns: int = 0


@dataclass(frozen=True, slots=True)
class Wait:
    """A claim that must wait, and for how long as far as is known."""

    claim: Claim
    wait_ns: int


class Lines:
    """The lines before all buckets; one lock must guard it all. A ticket stands in one line at most."""

    def __init__(self, rates: Mapping[str, Rate]) -> None:
        self._token_ns = {name: -(-rate.grains_per_token // rate.grains_per_ns) for name, rate in rates.items()}
        self._lines: dict[_Place, _Line] = {}
        self._places: dict[int, _Place] = {}

    def before(self, claims: list[Claim], ticket: int, now_ns: int) -> Wait | None:
        """Return the claim in whose line earlier tickets stand, the one with the longest wait, if there is any."""
        waits = [wait for claim in claims if (wait := self._wait(claim, ticket, now_ns)) is not None]
        return max(waits, key=lambda wait: wait.wait_ns, default=None)

    def stand(self, ticket: int, wait: Wait, now_ns: int) -> None:
        """Stand in the line of what has to wait; what that was told of Redis, the ones behind go by too."""
        limit, bucket, tokens = wait.claim
        place = limit, bucket
        if self._places.get(ticket, place) != place:
            self.leave(ticket)
        self._places[ticket] = place
        line = self._lines.setdefault(place, _Line())
        line.wanted[ticket] = tokens
        if min(line.wanted) == ticket:
            line.ready_ns = now_ns + wait.wait_ns

    def leave(self, ticket: int) -> None:
        """Give up the place of *ticket*, if it has one."""
        place = self._places.pop(ticket, None)
        if place is None:
            return
        line = self._lines[place]
        del line.wanted[ticket]
        if not line.wanted:
            del self._lines[place]

    def __len__(self) -> int:
        return len(self._places)

    def _wait(self, claim: Claim, ticket: int, now_ns: int) -> Wait | None:
        limit, bucket, _tokens = claim
        line = self._lines.get((limit, bucket))
        ahead = sum(tokens for earlier, tokens in line.wanted.items() if earlier < ticket) if line else 0
        if line is None or not ahead:
            return None
        return Wait(claim, max(TURN_NS, line.ready_ns - now_ns + ahead * self._token_ns[limit]))
