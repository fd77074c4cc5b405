"""The statuses that a message is to take, one after the other."""

from dataclasses import dataclass, replace

from fake_twilio.domain.fate.delays import Delay
from fake_twilio.domain.fate.draws import Draws
from fake_twilio.domain.fate.lifecycle import FOLLOWS, Status, may_follow


@dataclass(frozen=True, slots=True)
class Step:
    """A status, the seconds after the one before it, and the error code it comes with.

    In a timeline of a scenario *delay* may leave the seconds to chance; a message knows them.
    """

    status: Status
    after_seconds: float
    error_code: int | None = None
    delay: Delay | None = None

    def drawn(self, draws: Draws, name: str) -> "Step":
        """Return the step with the seconds that chance says."""
        return self if self.delay is None else replace(self, after_seconds=self.delay.seconds(draws, name), delay=None)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The message is accepted and lives through these steps, from ``queued`` on."""

    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        status = Status.QUEUED
        for step in self.steps:
            if not may_follow(status, step.status):
                raise ValueError(f"{step.status} may not follow {status}{_what_may(status)}")
            status = step.status

    def drawn(self, draws: Draws) -> tuple[Step, ...]:
        """Return the steps with the seconds that chance says."""
        if all(step.delay is None for step in self.steps):
            return self.steps
        return tuple([step.drawn(draws, f"step {place}") for place, step in enumerate(self.steps)])


def _what_may(status: Status) -> str:
    """Return what may follow *status*, as the end of a sentence that says what may not."""
    following = sorted(FOLLOWS[status])
    return f"; what may is {' or '.join(following)}" if following else ", which is the end"
