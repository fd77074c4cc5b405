"""Webhooks that were seen, in memory: for tests, and for what may be forgotten with the process."""

from collections.abc import MutableMapping
from datetime import datetime, timedelta
from threading import Lock
from typing import TypeVar

from twilio_sms.clock import Clock, SystemClock
from twilio_sms.domain.claim import Claim, Claimed, Lease
from twilio_sms.domain.delivery_track import DeliveryTrack, Recorded
from twilio_sms.domain.status_update import StatusUpdate
from twilio_sms.forks import tell_of_forks
from twilio_sms.stores.webhook_terms import PURGED_AT_ONCE, check_claim, kept_for

V = TypeVar("V")
_Dated = tuple[datetime, V]  # when it was touched last; dicts keep the oldest first


class MemoryWebhooks:
    """The webhooks of one process; a forked child goes on with a copy of its own.

    Do not use it where a webhook must not be worked on twice: a restart forgets all. *keep_days* is 7 or more.
    """

    def __init__(self, clock: Clock | None = None, *, keep_days: float = 7) -> None:
        self._keep = kept_for(keep_days)
        self._clock = clock or SystemClock()
        self._leases: dict[str, _Dated[Lease]] = {}
        self._tracks: dict[str, _Dated[DeliveryTrack]] = {}
        self.begin_anew()
        tell_of_forks(self)

    def claim(self, key: str, lease_seconds: float) -> Claim:
        """Claim *key* for so long, unless it is done or another one works on it."""
        check_claim(key, lease_seconds)
        now = self._clock.now()
        with self._lock:
            known = self._leases.get(key)
            refusal = known[1].refusal(now) if known else None
            if refusal:
                return refusal
            lease = Lease.begin(now, lease_seconds)
            self._keep_newest(self._leases, key, lease, now)
            return Claim(Claimed.MINE, token=lease.token)

    def finish(self, key: str, answer: str) -> None:
        """Note that the work on *key* is done, and its *answer*, unless that is known."""
        now = self._clock.now()
        with self._lock:
            known = self._leases.get(key)
            if known is None or known[1].answer is None:
                self._keep_newest(self._leases, key, Lease(now, answer), now)

    def release(self, key: str, token: str = "") -> None:  # nosec B107 # whose claim it is, no secret
        """Give the claim of *key* back, with its *token* only that one."""
        with self._lock:
            known = self._leases.get(key)
            if known and known[1].answer is None and token in ("", known[1].token):
                del self._leases[key]

    def record(self, update: StatusUpdate) -> Recorded:
        """Take what a status callback said."""
        now = self._clock.now()
        with self._lock:
            known = self._tracks.get(update.message_sid)
            recorded = (known[1] if known else DeliveryTrack(update.message_sid)).after(update, now)
            if recorded.is_new:
                self._keep_newest(self._tracks, update.message_sid, recorded.after, now)
            return recorded

    def find(self, message_sid: str) -> DeliveryTrack | None:
        """Return what is known of a message."""
        with self._lock:
            known = self._tracks.get(message_sid)
            return known[1] if known else None

    def close(self) -> None:
        """Do nothing: there is nothing to close."""

    def begin_anew(self) -> None:
        self._lock = Lock()

    def _keep_newest(self, shelf: dict[str, _Dated[V]], key: str, value: V, now: datetime) -> None:
        """Put *value* at the end, and drop some of what is too old at the beginning."""
        shelf.pop(key, None)
        shelf[key] = (now, value)
        _drop_oldest(shelf, now, self._keep)


def _drop_oldest(shelf: MutableMapping[str, _Dated[V]], now: datetime, keep: timedelta) -> None:
    """Drop what is too old; what lies ahead, since the clock was set back, is kept for so long from *now* on."""
    for _ in range(PURGED_AT_ONCE):
        key, (touched, value) = next(iter(shelf.items()))
        if now - keep <= touched <= now:
            return
        del shelf[key]
        if touched > now:
            shelf[key] = (now, value)
