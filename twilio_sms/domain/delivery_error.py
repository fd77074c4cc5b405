"""Why a message was not delivered, and what to do next.

These are values, not exceptions: the call that sent the message succeeded long ago. Whether a *new* message with the
same content may get through later is `may_repeat`; the one that failed is over. Source: Twilio's error dictionary,
https://www.twilio.com/docs/api/errors. Twilio may code a cause differently one day, so a code that is not here is no
surprise: it has an advice too.
"""

from dataclasses import dataclass
from typing import NamedTuple


class Advice(NamedTuple):
    """What a sender should do; a new message may get through with nobody changing anything if it *may_repeat*."""

    may_repeat: bool | None
    text: str


@dataclass(frozen=True, slots=True)
class DeliveryError:
    """Why a message ended undelivered or failed: Twilio's *code*, such as 30003."""

    code: int

    @classmethod
    def of(cls, code: int) -> "DeliveryError":
        """Return the error of *code*, of the kind that it belongs to."""
        return KINDS.get(code, DeliveryError)(code)

    @property
    def advice(self) -> str:
        """What a sender should do next, in a sentence or two."""
        return self._advice.text

    @property
    def may_repeat(self) -> bool | None:
        """Whether a new message may get through later, with nobody changing anything; ``None`` if nobody knows."""
        return self._advice.may_repeat

    @property
    def more_info(self) -> str:
        """The address of Twilio's page about the code."""
        return f"https://www.twilio.com/docs/api/errors/{self.code}"

    @property
    def _advice(self) -> Advice:
        return _BY_CODE.get(self.code, _UNKNOWN)


class UnreachableNumber(DeliveryError):  # noqa: N818 - a value, no exception
    """The handset could not be reached (30003)."""

    __slots__ = ()


class UnknownNumber(DeliveryError):  # noqa: N818 - a value, no exception
    """There is no such number, or none any more (30005)."""

    __slots__ = ()


class CarrierRejected(DeliveryError):  # noqa: N818 - a value, no exception
    """The carrier, or the recipient with its help, blocks it (30004), or it was filtered as unwanted (30007)."""

    __slots__ = ()


class LandlineOrUnreachable(DeliveryError):  # noqa: N818 - a value, no exception
    """A landline, or a carrier that this sender does not reach (30006)."""

    __slots__ = ()


KINDS: dict[int, type[DeliveryError]] = {
    30003: UnreachableNumber,
    30004: CarrierRejected,
    30005: UnknownNumber,
    30006: LandlineOrUnreachable,
    30007: CarrierRejected,
}

_UNKNOWN = Advice(may_repeat=None, text="Look the code up at Twilio before you send again.")

# A new message may get through, with nobody changing anything.
MAY_PASS_LATER: dict[str, frozenset[int]] = {
    "The phone may be off or out of range: try again in some hours, a few times at most.": frozenset({30003}),
    "Send more slowly, and this one again later.": frozenset({30001, 30017, 30022}),
    "The day's share is used up: send again after midnight, US Pacific time.": frozenset({30023, 30027}),
    "The cause is not known: try once more later.": frozenset({30008}),
    "Twilio was in trouble: try again later.": frozenset({20504, 30020, 30021, 30410, 30500}),
    "The sender is being set up: try again in some minutes.": frozenset({30035}),
    "It waited in the queue for too long: send again, with a longer validity_period.": frozenset({30036}),
    "It looked like fraud and is blocked for minutes to hours: find out who asks for it.": frozenset(
        {30450, 30453, 30485}
    ),
}

# The same message would fail again.
NEEDS_A_CHANGE: dict[str, frozenset[int]] = {
    "Do not send to this number from here: it or its carrier refuses you.": frozenset({30004}),
    "Take the number off your list: nobody has it.": frozenset({30005}),
    "Send no texts to this number: call it, or ask for a mobile one.": frozenset({30006}),
    "Do not repeat it, which harms the sender: change the text, its links, or who gets it.": frozenset({30007}),
    "Send nothing until the recipient texts START.": frozenset({21610}),
    "Whether it arrived is not known: a second one may be a duplicate.": frozenset({30046}),
    "Register or verify the sender with Twilio, or use another one.": frozenset(
        {30018, 30024, 30032, 30034, 30040, 30041, 30042}
    ),
    "Send from a number of the recipient's own country.": frozenset({30043}),
    "A person must set the account right: it is suspended, blocked or a trial.": frozenset(
        {30002, 30033, 30037, 30044, 30454}
    ),
    "Send less: a text without media, or smaller ones.": frozenset({30011, 30019}),
    "Slow down: this only warns of a share that is nearly used up.": frozenset({30025, 30026}),
    "Set validity_period to what Twilio allows.": frozenset({30045}),
    "Raise the maximum price, or give none.": frozenset({30010}),
    "It came in and was dropped: ask its sender for it once more.": frozenset({30009, 30038, 30039}),
    "Correct the recipient's number, or leave it out.": frozenset({21211, 21612, 21614}),
    "Give the messaging service a sender that reaches this recipient.": frozenset({21703, 21704}),
}

_BY_CODE = {
    code: Advice(may_repeat, text)
    for may_repeat, advice in ((True, MAY_PASS_LATER), (False, NEEDS_A_CHANGE))
    for text, codes in advice.items()
    for code in codes
}
