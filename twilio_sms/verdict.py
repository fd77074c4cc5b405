"""What a failure proves: whether Twilio can have acted on a request.

The class of an exception cannot tell «never sent» from «sent, answer lost»: a connection that was reset before the
request left and one that was reset after it raise the same chain. The phase of the wire can, and so can a complete
status line. Both are tables here, and every decision to repeat a call rests on them.
"""

from enum import Enum


class Phase(Enum):
    """How far a request had come when it ended."""

    OPENING = "opening"  # name look-up, TCP, TLS: not a byte of the request has left
    SENDING = "sending"  # a part is on its way and another is to come: the server cannot hold the whole request
    SENDING_LAST = "sending the last part"  # the kernel may have every byte
    SENT = "sent"  # the kernel has every byte; no complete status line came back
    ANSWERED = "answered"  # a complete status line came back


class Verdict(Enum):
    """What the server can have done with the request."""

    NOT_SENT = "not sent"  # proof that it was not processed
    REJECTED = "rejected"  # it was refused, finally
    ACCEPTED = "accepted"  # it was carried out
    UNKNOWN = "unknown"  # it may have been carried out


class Effect(Enum):
    """What a call does when it is made twice."""

    READ = "read"  # nothing
    CHANGE = "change"  # the same once more
    SEND = "send"  # a second message


LOST: dict[Phase, Verdict] = {
    Phase.OPENING: Verdict.NOT_SENT,
    Phase.SENDING: Verdict.NOT_SENT,
    Phase.SENDING_LAST: Verdict.UNKNOWN,
    Phase.SENT: Verdict.UNKNOWN,
}

# 429: Twilio promises that such a request "is never processed and is always safe to retry" (docs/errors/20429).
# 408, 421, 425: not processed, by their definition in RFC 9110 and RFC 8470.
NOT_PROCESSED = frozenset({408, 421, 425, 429})


def verdict_of_status(status: int) -> Verdict:
    """What a complete status line proves. No 5xx proves a thing: proxies make their own."""
    if status in NOT_PROCESSED:
        return Verdict.NOT_SENT
    if 200 <= status < 300:
        return Verdict.ACCEPTED
    if 300 <= status < 500:
        return Verdict.REJECTED
    return Verdict.UNKNOWN


def is_repeatable(verdict: Verdict, effect: Effect) -> bool:
    """Whether a call may be repeated: it provably had no effect, or has none."""
    return verdict is Verdict.NOT_SENT or (effect is Effect.READ and verdict is Verdict.UNKNOWN)
