"""What a test expects to be sent, and how that compares with what was."""

from collections import deque
from collections.abc import Mapping
from typing import NamedTuple

from twilio_sms.simulation.sent_message import SentMessage
from twilio_sms.simulation.simulated import Simulated


class UnexpectedSendError(AssertionError):
    """A message was sent that no expectation is about."""


class UnmetExpectationError(AssertionError):
    """What was expected was not sent, or not as often."""


class Comparison(NamedTuple):
    """One field of a message beside what was wanted of it."""

    field: str
    wanted: str
    came: str | None
    is_met: bool


class Wanted(NamedTuple):
    """What a message must be like; ``None`` for what does not matter."""

    to: str
    from_: str | None = None
    body: str | None = None
    body_contains: str | None = None
    times: int = 1

    def compare(self, sent: SentMessage) -> list[Comparison]:
        """Return each field that matters, beside what came."""
        sender = sent.from_ or sent.messaging_service_sid
        body = sent.body or ""
        compared = [Comparison("to", repr(self.to), sent.to, sent.to == self.to)]
        if self.from_ is not None:
            compared.append(Comparison("from_", repr(self.from_), sender, sender == self.from_))
        if self.body is not None:
            compared.append(Comparison("body", repr(self.body), sent.body, body == self.body))
        if self.body_contains is not None:
            is_in = self.body_contains in body
            compared.append(Comparison("body", f"a text with {self.body_contains!r}", sent.body, is_in))
        return compared

    def is_met_by(self, sent: SentMessage) -> bool:
        return all(each.is_met for each in self.compare(sent))

    def may_be_met(self, recipient: str, sender: str | None) -> bool:
        """Whether a message to *recipient* from *sender* may be it, as far as a gate knows one."""
        return recipient == self.to and self.from_ in (None, sender)

    def __str__(self) -> str:
        """Return it as it was written. Whole numbers and texts: this is read by who wrote the test."""
        shown = [repr(self.to)]
        shown += [
            f"{name}={getattr(self, name)!r}"
            for name in ("from_", "body", "body_contains")
            if getattr(self, name) is not None
        ]
        return f"expect_send({', '.join([*shown, *([f'times={self.times}'] if self.times > 1 else [])])})"


class Expectation:
    """A message that is expected, what it is to be answered with, and how often it came. Belongs to a script."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.failures: deque[Simulated] = deque()
        self.facts: Mapping[str, object] | None = None
        self.came = 0

    @property
    def is_open(self) -> bool:
        """Whether more is to come."""
        return self.came < self.wanted.times
