"""The statuses of a message, and what may follow what.

A message that is sent goes QUEUED, SENDING, SENT, and ends as DELIVERED or UNDELIVERED, as FAILED if it never left.
With a messaging service it is ACCEPTED first, or SCHEDULED. Twilio does not tell each step, and callbacks overtake one
another: what was seen last is not always what is so. `RANK` says how far a status is, so that a message only moves
forward.

SENT may be the last word: a carrier that returns no receipt leaves it at that. Source: Twilio, "Outbound message status
in status callbacks" and the Message resource.
"""

from enum import StrEnum
from typing import Self


class Status(StrEnum):
    """Where a message is in its life. Source: Twilio's OpenAPI file, ``message_enum_status``."""

    ACCEPTED = "accepted"
    SCHEDULED = "scheduled"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    FAILED = "failed"
    CANCELED = "canceled"
    RECEIVING = "receiving"
    RECEIVED = "received"
    READ = "read"
    PARTIALLY_DELIVERED = "partially_delivered"
    UNKNOWN = "unknown"  # a word that Twilio did not have when this was written

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the status *text* names, `UNKNOWN` if it is new to us."""
        try:
            return cls(text)
        except ValueError:
            return cls("unknown")

    @property
    def is_final(self) -> bool:
        """Whether a text message ends with it; in other channels, DELIVERED may still become READ."""
        return self in FINAL

    @property
    def is_possibly_last(self) -> bool:
        """Whether it may be the last that is ever told, though more may come: SENT, and what is final."""
        return self is Status.SENT or self.is_final

    def may_become(self, other: "Status") -> bool:
        """Whether a message with this status may have the *other* one later, whatever lies between."""
        return any(following is other or following.may_become(other) for following in FOLLOWS[self])


# What may come next. Twilio leaves steps out in what it tells: SENDING, for one, is in no callback.
FOLLOWS: dict[Status, frozenset[Status]] = {
    Status.SCHEDULED: frozenset({Status.QUEUED, Status.CANCELED, Status.FAILED}),
    Status.ACCEPTED: frozenset({Status.QUEUED, Status.FAILED}),
    Status.QUEUED: frozenset({Status.SENDING, Status.SENT, Status.FAILED}),
    Status.SENDING: frozenset({Status.SENT, Status.FAILED}),
    Status.SENT: frozenset({Status.PARTIALLY_DELIVERED, Status.DELIVERED, Status.UNDELIVERED}),
    Status.PARTIALLY_DELIVERED: frozenset({Status.DELIVERED, Status.UNDELIVERED}),  # given up; Twilio never said where
    Status.DELIVERED: frozenset({Status.READ}),  # RCS and WhatsApp
    Status.READ: frozenset(),
    Status.UNDELIVERED: frozenset(),
    Status.FAILED: frozenset(),
    Status.CANCELED: frozenset(),
    Status.RECEIVING: frozenset({Status.RECEIVED}),
    Status.RECEIVED: frozenset(),
    Status.UNKNOWN: frozenset(),  # nobody knows
}

FINAL = frozenset({Status.DELIVERED, Status.READ, Status.UNDELIVERED, Status.FAILED, Status.CANCELED, Status.RECEIVED})

# How far a message is. All ends are as far: of two that contradict each other none is the later one.
RANK: dict[Status, int] = {
    Status.UNKNOWN: 0,
    Status.SCHEDULED: 1,
    Status.ACCEPTED: 1,
    Status.RECEIVING: 1,
    Status.QUEUED: 2,
    Status.SENDING: 3,
    Status.SENT: 4,
    Status.PARTIALLY_DELIVERED: 5,
    **dict.fromkeys(FINAL, 6),
}
