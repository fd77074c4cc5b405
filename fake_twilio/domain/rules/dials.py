"""The faults that can be turned up while an app runs, as a table.

A dial strikes a share of what it is about. Some decide what happens: a request is refused, a message is not delivered.
Those become rules in front of the scenario's own. The others are layers: an answer is slow, a callback is lost. They
are laid over what is decided without them, so that the rule of the scenario still has its way about everything else.

The names are those of the same failures in `failures`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from fake_twilio.domain.fate.chaos import Chaos, Mischief, Trick
from fake_twilio.domain.fate.delays import Fixed
from fake_twilio.domain.fate.faults import Break
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.fate.outcome import FaultPlan, Outcome, Refuse
from fake_twilio.domain.fate.timeline import Step, Timeline


class Concern(StrEnum):
    """What a dial takes its share of."""

    REQUESTS = "requests"  # every one to the API, whoever asks
    MESSAGES = "messages"  # those that are to be made
    CALLBACKS = "callbacks"  # of the messages that are made while it is turned up


@dataclass(frozen=True, slots=True)
class Dial:
    """One fault: *about* says in a sentence what it does, *then* is what happens where it strikes."""

    name: str
    concern: Concern
    about: str
    then: Outcome

    @property
    def rule_name(self) -> str:
        """What stands as the rule of a message that it took."""
        return f"fault: {self.name}"

    @property
    def is_layer(self) -> bool:
        """Whether it leaves to the scenario what happens."""
        fault = self.then.fault
        leaves_open = fault is None or fault.kind is None or fault.is_committed
        return leaves_open and self.then.timeline is None and self.then.refusal is None


def _refused(name: str, about: str, refuse: Refuse) -> Dial:
    return Dial(name, Concern.REQUESTS, about, Outcome(refusal=refuse))


def _undelivered(name: str, about: str, code: int) -> Dial:
    steps = (Step(Status.SENT, 1.0), Step(Status.UNDELIVERED, 1.0, code))
    return Dial(name, Concern.MESSAGES, about, Outcome(timeline=Timeline(steps)))


def _broken(name: str, concern: Concern, about: str, plan: FaultPlan) -> Dial:
    return Dial(name, concern, about, Outcome(fault=plan))


def _told(name: str, about: str, mischief: Mischief, trick: Trick | None = None) -> Dial:
    return Dial(name, Concern.CALLBACKS, about, Outcome(chaos=Chaos(((mischief, trick or Trick()),))))


DIALS: tuple[Dial, ...] = (
    _refused(
        "too_many_requests",
        "A request is refused with a 429 (20429), and Retry-After says 2 s.",
        Refuse(20429, retry_after_seconds=2.0),
    ),
    _refused("server_error", "A request is refused with a 500 (20500).", Refuse(20500)),
    _refused("unavailable", "A request is refused with a 503 (20503).", Refuse(20503)),
    _broken(
        "reset",
        Concern.REQUESTS,
        "The connection is reset in place of an answer, and nothing is done.",
        FaultPlan(kind=Break.RESET),
    ),
    _broken("slow_answer", Concern.REQUESTS, "The answer takes 2 s.", FaultPlan(latency=Fixed(2.0))),
    _broken(
        "commit_then_fail",
        Concern.MESSAGES,
        "The message is taken, but the connection is reset in place of the answer.",
        FaultPlan(kind=Break.RESET, is_committed=True),
    ),
    _undelivered("unreachable_handset", "The recipient's phone is off or out of reach (30003).", 30003),
    _undelivered("landline", "The recipient has a landline, or a carrier that cannot be reached (30006).", 30006),
    _undelivered("carrier_filter", "The carrier filters the message (30007).", 30007),
    _told("callback_drop", "A callback never comes.", Mischief.DROP),
    _told("callback_late", "A callback comes 30 s late.", Mischief.LATE, Trick(delay=Fixed(30.0))),
    _told("callback_duplicate", "A callback comes twice.", Mischief.DUPLICATE),
    _told("callback_disorder", "The last callback of a message comes first.", Mischief.REVERSED),
    _told("callback_bad_signature", "A callback is signed wrongly.", Mischief.BAD_SIGNATURE),
)
DIALS_BY_NAME: Mapping[str, Dial] = MappingProxyType({dial.name: dial for dial in DIALS})
