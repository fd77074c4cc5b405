"""What an opt-out list must be able to do, wherever it is kept."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from twilio_sms.domain.opt_out import OptOutEvent

if TYPE_CHECKING:
    from twilio_sms.domain.review import Review


class CurrentOptOuts(Protocol):
    """What can say what is known of a number now."""

    def current(self, number: str) -> tuple[OptOutEvent, ...]:
        """Return the newest event of *number* (E.164) for each scope and conversation; none for a number not known.

        Raises `OptOutUnknownError` if that cannot be read: nothing, or less than was recorded, is never an answer.
        """


class OptOutStore(CurrentOptOuts, Protocol):
    """An append-only list of the events of one brand, and the texts that wait for a person.

    Every method raises `OptOutUnknownError` if it cannot do what it says; before a message whatever `current` raises
    counts as one. What a method has recorded when it returns outlives the process, for a store that promises so.
    """

    def append(self, *events: OptOutEvent) -> int:
        """Record all of *events* or none; return how many were new, by `OptOutEvent.identity`."""

    def events(self, number: str) -> tuple[OptOutEvent, ...]:
        """Return all events of *number* (E.164) in the order of recording."""

    def all(self) -> Iterator[OptOutEvent]:
        """Yield every event in the order of recording."""

    def head(self) -> str:
        """Return a digest that stands for the whole list."""

    def verify(self) -> int | None:
        """Return the first row that is not as it was recorded, from 1, or ``None``."""

    def add_review(self, review: "Review") -> bool:
        """Put *review* on the review list; return whether its message was not there yet."""

    def reviews(self) -> "tuple[Review, ...]":
        """Return all reviews, oldest first, settled ones too."""

    def settle_review(self, sid: str, moment: datetime, actor: str | None, note: str | None) -> bool:
        """Note that *actor* settled the review of message *sid*; return whether there is an open one."""
