"""What is to happen to which message: expectations, answers and failures, in the order in which they were written."""

from collections.abc import Mapping
from threading import Lock
from typing import NamedTuple

from twilio_sms.errors import ValidationError
from twilio_sms.forks import tell_of_forks
from twilio_sms.simulation import differences
from twilio_sms.simulation.expectations import Expectation, UnexpectedSendError, UnmetExpectationError, Wanted
from twilio_sms.simulation.sent_message import SentMessage
from twilio_sms.simulation.simulated import Simulated

_NO_FACTS: Mapping[str, object] = {}


class Plan(NamedTuple):
    """What happens to one message: it fails, or is answered with *facts* besides the usual."""

    failure: Simulated | None = None
    facts: Mapping[str, object] = _NO_FACTS


class _Waiting(NamedTuple):
    """A failure for the next message, to *to* or to anybody."""

    failure: Simulated
    to: str | None

    def is_about(self, recipient: str) -> bool:
        return self.to in (None, recipient)


class Script:
    """The script of one mock; any number of threads may play it.

    What comes first is a failure that waits for the next message, then what an expectation says, then the answer that
    is kept for a number.
    """

    def __init__(self, *, in_order: bool, is_strict: bool) -> None:
        self._in_order = in_order
        self._is_strict = is_strict
        self._expectations: list[Expectation] = []
        self._waiting: list[_Waiting] = []
        self._answers: dict[str, Mapping[str, object]] = {}
        self._seen: list[SentMessage] = []
        self._unexpected: list[SentMessage] = []
        self.begin_anew()
        tell_of_forks(self)

    def begin_anew(self) -> None:
        """Go on from here; runs in a child process, which plays a copy of its own."""
        self._lock = Lock()

    def expect(self, wanted: Wanted) -> None:
        with self._lock:
            self._expectations.append(Expectation(wanted))

    def answer(self, to: str, facts: Mapping[str, object]) -> None:
        """Answer the last expectation with *facts* if it is about *to*, else every message to *to* from now on."""
        with self._lock:
            if self._expectations and self._expectations[-1].wanted.to == to:
                self._expectations[-1].facts = facts
            else:
                self._answers[to] = facts

    def fail(self, failure: Simulated, to: str | None, times: int) -> None:
        """Let the last expectation fail *times* times; if there is none, or not one about *to*, the next messages."""
        with self._lock:
            last = self._expectations[-1] if self._expectations else None
            if last is None or to not in (None, last.wanted.to):
                self._waiting += [_Waiting(failure, to)] * times
                return
            if failure.is_at_gate and (last.wanted.body is not None or last.wanted.body_contains is not None):
                raise ValidationError(
                    f"{failure.kind.__name__} stops a message before its text is looked at: leave the body out of "
                    "what is expected"
                )
            if len(last.failures) + times > last.wanted.times:
                raise ValidationError(
                    f"more failures than the {last.wanted.times} times that are expected: raise times= of expect_send"
                )
            last.failures.extend([failure] * times)

    def stop(self, recipient: str, sender: str | None) -> Simulated | None:
        """Return the failure of a gate that is to stop a message to *recipient* now, and count the message as come."""
        with self._lock:
            waiting = next((each for each in self._waiting if each.is_about(recipient)), None)
            expected = next((each for each in self._candidates() if each.wanted.may_be_met(recipient, sender)), None)
            if waiting is not None:
                failure: Simulated | None = waiting.failure
            else:
                failure = expected.failures[0] if expected is not None and expected.failures else None
            if failure is None or not failure.is_at_gate:
                return None
            if waiting is not None:
                self._waiting.remove(waiting)
            elif expected is not None:
                expected.failures.popleft()
            if expected is not None:
                expected.came += 1
            self._seen.append(SentMessage(to=recipient, from_=sender))
            return failure

    def take(self, sent: SentMessage) -> Plan:
        """Return what happens to *sent*; raise `UnexpectedSendError` if it is none that may come."""
        with self._lock:
            self._seen.append(sent)
            waiting = next((each for each in self._waiting if each.is_about(sent.to)), None)
            expected = next((each for each in self._candidates() if each.wanted.is_met_by(sent)), None)
            if waiting is not None:
                self._waiting.remove(waiting)
            if expected is not None:
                expected.came += 1
            if waiting is not None or expected is not None:
                return self._plan(sent, waiting, expected)
            if sent.to in self._answers or not self._is_strict:
                return Plan(None, self._answers.get(sent.to, _NO_FACTS))
            self._unexpected.append(sent)
            told = differences.unexpected(sent, self._expectations, in_order=self._in_order)
        raise UnexpectedSendError(told)

    def _plan(self, sent: SentMessage, waiting: _Waiting | None, expected: Expectation | None) -> Plan:
        if waiting is not None:
            return Plan(waiting.failure)
        assert expected is not None
        failure = expected.failures.popleft() if expected.failures else None
        return Plan(failure, expected.facts or self._answers.get(sent.to, _NO_FACTS))

    def verify(self) -> None:
        """Raise `UnmetExpectationError` unless all came that was expected, and nothing else."""
        with self._lock:
            waiting = [each.failure.kind.__name__ for each in self._waiting]
            told = differences.unmet(self._expectations, self._seen, self._unexpected, waiting)
        if told:
            raise UnmetExpectationError(told)

    def _candidates(self) -> list[Expectation]:
        """Return the expectations that the next message may meet."""
        is_open = [each for each in self._expectations if each.is_open]
        return is_open[:1] if self._in_order else is_open
