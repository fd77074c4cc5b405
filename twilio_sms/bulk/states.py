"""What may become of a row of a bulk send.

A row is PENDING until it is marked INFLIGHT, which is on disk before the first byte leaves. What comes back settles
it: ACCEPTED, REJECTED, or UNKNOWN when the answer is lost. A row that was INFLIGHT when its process died is UNKNOWN,
too: the message may be out. UNKNOWN ends when its message is found, or when a person or a setting prefers a second
message to none and has the row sent again.
"""

from enum import StrEnum


class State(StrEnum):
    """Where a row stands."""

    PENDING = "PENDING"  # provably not sent
    INFLIGHT = "INFLIGHT"  # it may be on its way
    ACCEPTED = "ACCEPTED"  # Twilio has it; its SID is known, or was lost with the answer
    REJECTED = "REJECTED"  # Twilio refused it, or it could never be sent
    UNKNOWN = "UNKNOWN"  # it may have been sent
    SKIPPED = "SKIPPED"  # not sent, since the recipient opted out


FOLLOWS: dict[State, frozenset[State]] = {
    State.PENDING: frozenset(
        {
            State.INFLIGHT,  # marked
            State.REJECTED,  # no message that may be sent
            State.SKIPPED,  # opted out
        }
    ),
    State.INFLIGHT: frozenset(
        {
            State.ACCEPTED,  # a complete 2xx
            State.REJECTED,  # a refusal that is final
            State.UNKNOWN,  # the answer is lost, or the process died
            State.SKIPPED,  # opted out after the mark
            State.PENDING,  # provably not sent, or stopped by a gate
        }
    ),
    State.UNKNOWN: frozenset(
        {
            State.ACCEPTED,  # its message was found
            State.PENDING,  # sent again, on request
        }
    ),
    State.ACCEPTED: frozenset(
        {
            State.ACCEPTED,  # a SID that was lost is found, or a proof confirms or replaces a match
            State.UNKNOWN,  # a proof gives the SID that it was matched with to another row
        }
    ),
    State.REJECTED: frozenset(),
    State.SKIPPED: frozenset(),
}
