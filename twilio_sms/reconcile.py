"""Looks for a message that may have been sent: accepted, not found yet, or doubtful.

Twilio's create-message call has no idempotency key, so the list is the only witness. It is asked for everything that
went to the recipient, without a filter by ``DateSent``: that is a day in GMT, and null until a message is sent.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from twilio_sms.domain.draft import Draft
from twilio_sms.domain.matching import find_candidates, is_recognisable
from twilio_sms.domain.message import Message
from twilio_sms.errors import AcceptedWithoutSidError, AmbiguousSendError, AnswerError, ValidationError
from twilio_sms.listing import MAX_PAGE_SIZE, Listing

CLOCK_SKEW = timedelta(minutes=5)  # our clock may be ahead of Twilio's
MAX_MESSAGES = 10_000  # to one recipient since the send began; beyond them nobody looks


class Finding(StrEnum):
    """What a look into the list says."""

    ACCEPTED = "accepted"  # Twilio has the message
    NOT_FOUND_YET = "not found yet"  # no proof that it was not sent: the list lags, look again later
    DOUBTFUL = "doubtful"  # several messages may be it, or it cannot be recognised


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """What was found. *candidates* are the messages that may be it, the oldest first."""

    finding: Finding
    message: Message | None = None
    candidates: tuple[Message, ...] = ()


class Reconciler:
    """Looks into the list of one account's messages."""

    def __init__(self, listing: Listing) -> None:
        self._listing = listing

    def reconcile(
        self, draft: Draft, error: AmbiguousSendError | AcceptedWithoutSidError, known_sids: Collection[str]
    ) -> Reconciliation:
        """Say what became of *draft*, whose sending ended with *error*; see `Messages.reconcile`."""
        if not isinstance(draft, Draft):
            raise ValidationError(f"draft must be one of prepare(), is {type(draft).__name__}")
        if not isinstance(error, AmbiguousSendError | AcceptedWithoutSidError) or error.started_at is None:
            raise ValidationError(
                "error must be the AmbiguousSendError or AcceptedWithoutSidError of sending the draft"
            )
        if not is_recognisable(draft):  # whatever the list holds, it cannot say
            return Reconciliation(finding=Finding.DOUBTFUL)
        candidates = tuple(
            message for message in self.candidates(draft, error.started_at, CLOCK_SKEW) if message.sid not in known_sids
        )
        return _judge(candidates)

    def candidates(self, draft: Draft, since: datetime, skew: timedelta) -> tuple[Message, ...]:
        """Return what *draft* may have become if its sending began at *since*, the oldest first."""
        return find_candidates(draft, self._recent(draft, since - skew), since, skew)

    def _recent(self, draft: Draft, oldest: datetime) -> Iterator[Message]:
        """Yield what went to the recipient, until a whole page is too old to matter.

        Raises `AnswerError` where the list goes on for too long: that nothing was found in a part of it is no answer.
        """
        too_old = seen = 0
        for message in self._listing.messages(to=draft.to.e164, page_size=MAX_PAGE_SIZE, limit=MAX_MESSAGES):
            too_old = too_old + 1 if message.date_created and message.date_created < oldest else 0
            if too_old >= MAX_PAGE_SIZE:
                return
            seen += 1
            yield message
        if seen >= MAX_MESSAGES:
            raise AnswerError(
                f"the recipient got {MAX_MESSAGES} messages since then: the list says nothing of this one"
            )


def _judge(candidates: tuple[Message, ...]) -> Reconciliation:
    if not candidates:
        return Reconciliation(finding=Finding.NOT_FOUND_YET)
    if len(candidates) > 1 or candidates[0].date_created is None:
        return Reconciliation(finding=Finding.DOUBTFUL, candidates=candidates)
    return Reconciliation(finding=Finding.ACCEPTED, message=candidates[0], candidates=candidates)
