"""What a bulk gives its workers to do, and what they bring back."""

from dataclasses import dataclass
from datetime import datetime

from twilio_sms.bulk.states import State
from twilio_sms.domain.draft import Draft
from twilio_sms.domain.message import Message
from twilio_sms.errors import TwilioError
from twilio_sms.resilience.breaker_table import Outcome
from twilio_sms.resilience.guard import outcome_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """A row that is to be sent."""

    index: int
    key: str
    draft: Draft
    segments: int
    doubtful_since: datetime | None = None  # when the first try began that may have sent it, if it is sent again
    resends: int = 0  # how often this run had it sent again


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A row that may have been sent, to be looked for."""

    row: Send
    since: datetime  # when the first try began that may have sent it
    state: State  # UNKNOWN, or ACCEPTED without a SID
    settles_at: float  # on the monotonic clock: if a look that begins then finds nothing, it is not there
    rest_seconds: float  # before this look; before the next one it is twice that
    error: TwilioError | None = None  # how its sending ended, if it was in this run


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What came of a `Send`."""

    row: Send
    is_marked: bool  # whether it was INFLIGHT
    outcome: Message | TwilioError

    @property
    def is_answered(self) -> bool:
        """Whether Twilio did what it was asked, or judged it: what closes a breaker, too."""
        if isinstance(self.outcome, Message):
            return True
        return outcome_of(self.outcome.verdict, self.outcome.status) in (Outcome.SUCCESS, Outcome.REFUSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What came of a `Look`: the SID it was found by, or nothing; whether that says anything."""

    look: Look
    sid: str | None
    is_answered: bool
    began_at: float  # on the monotonic clock


@dataclass(frozen=True, slots=True)
class Undone:
    """A task that nobody began, since the bulk was stopped before."""

    task: "Task"


@dataclass(frozen=True, slots=True)
class Broken:
    """A task that ended with what is no `TwilioError`: a fault of ours, or of what was handed in."""

    error: BaseException


@dataclass(frozen=True, slots=True)
class Following:
    """A task that follows from a result, once *rest_seconds* have passed, or the pause is over that it waits for."""

    rest_seconds: float
    task: "Task"
    ends_with_pause: bool = False


Task = Send | Look
Result = Sent | Looked | Undone | Broken
