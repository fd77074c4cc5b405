"""What happens to a message that a rule takes: one outcome, or one of several by their weights."""

from dataclasses import dataclass, field

from fake_twilio.domain.fate.chaos import Chaos
from fake_twilio.domain.fate.delays import Delay
from fake_twilio.domain.fate.draws import Draws
from fake_twilio.domain.fate.faults import LONGEST_SECONDS, Break, Fault
from fake_twilio.domain.fate.timeline import Step, Timeline


@dataclass(frozen=True, slots=True)
class Refuse:
    """The request is refused with this code of Twilio's, or with an HTTP status and no more than its phrase."""

    code: int | None = None
    status: int | None = None
    retry_after_seconds: float | None = None  # said in a header


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultPlan:
    """What is to go wrong with the connection; the times are real, since the client's socket waits in real time.

    If *is_committed*, the message is taken and will be delivered though the client never sees so.
    """

    kind: Break | None = None
    status: int = 502
    latency: Delay | None = None
    drip: Delay | None = None
    is_committed: bool = False

    def drawn(self, draws: Draws) -> Fault:
        """Return the fault with the seconds that chance says."""
        return Fault(
            kind=self.kind,
            status=self.status,
            latency_seconds=_seconds(self.latency, draws, "latency"),
            drip_seconds=_seconds(self.drip, draws, "drip"),
        )


@dataclass(frozen=True, slots=True)
class PlannedReply:
    """What the recipient answers, and how long after the message was delivered."""

    body: str
    after: Delay
    media_urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What happens: a timeline or a refusal, and what else goes wrong; what is none is as the defaults say."""

    timeline: Timeline | None = None
    refusal: Refuse | None = None
    fault: FaultPlan | None = None
    chaos: Chaos | None = None  # as the defaults say, if it is none
    reply: PlannedReply | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Outcomes with their weights: one that weighs twice as much as another happens twice as often."""

    options: tuple[tuple[float, Outcome], ...]
    total: float = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "total", sum(weight for weight, _ in self.options))

    def drawn(self, draws: Draws, name: str) -> Outcome:
        """Return the outcome that *draws* has under *name*."""
        if len(self.options) == 1:
            return self.options[0][1]
        rest = draws.fraction(name) * self.total
        for weight, outcome in self.options:
            rest -= weight
            if rest < 0:
                return outcome
        return self.options[-1][1]


def _seconds(delay: Delay | None, draws: Draws, name: str) -> float:
    return 0.0 if delay is None else min(delay.seconds(draws, name), LONGEST_SECONDS)


def always(outcome: Outcome) -> Choice:
    """Return the choice that is none."""
    return Choice(((1.0, outcome),))


def lives(*steps: Step) -> Choice:
    """Return: the message lives through these *steps*."""
    return always(Outcome(timeline=Timeline(steps)))


def refuses(code: int) -> Choice:
    """Return: the message is refused with this *code*."""
    return always(Outcome(refusal=Refuse(code)))
