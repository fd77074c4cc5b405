"""How an opt-out event is written down, and the hash that ties it to the one before.

Each row carries the SHA-256 of the row before it and its own, made over both. Whoever changes, removes or swaps a row
breaks the chain there. The hashes have no key: they show damage and careless edits. Someone who can write the whole
file can also make the chain anew, and cutting off its end leaves a whole chain; against that, keep `head` somewhere
else from time to time and compare.
"""

import hashlib
import json
from datetime import datetime
from typing import NamedTuple

from twilio_sms.domain.opt_out import OptOutEvent, State
from twilio_sms.domain.scope import Scope

COLUMNS = (
    "number",
    "scope",
    "conversation",
    "state",
    "source",
    "evidence",
    "event_time",
    "received_time",
    "actor",
    "note",
)
Record = tuple[str | None, ...]  # the texts of an event, in the order of COLUMNS
GENESIS = "0" * 64  # what the first row follows


class Link(NamedTuple):
    """One row of the chain."""

    row: int
    previous: str
    digest: str
    record: Record


def to_record(event: OptOutEvent) -> Record:
    return (
        event.number,
        event.scope.to_text(),
        event.conversation.to_text() if event.conversation else None,
        str(event.state),
        event.source,
        event.evidence,
        to_text_of_time(event.event_time),
        to_text_of_time(event.received_time),
        event.actor,
        event.note,
    )


def from_record(record: Record) -> OptOutEvent:
    """Read what `to_record` wrote; raises `ValueError` for anything else."""
    number, scope, conversation, state, source, evidence, event_time, received_time, actor, note = record
    return OptOutEvent(
        number=number or "",
        scope=Scope.parse(scope or ""),
        conversation=Scope.parse(conversation) if conversation else None,
        state=State(state or ""),
        source=source or "",
        evidence=evidence,
        event_time=datetime.fromisoformat(event_time or ""),
        received_time=datetime.fromisoformat(received_time or ""),
        actor=actor,
        note=note,
    )


def to_text_of_time(moment: datetime) -> str:
    """Return *moment* to the microsecond: ``2026-01-02T03:04:05.000000+00:00``."""
    return moment.isoformat(timespec="microseconds")


def follow(row: int, previous: str, event: OptOutEvent) -> Link:
    """Return *event* as the row after the one whose digest is *previous*."""
    record = to_record(event)
    return Link(row, previous, _digest(previous, record), record)


def is_whole(link: Link) -> bool:
    """Whether the row is what was written; whatever damage made of it is taken."""
    return all(text is None or isinstance(text, str) for text in (link.previous, *link.record)) and (
        link.digest == _digest(link.previous, link.record)
    )


class Audit:
    """Follows the chain from its first row."""

    def __init__(self) -> None:
        self.row = 1  # the one that comes next
        self._previous = GENESIS

    def passes(self, link: Link) -> bool:
        """Whether *link* is whole and is what comes next; if not, the audit stays at the row that should have come."""
        if link.row != self.row or link.previous != self._previous or not is_whole(link):
            return False
        self.row, self._previous = self.row + 1, link.digest
        return True


def _digest(previous: str, record: Record) -> str:
    text = json.dumps([previous, *record], separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
