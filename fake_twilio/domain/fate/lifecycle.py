"""The life of a message as tables: what may follow what, and what is told to the customer.

Source: Twilio, "Outbound message status in status callbacks" and the Message resource.
"""

from enum import StrEnum


class Status(StrEnum):
    """Where a message is in its life."""

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


FOLLOWS: dict[Status, frozenset[Status]] = {
    Status.ACCEPTED: frozenset({Status.QUEUED, Status.FAILED}),
    Status.SCHEDULED: frozenset({Status.QUEUED, Status.CANCELED, Status.FAILED}),
    Status.QUEUED: frozenset({Status.SENDING, Status.SENT, Status.FAILED}),
    Status.SENDING: frozenset({Status.SENT, Status.FAILED}),
    Status.SENT: frozenset({Status.DELIVERED, Status.UNDELIVERED}),
    Status.DELIVERED: frozenset({Status.READ}),
    Status.RECEIVING: frozenset({Status.RECEIVED}),
    Status.UNDELIVERED: frozenset(),
    Status.FAILED: frozenset(),
    Status.CANCELED: frozenset(),
    Status.RECEIVED: frozenset(),
    Status.READ: frozenset(),
}

# A status callback tells of these; the first status of a message is never told.
REPORTED = frozenset(
    {Status.QUEUED, Status.SENT, Status.DELIVERED, Status.UNDELIVERED, Status.FAILED, Status.CANCELED, Status.READ}
)

# These come with an error code.
ERRORS = frozenset({Status.FAILED, Status.UNDELIVERED})


def may_follow(now: Status, following: Status) -> bool:
    """Whether a message may go from one status to the other."""
    return following in FOLLOWS[now]


def is_final(status: Status) -> bool:
    """Whether nothing can follow *status*."""
    return not FOLLOWS[status]
