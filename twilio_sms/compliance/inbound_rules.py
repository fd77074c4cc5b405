"""What an inbound text changes in the opt-out list.

A text that opts out counts whoever brings it. It is recorded before `receive` returns, so answer the webhook after
that, with 5xx if it raised: then Twilio can bring it again. The time of the event is when the message was made
(its ``date_created``) if that can be read, else now.

A text that opts in counts only if the webhook was signed, and only against what is older than it. A signature has no
time: an old START can be brought again years later. So the time comes from Twilio's API, and if it cannot be read, the
number stays as it is and a person is asked. It lifts only what was opted out of in the same conversation.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from twilio_sms.compliance.conversations import conversations, scope_of_stop
from twilio_sms.compliance.keywords import Intent, read_intent
from twilio_sms.compliance.opt_out_journal import OptOutJournal
from twilio_sms.compliance.opt_out_store import OptOutStore
from twilio_sms.domain.form import to_utc
from twilio_sms.domain.inbound_text import InboundText
from twilio_sms.domain.number_key import number_key
from twilio_sms.domain.opt_out import OptOutEvent, State, find_block
from twilio_sms.domain.review import Reason, Review
from twilio_sms.domain.scope import Scope
from twilio_sms.errors import ValidationError

# Twilio, "Advanced Opt-Out": ``OptOutType``; HELP says nothing of what the text may ask besides.
_INTENTS = {"STOP": Intent.OPT_OUT, "START": Intent.OPT_IN}
ReadDate = Callable[[str], datetime | None]  # the ``date_created`` of the message with this SID


class Action(StrEnum):
    """What was done with an inbound text."""

    OPTED_OUT = "opted-out"
    OPTED_IN = "opted-in"
    REVIEW = "review"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a text asked for and what was recorded; *is_new* is false if it was recorded before.

    Confirm to the recipient only what is new, so that it is confirmed once. Whether the number may be texted now is
    another question: a newer event may say otherwise.
    """

    intent: Intent
    action: Action
    is_new: bool = False


class InboundRules:
    """Reads inbound texts and records what follows."""

    def __init__(self, store: OptOutStore, journal: OptOutJournal, read_date_created: ReadDate | None) -> None:
        self._store = store
        self._journal = journal
        self._read_date_created = read_date_created
        self._reach = journal.stop_reach

    def receive(self, text: InboundText) -> Outcome:
        """Record what *text* asks for, durably; raises `OptOutUnknownError` if it cannot be recorded."""
        match _intent(text):
            case Intent.OPT_OUT:
                return self._opt_out(text)
            case Intent.OPT_IN:
                return self._opt_in(text)
            case Intent.REVIEW:
                return self._ask_a_person(text, Intent.REVIEW, Reason.DOUBTFUL)
            case intent:
                return Outcome(intent, Action.NOTHING)

    def _opt_out(self, text: InboundText) -> Outcome:
        number = _number_of(text)
        if number is None:
            return self._ask_a_person(text, Intent.OPT_OUT, Reason.NO_NUMBER)
        spoken = next(iter(_spoken(text)), None)
        moment = self._written(text) or self._journal.now_for(number)
        event = self._event(text, number, State.OPTED_OUT, moment, scope_of_stop(spoken, self._reach), spoken)
        return Outcome(Intent.OPT_OUT, Action.OPTED_OUT, is_new=self._journal.record(event) > 0)

    def _opt_in(self, text: InboundText) -> Outcome:
        number = _number_of(text)
        if number is None:
            return Outcome(Intent.OPT_IN, Action.NOTHING)
        moment = self._written(text) if text.is_signed else None
        if moment is None:
            return self._leave(text, number, Reason.UNDATED if text.is_signed else Reason.UNSIGNED)
        places = self._places(number, _spoken(text))
        events = [self._event(text, number, State.OPTED_IN, moment, *place) for place in places]
        is_new = self._journal.record(*events) > 0
        block = self._block(text, number)
        if block and (block.scope, block.conversation) not in places:
            return self._ask_a_person(text, Intent.OPT_IN, Reason.OPTED_OUT_ELSEWHERE)
        return Outcome(Intent.OPT_IN, Action.OPTED_IN, is_new)

    def _leave(self, text: InboundText, number: str, reason: Reason) -> Outcome:
        """Leave *number* as it is; if that is opted out, a person must know."""
        if self._block(text, number) is None:
            return Outcome(Intent.OPT_IN, Action.NOTHING)
        return self._ask_a_person(text, Intent.OPT_IN, reason)

    def _ask_a_person(self, text: InboundText, intent: Intent, reason: Reason) -> Outcome:
        review = Review(
            sid=text.sid,
            number=text.from_,
            to=text.to,
            body=text.body,
            reason=reason,
            received_time=self._journal.now(),
            service=text.service,
        )
        return Outcome(intent, Action.REVIEW, is_new=self._store.add_review(review))

    def _places(self, number: str, spoken: tuple[Scope, ...]) -> dict[tuple[Scope, Scope | None], None]:
        """Return the scopes that a STOP in these conversations sets, or once did, each with its conversation."""
        said = ((event.scope, event.conversation) for event in self._store.current(number))
        usual = ((scope_of_stop(conversation, self._reach), conversation) for conversation in spoken)
        return dict.fromkeys((*usual, *(place for place in said if place[1] in spoken)))

    def _block(self, text: InboundText, number: str) -> OptOutEvent | None:
        return find_block(self._store.current(number), text.to, text.service)

    def _written(self, text: InboundText) -> datetime | None:
        """Return when the message was made, or ``None`` if that cannot be read."""
        try:
            moment = self._read_date_created(text.sid) if self._read_date_created else None
            return moment and to_utc(moment)
        except Exception:  # also of a function that was handed in: no STOP must get lost by it
            return None

    def _event(
        self, text: InboundText, number: str, state: State, moment: datetime, scope: Scope, spoken: Scope | None
    ) -> OptOutEvent:
        return OptOutEvent(
            number=number,
            scope=scope,
            state=state,
            source="keyword",
            event_time=moment,
            received_time=self._journal.now(),
            evidence=text.sid,
            conversation=spoken,
        )


def _intent(text: InboundText) -> Intent:
    """Return what *text* asks for, by our words and by Twilio's own reading: who asks to stop by either, opts out.

    With Advanced Opt-Out an account has words of its own, and Twilio says as which of its own it took them.
    """
    ours, read_by_twilio = read_intent(text.body), _INTENTS.get(text.opt_out_type or "")
    return ours if ours is Intent.OPT_OUT or read_by_twilio is None else read_by_twilio


def _spoken(text: InboundText) -> tuple[Scope, ...]:
    return conversations(text.to, text.service)


def _number_of(text: InboundText) -> str | None:
    try:
        return number_key(text.from_)
    except ValidationError:
        return None
