"""How far messages are, as their status callbacks tell, and who is told of it.

A callback is written down before anybody hears of it, and each event is told once: one that comes again is not new.
Should the process die in between, it is not told again. What must not be missed is therefore read from `history`, or
done by a handler of the webhook, which a crash leaves to the next try.
"""

import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import NamedTuple, Protocol

from twilio_sms.abilities import LOGGER, METRICS, STATUS_STORE, check_parts, given_or
from twilio_sms.domain.delivery_track import DeliveryEvent, DeliveryTrack, Recorded
from twilio_sms.domain.status import Status
from twilio_sms.domain.status_update import StatusUpdate
from twilio_sms.errors import ValidationError
from twilio_sms.observability.guard import Guard
from twilio_sms.observability.meter import Meter
from twilio_sms.observability.metrics import Metrics, NullMetrics
from twilio_sms.webhooks.seen import SeenWebhooks


class StatusStore(Protocol):
    """Keeps how far messages are, for at least seven days; raises `WebhookStoreError` if it cannot."""

    def record(self, update: StatusUpdate) -> Recorded:
        """Take what a callback said as one step, whoever else does, and return how the message was and is."""

    def find(self, message_sid: str) -> DeliveryTrack | None:
        """Return what is known of a message."""


class WebhookStore(SeenWebhooks, StatusStore, Protocol):
    """Both: what a handler of webhooks needs."""


class StatusUpdated(NamedTuple):
    """What became of a callback that was taken.

    *before* is the status that was known, ``None`` if there was none, and *status* the one that is; *moved* says
    whether they differ. *is_new* is false for a callback that came again. *update* is the callback itself, which may
    tell another status: one that was overtaken, or a word that is new to us.
    """

    message_sid: str
    before: Status | None
    status: Status
    is_new: bool
    moved: bool
    update: StatusUpdate


Listener = Callable[[StatusUpdated], object]
_PARTS = {"metrics": METRICS, "logger": LOGGER}


class StatusTracker:
    """Takes status callbacks late, twice and out of order; any number of threads and processes may share a store.

    *store* is a `MemoryWebhooks`, `SqliteWebhooks` or ``RedisShared(...).webhooks()``. *listeners* are told of each new
    event once it is recorded, in the thread that took it; an error of one goes to *logger* and is ignored. *metrics*
    count the events (``twilio_delivery_status_total``). Raises `ValidationError` for a part that is none.
    """

    def __init__(
        self,
        store: StatusStore,
        *,
        listeners: Iterable[Listener] = (),
        metrics: Metrics | None = None,
        logger: logging.Logger | None = None,
    ) -> None:
        if not STATUS_STORE.fits(store):
            raise ValidationError(f"store must be {STATUS_STORE.what}, is {type(store).__name__}")
        check_parts({"metrics": metrics, "logger": logger}, _PARTS)
        self._store = store
        self._logger = logger or logging.getLogger("twilio_sms")
        self._meter = Meter(given_or(metrics, NullMetrics), Guard(self._logger))
        self._listeners: list[Listener] = []
        if not isinstance(listeners, Iterable):
            raise ValidationError(f"listeners must be a list of functions, is {type(listeners).__name__}")
        for listener in listeners:
            self.on_update(listener)

    def on_update(self, listener: Listener) -> Listener:
        """Tell *listener* of each new event from now on; returns it, so that it may stand above a function."""
        if not callable(listener):
            raise ValidationError(f"a listener must be callable, is a {type(listener).__name__}")
        self._listeners.append(listener)
        return listener

    def take(self, update: StatusUpdate) -> StatusUpdated:
        """Record what a callback said, tell of it if that is new, and return what became of it.

        Raises `WebhookStoreError` if it cannot be recorded: answer 5xx then, so that Twilio comes again.
        """
        if not isinstance(update, StatusUpdate):
            raise ValidationError(f"a tracker takes a StatusUpdate, got a {type(update).__name__}")
        told = _updated(self._store.record(update), update)
        if told.is_new:
            self._tell(told)
        return told

    def status_of(self, message_sid: str) -> Status | None:
        """Return how far a message is, ``None`` if nothing was told of it."""
        track = self.find(message_sid)
        return track.status if track else None

    def find(self, message_sid: str) -> DeliveryTrack | None:
        """Return all that is known of a message, ``None`` if nothing was told of it."""
        if not isinstance(message_sid, str):
            raise ValidationError(f"a message SID is a text, got a {type(message_sid).__name__}")
        return self._store.find(message_sid)

    def history(self, message_sid: str) -> tuple[DeliveryEvent, ...]:
        """Return the events of a message in the order in which they were seen; each only once."""
        track = self.find(message_sid)
        return track.events if track else ()

    def _tell(self, told: StatusUpdated) -> None:
        self._meter.delivery(told.update.status.value, told.update.error_code)
        for listener in tuple(self._listeners):
            try:
                listener(told)
            except Exception:  # a stranger's code: what is wrong with it must not make Twilio come again
                with suppress(Exception):  # where the log is broken, too, nobody is left to tell
                    self._logger.exception("a listener to status updates failed; it is ignored")


def _updated(recorded: Recorded, update: StatusUpdate) -> StatusUpdated:
    before, after = recorded.before, recorded.after
    return StatusUpdated(
        message_sid=update.message_sid,
        before=before.status if before.events else None,
        status=after.status,
        is_new=recorded.is_new,
        moved=after.status is not before.status,
        update=update,
    )
