"""How far each dial is turned, and what that does.

Of the dials that decide about the same things one at most strikes, so their shares add up: with 30 % refused as 429 and
20 % as 500, half of the requests go through. A rule only sees what those before it left, and so its probability is its
share of that. Where the shares are more than the whole, the dials that come first in the table have theirs.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from fake_twilio.domain.fate.chaos import CALM, Chaos, Mischief, Trick
from fake_twilio.domain.fate.draws import Draws
from fake_twilio.domain.fate.faults import REPLACES_ANSWER, Fault
from fake_twilio.domain.fate.outcome import FaultPlan, Outcome, always
from fake_twilio.domain.rules.conditions import When
from fake_twilio.domain.rules.dials import DIALS, DIALS_BY_NAME, Concern, Dial
from fake_twilio.domain.rules.scenario import Asks, Rule
from fake_twilio.domain.rules.turns import Turn


class Layer(NamedTuple):
    """What an answer may meet whatever is decided about its request, and how likely."""

    plan: FaultPlan
    name: str
    share: float

    def strikes(self, draws: Draws) -> bool:
        """Return whether it does."""
        return draws.happens(self.name, self.share)


@dataclass(frozen=True)
class Positions:
    """The shares by the names of their dials, above 0 and up to 1, in the order of the table; the others are off."""

    shares: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))

    def turned(self, name: str, share: float) -> "Positions":
        """Return these with one dial turned to *share*; raise `ValueError` for what is no dial, or no share."""
        if not isinstance(name, str) or name not in DIALS_BY_NAME:
            raise ValueError(f"wanted a fault that can be turned up ({', '.join(DIALS_BY_NAME)}), not {name!r:.60}")
        if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 1:
            raise ValueError(f"wanted a share from 0 to 1, such as 0.2 for 20 %, not {share!r:.60}")
        turned = {**self.shares, name: float(share)}
        return Positions(MappingProxyType({dial.name: turned[dial.name] for dial in DIALS if turned.get(dial.name)}))

    @cached_property
    def request_rules(self) -> tuple[Rule, ...]:
        """What stands in front of the scenario's rules about requests."""
        return tuple(_rules(self._on(Concern.REQUESTS, is_layer=False), Asks.ANY))

    @cached_property
    def message_rules(self) -> tuple[Rule, ...]:
        """What stands in front of the scenario's rules about messages."""
        return tuple(_rules(self._on(Concern.MESSAGES, is_layer=False), Asks.CREATE))

    @cached_property
    def answer_layers(self) -> tuple[Layer, ...]:
        """What the answer to any request may meet."""
        return tuple(_layers(self._on(Concern.REQUESTS, is_layer=True)))

    def of_answer(self, draws: Draws) -> Fault | None:
        """Return what the answer to a request meets, whatever is decided about it."""
        return next((layer.plan.drawn(draws) for layer in self.answer_layers if layer.strikes(draws)), None)

    def laid_over(self, outcome: Outcome, draws: Draws) -> Outcome:
        """Return the outcome of a message, with what is laid over it; what is in it already comes first."""
        if self._tricks:
            tricks = (outcome.chaos or CALM).tricks + self._tricks
            outcome = replace(outcome, chaos=Chaos(tricks))
        for layer in self._message_layers:
            if _has_answer(outcome) and layer.strikes(draws):
                outcome = replace(outcome, fault=_as_slow(layer.plan, outcome.fault))
        return outcome

    @cached_property
    def _tricks(self) -> tuple[tuple[Mischief, Trick], ...]:
        layers = self._on(Concern.CALLBACKS, is_layer=True)
        dealt = ((dial.then.chaos or CALM, share) for dial, share in layers)
        return tuple((kind, replace(it, probability=share)) for chaos, share in dealt for kind, it in chaos.tricks)

    @cached_property
    def _message_layers(self) -> tuple[Layer, ...]:
        return tuple(_layers(self._on(Concern.MESSAGES, is_layer=True)))

    def _on(self, concern: Concern, *, is_layer: bool) -> Iterator[tuple[Dial, float]]:
        turned = ((DIALS_BY_NAME[name], share) for name, share in self.shares.items())
        return ((dial, share) for dial, share in turned if dial.concern is concern and dial.is_layer is is_layer)


ALL_OFF = Positions()


def _rules(turned: Iterator[tuple[Dial, float]], asks: Asks) -> Iterator[Rule]:
    left = 1.0
    for dial, share in turned:
        if left <= 0:
            return
        turn = Turn(probability=min(share / left, 1.0))
        yield Rule(dial.rule_name, When(turn=turn), always(dial.then), asks)
        left -= share


def _layers(turned: Iterator[tuple[Dial, float]]) -> Iterator[Layer]:
    return (Layer(dial.then.fault, dial.rule_name, share) for dial, share in turned if dial.then.fault is not None)


def _has_answer(outcome: Outcome) -> bool:
    """Whether a message is taken and its answer, be it slow or damaged, comes."""
    is_hidden = outcome.fault is not None and outcome.fault.kind in REPLACES_ANSWER
    return outcome.refusal is None and not is_hidden


def _as_slow(plan: FaultPlan, other: FaultPlan | None) -> FaultPlan:
    """Return *plan*, no sooner than *other* would have been there."""
    return plan if other is None else replace(plan, latency=other.latency, drip=other.drip)
