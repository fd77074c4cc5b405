"""An opt-out list in memory: for tests, and for what may be forgotten with the process."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING

from twilio_sms.domain.opt_out import OptOutEvent, newest
from twilio_sms.forks import tell_of_forks
from twilio_sms.stores.opt_out_chain import GENESIS, Audit, Link, follow, from_record

if TYPE_CHECKING:
    from twilio_sms.domain.review import Review


class MemoryOptOuts:
    """The opt-outs of one brand in this process; a forked child goes on with a copy of its own.

    Do not use it to send to people: it ends with the process, and who said STOP is texted again.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._links: list[Link] = []
        self._events: dict[str, tuple[OptOutEvent, ...]] = {}
        self._reviews: dict[str, Review] = {}
        tell_of_forks(self)

    def append(self, *events: OptOutEvent) -> int:
        """Record *events*; return how many were new."""
        with self._lock:
            return sum(self._append(event) for event in events)

    def events(self, number: str) -> tuple[OptOutEvent, ...]:
        """Return all events of *number* (E.164) as they were recorded."""
        with self._lock:
            return self._events.get(number, ())

    def current(self, number: str) -> tuple[OptOutEvent, ...]:
        """Return the newest event of *number* (E.164) for each scope and conversation."""
        return newest(self.events(number))

    def all(self) -> Iterator[OptOutEvent]:
        """Yield every event in the order of recording."""
        with self._lock:
            links = tuple(self._links)
        return (from_record(link.record) for link in links)

    def head(self) -> str:
        """Return the digest of the last event."""
        with self._lock:
            return self._links[-1].digest if self._links else GENESIS

    def verify(self) -> int | None:
        """Return the first row that is not as it was recorded, or ``None``."""
        with self._lock:
            links = tuple(self._links)
        audit = Audit()
        return None if all(audit.passes(link) for link in links) else audit.row

    def add_review(self, review: "Review") -> bool:
        """Put *review* on the review list; return whether its message was not there yet."""
        with self._lock:
            return self._reviews.setdefault(review.sid, review) is review

    def reviews(self) -> "tuple[Review, ...]":
        """Return all reviews, oldest first, settled ones too."""
        with self._lock:
            return tuple(sorted(self._reviews.values(), key=lambda review: (review.received_time, review.sid)))

    def settle_review(self, sid: str, moment: datetime, actor: str | None, note: str | None) -> bool:
        """Note that *actor* settled the review of message *sid*; return whether there is an open one."""
        with self._lock:
            review = self._reviews.get(sid)
            if review is None or review.is_settled:
                return False
            self._reviews[sid] = replace(review, settled_time=moment, actor=actor, note=note)
            return True

    def begin_anew(self) -> None:
        self._lock = Lock()

    def _append(self, event: OptOutEvent) -> bool:
        known = self._events.get(event.number, ())
        if event.identity in {other.identity for other in known}:
            return False
        previous = self._links[-1].digest if self._links else GENESIS
        self._links.append(follow(len(self._links) + 1, previous, event))
        self._events[event.number] = (*known, event)
        return True
