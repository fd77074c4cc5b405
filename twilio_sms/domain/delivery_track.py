"""How far a message is, from callbacks that come late, twice, and in any order.

Each callback is an event, told from others of its message by status and error code; the same one twice is one. An event
moves the message only forward, by `RANK`: one that was overtaken is kept and moves nothing, and so does a word that is
new to us. Of two ends that contradict each other the first stays, except that what was delivered may be read. So
however the callbacks of a message are shuffled and repeated, it has the same events in the end and is as far.
"""

from datetime import datetime
from typing import NamedTuple

from twilio_sms.domain.status import FOLLOWS, RANK, Status
from twilio_sms.domain.status_update import StatusUpdate


class DeliveryEvent(NamedTuple):
    """What a callback told, and when it was seen; *carrier_time* is the carrier's own. Times are in UTC."""

    status_text: str
    error_code: int | None
    carrier_time: datetime | None
    seen_time: datetime

    @property
    def status(self) -> Status:
        """The status, `Status.UNKNOWN` for a word that is new to us."""
        return Status.parse(self.status_text)


class DeliveryTrack(NamedTuple):
    """What is known of a message: how far it is, and its events in the order in which they were seen.

    *status* is `Status.UNKNOWN` before the first event that says something. *error_code* is the first that was told.
    """

    message_sid: str
    status: Status = Status.UNKNOWN
    error_code: int | None = None
    events: tuple[DeliveryEvent, ...] = ()

    @property
    def status_text(self) -> str:
        """Twilio's word for the status; while only new words were told, the first of them, and ``""`` before."""
        if self.status is not Status.UNKNOWN or not self.events:
            return self.status.value if self.events else ""
        return self.events[0].status_text

    def after(self, update: StatusUpdate, seen_time: datetime) -> "Recorded":
        """Take what a callback for this message said, and return how it was before and is then."""
        event = DeliveryEvent(update.status_text, update.error_code, update.carrier_time, seen_time)
        if any(event[:2] == known[:2] for known in self.events):
            return Recorded(self, self)
        after = DeliveryTrack(
            self.message_sid,
            update.status if _moves(self.status, update.status) else self.status,
            self.error_code or update.error_code,
            (*self.events, event),
        )
        return Recorded(self, after)


class Recorded(NamedTuple):
    """How a message was before a callback was taken, and how it is since."""

    before: DeliveryTrack
    after: DeliveryTrack

    @property
    def is_new(self) -> bool:
        """Whether the callback told something that was not known."""
        return len(self.after.events) > len(self.before.events)


def _moves(now: Status, told: Status) -> bool:
    return told in FOLLOWS[now] if now.is_final else RANK[told] > RANK[now]
