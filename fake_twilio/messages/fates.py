"""What a scenario has in store for whom: rules that count are counted here, and chance gets its key.

A message's chance depends on the seed, its recipient and the how-manieth it is to them, and so on nothing that other
recipients do. That of a request before it is known what it asks depends on how many requests there were. Faults that
are turned up stand in front of the scenario's rules, or are laid over what those say.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from threading import Lock
from typing import TypeVar

from fake_twilio.domain.fate.draws import Draws
from fake_twilio.domain.fate.faults import REPLACES_ANSWER, Break, Fault
from fake_twilio.domain.fate.outcome import Outcome
from fake_twilio.domain.fate.timeline import Step
from fake_twilio.domain.rules.envelope import Envelope
from fake_twilio.domain.rules.scenario import Asks, Rule, Scenario
from fake_twilio.domain.twilio.errors import Faulted, Refusal
from fake_twilio.messages.faults import Faults
from fake_twilio.records.incidents import Incidents, Sort

Key = TypeVar("Key")
MANY = 200_000  # things that are counted; beyond that counting begins anew
_NOBODY = Envelope(to="", sender="", body="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What happens, by which rule (none: by the defaults), and the chance of whoever it happens to."""

    outcome: Outcome
    rule: str | None
    draws: Draws
    ordinal: int
    steps: tuple[Step, ...] = ()

    @property
    def fault(self) -> Fault | None:
        """What goes wrong with the connection, as chance says."""
        return self.outcome.fault.drawn(self.draws) if self.outcome.fault else None

    def check_stopped(self, error: Refusal | None) -> Fault | None:
        """Raise what keeps a request from being acted upon: *error*, which the outcome's refusal became, or a fault.

        Returns the fault that the answer meets all the same.
        """
        plan, fault = self.outcome.fault, self.fault
        hides = fault is not None and fault.kind in REPLACES_ANSWER and not (plan and plan.is_committed)
        if fault is not None and (hides or error is not None):
            raise Faulted(fault, error)
        if error is not None:
            raise error
        return fault


class Fates:
    """Decides for all accounts of a world; *elapsed* says how many seconds its time has run."""

    def __init__(
        self, *, seed: int, scenario: Callable[[], Scenario], elapsed: Callable[[], float], incidents: Incidents
    ) -> None:
        self._seed = seed
        self._scenario = scenario
        self._elapsed = elapsed
        self._incidents = incidents
        self._lock = Lock()
        self._since = 0.0  # when the scenario began, in elapsed seconds
        self._messages: Counter[str] = Counter()  # by recipient
        self._requests = self._answers = 0
        self.faults = Faults()  # they outlive a scenario
        self._counts: Counter[tuple[int, str]] = Counter()  # by rule, and what it counts for itself
        self._took: Counter[str | None] = Counter()  # by the name of a rule; the defaults have none

    def begin(self) -> None:
        """Begin anew for a scenario that decides from now on: its rules have counted nothing, and its time is 0."""
        with self._lock:
            self._since = self._elapsed()
            self._counts.clear()
            self._took.clear()

    def taken(self) -> dict[str | None, int]:
        """Return how often each rule was taken since the scenario began, by its name; ``None`` are the defaults."""
        with self._lock:
            return dict(self._took)

    @property
    def judges_requests(self) -> bool:
        """Whether anything is said about requests that have been read."""
        positions = self.faults.positions
        return bool(self._scenario().request_rules or positions.request_rules or positions.answer_layers)

    def of_message(self, envelope: Envelope) -> Verdict:
        """Decide about a message that is to be made."""
        scenario, positions = self._scenario(), self.faults.positions
        matching = [*positions.message_rules, *scenario.rules_for(envelope)]
        with self._lock:
            ordinal = _counted(self._messages, envelope.to)
            draws = Draws(self._seed, envelope.to, ordinal)
            rule = self._taken(matching, envelope, draws)
            self._took[rule.name if rule else None] += 1
        usual = scenario.otherwise.drawn(draws, "usual")
        outcome = _completed(rule.then.drawn(draws, "outcome"), usual) if rule else usual
        timeline = outcome.timeline
        return Verdict(
            outcome=positions.laid_over(outcome, draws),
            rule=rule.name if rule else None,
            draws=draws,
            ordinal=ordinal,
            steps=timeline.drawn(draws) if timeline else (),
        )

    def of_request(self, *, is_read: bool) -> Verdict | None:
        """Decide about a request before it is known who asks; ``None`` if no rule takes it."""
        asked = (rule for rule in self._scenario().request_rules if is_read or rule.request is Asks.ANY)
        rules = [*self.faults.positions.request_rules, *asked]
        return self._of_any(rules) if rules else None

    def of_answer(self) -> Fault | None:
        """Decide what the answer to a request meets, whatever it will be; ``None`` if nothing."""
        positions = self.faults.positions
        if not positions.answer_layers:
            return None
        with self._lock:
            self._answers += 1
            draws = Draws(self._seed, "answer", self._answers)
        return positions.of_answer(draws)

    def before_reading(self) -> Fault | None:
        """Decide about a request of which nothing has been read."""
        scenario = self._scenario()
        if not scenario.unread_rules:
            return None
        verdict = self._of_any(scenario.unread_rules)
        if verdict is None or verdict.fault is None or verdict.fault.kind is not Break.RESET_BEFORE_READING:
            return None
        self._incidents.note(Sort.FAULT, verdict.fault.kind, rule=verdict.rule)
        return verdict.fault

    def _of_any(self, rules: Iterable[Rule]) -> Verdict | None:
        with self._lock:
            self._requests += 1
            draws = Draws(self._seed, "request", self._requests)
            rule = self._taken(rules, _NOBODY, draws)
            if rule is None:
                return None
            self._took[rule.name] += 1
        return Verdict(outcome=rule.then.drawn(draws, "outcome"), rule=rule.name, draws=draws, ordinal=self._requests)

    def _taken(self, rules: Iterable[Rule], envelope: Envelope, draws: Draws) -> Rule | None:
        """Return the first rule whose turn it is; those that count and come before it have counted."""
        elapsed = self._elapsed() - self._since
        return next((rule for rule in rules if self._is_turn(rule, envelope, elapsed, draws)), None)

    def _is_turn(self, rule: Rule, envelope: Envelope, elapsed: float, draws: Draws) -> bool:
        turn = rule.when.turn
        if not turn.is_time(elapsed):
            return False
        count = _counted(self._counts, (id(rule), turn.key(envelope))) if turn.counts else 0
        return turn.takes(count, draws, f"rule {rule.name}")


def _counted(counts: Counter[Key], key: Key) -> int:
    """Count one more of *key*, and return how many there are now."""
    if len(counts) >= MANY and key not in counts:
        counts.clear()
    counts[key] += 1
    return counts[key]


def _completed(outcome: Outcome, usual: Outcome) -> Outcome:
    """Return *outcome* with what the defaults say where it says nothing: what becomes of it, and its callbacks."""
    chaos = outcome.chaos or usual.chaos
    if outcome.timeline is not None or outcome.refusal is not None:
        return replace(outcome, chaos=chaos)
    return replace(outcome, timeline=usual.timeline, refusal=usual.refusal, chaos=chaos)
