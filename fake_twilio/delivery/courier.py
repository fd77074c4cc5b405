"""Delivers webhooks from a pool of workers: in order for each message, side by side for different ones."""

import logging
from collections import deque
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from threading import Condition, Event, Lock

from fake_twilio.delivery.lanes import Lanes
from fake_twilio.delivery.webhook import Answer, Delivery, Webhook
from fake_twilio.delivery.workers import Workers
from fake_twilio.domain.values.logged import printable
from fake_twilio.domain.webhooks.retries import Failure

Try = Callable[[Webhook], Iterator[Delivery]]  # each request when it has ended; the last one is what came of it
Then = Callable[[Delivery], None]
_log = logging.getLogger("fake_twilio")
_REFUSED = 400  # from this status on
LOG_ENTRIES = 10_000
BOUND = 100_000  # webhooks that wait or are under way
PER_TARGET = 8  # webhooks that are under way to one scheme, host and port; a redirect does not count for its new place


@dataclass(frozen=True, slots=True)
class _Parcel:
    """A webhook, and whom to tell what came of it."""

    webhook: Webhook
    then: Then | None


class Courier:
    """Queues webhooks, has them delivered, and keeps a log of what came of each request."""

    def __init__(
        self,
        workers: Workers,
        attempts: Try,
        bound: int = BOUND,
        *,
        note: Callable[[str], None] = lambda _sid: None,
        now: Callable[[], float | None] = lambda: None,
    ) -> None:
        self._workers = workers
        self._note = note  # of each message of which a request ended
        self._now = now  # the run's time, at which it did
        self._attempts = attempts
        self._bound = bound
        self._queues: dict[str, deque[_Parcel]] = {}  # by message; the first of each has begun
        self._lanes: Lanes[_Parcel] = Lanes(PER_TARGET)
        self._open = 0
        self._changed = Condition(Lock())
        self._log: deque[Delivery] = deque(maxlen=LOG_ENTRIES)
        self._written = self._forgotten_at = 0  # lines of the log, ever; how many there were at the last forgetting
        self._log_lock = Lock()  # of its own: whoever writes a line waits for nobody who plans
        self._ended = 0
        self._closed = Event()

    def deliver(self, webhook: Webhook, then: Then | None = None) -> None:
        """Deliver *webhook* after those of the same message; returns at once.

        *then* is called once, after the last attempt, with what came of it and the whole answer: from a worker, before
        the next webhook of the message leaves and before this one counts as ended, so that what it delivers itself has
        its turn before the courier is idle. If too many are waiting, the webhook is logged as unsent and never leaves.
        """
        parcel = _Parcel(webhook, then)
        with self._changed:
            if self._closed.is_set():
                return
            if is_full := self._open >= self._bound:
                self._ended += 1
            may_begin = not is_full and self._lined_up(parcel)
        if is_full:
            self._turn_away(parcel)
        if may_begin:
            self._workers.submit(partial(self._work, parcel))

    @property
    def is_asked_from_webhook(self) -> bool:
        """Whether who asks is an app of this process that takes a webhook right now."""
        return self._workers.is_own_thread

    @property
    def ended(self) -> int:
        """How many deliveries have come to their end."""
        return self._ended

    def deliveries(self) -> tuple[Delivery, ...]:
        """Return what was requested, in the order in which it ended."""
        with self._log_lock:
            return tuple(self._log)

    def since(self, mark: int) -> tuple[int, tuple[Delivery, ...]]:
        """Return a new mark, and what ended since an earlier one; 0 is the beginning.

        Each request is told once to who asks with the mark that came last. What has left the log is not told, and
        neither is what is older than a `forget`.
        """
        with self._log_lock:
            fresh = min(self._written - max(mark, self._forgotten_at), len(self._log))
            newest = tuple(islice(reversed(self._log), max(0, fresh)))
            return self._written, newest[::-1]

    def find(self, token: str) -> Webhook:
        """Return the webhook with this token as it was first delivered; raise `LookupError` if the log has none.

        What was brought once more has the same token, and perhaps another signature.
        """
        for delivery in self.deliveries():
            if delivery.webhook.token == token:
                return delivery.webhook
        raise LookupError(token)

    def forget(self, message_sids: Container[str]) -> None:
        """Let the log know nothing more of these messages; what is queued still leaves."""
        with self._log_lock:
            kept = [delivery for delivery in self._log if delivery.webhook.message_sid not in message_sids]
            self._log.clear()
            self._log.extend(kept)
            self._forgotten_at = self._written

    def pending(self) -> tuple[Webhook, ...]:
        """Return what is queued or under way."""
        with self._changed:
            return self._undelivered()

    def wait_until_idle(self, seconds: float) -> bool:
        """Wait until nothing is pending, at most *seconds* of real time; return whether that came about."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._queues, seconds)

    def wait_for(self, message_sid: str, seconds: float) -> bool:
        """Wait until nothing of one message is pending, at most *seconds* of real time; return whether that came."""
        with self._changed:
            return self._changed.wait_for(lambda: message_sid not in self._queues, seconds)

    def close(self) -> tuple[Webhook, ...]:
        """Begin no further request; return what was not delivered, that which is under way included."""
        with self._changed:
            self._closed.set()
            dropped = self._undelivered()
            self._queues.clear()
            self._changed.notify_all()
            return dropped

    def _undelivered(self) -> tuple[Webhook, ...]:
        return tuple(parcel.webhook for queue in self._queues.values() for parcel in queue)

    def _lined_up(self, parcel: _Parcel) -> bool:
        """Put a parcel behind those of its message; return whether it may begin at once."""
        self._open += 1
        queue = self._queues.setdefault(parcel.webhook.message_sid, deque())
        queue.append(parcel)
        return len(queue) == 1 and self._lanes.enter(parcel.webhook.origin, parcel)

    def _turn_away(self, parcel: _Parcel) -> None:
        """Log that a parcel will not leave; who waits for it hears of it from a worker, as of any other."""
        error = f"not sent: {self._bound} webhooks are waiting"
        unsent = Delivery(webhook=parcel.webhook, answer=Answer(error=error, failure=Failure.UNSENT))
        self._noted(unsent)
        if parcel.then is not None:
            self._workers.submit(partial(_call, parcel.then, unsent))

    def _work(self, first: _Parcel) -> None:
        """Deliver one webhook after the other, without holding a lock, as long as one waits for its turn."""
        parcel: _Parcel | None = first
        while parcel is not None:
            last = self._delivered(parcel.webhook)
            if last is None:
                return
            if parcel.then is not None:
                _call(parcel.then, last)
            parcel = self._next_after(parcel.webhook)

    def _delivered(self, webhook: Webhook) -> Delivery | None:
        """Make the attempts; return the last request, ``None`` if this courier was closed before."""
        last: Delivery | None = None
        try:
            if self._closed.is_set():
                return None
            for last in self._attempts(webhook):
                if not self._noted(last):
                    return None
        except Exception as error:  # the outermost door of this thread: whatever it is, the queue goes on
            last = Delivery(webhook=webhook, answer=Answer(error=f"{type(error).__name__}: {error}"))
            return last if self._noted(last) else None
        return last

    def _noted(self, delivery: Delivery) -> bool:
        """Write down what came of a request, unless this courier was closed meanwhile."""
        kept = delivery.noted(self._now())
        with self._log_lock:
            if self._closed.is_set():
                return False
            self._log.append(kept)
            self._written += 1
        self._note(kept.webhook.message_sid)
        _tell(kept)
        return True

    def _next_after(self, webhook: Webhook) -> _Parcel | None:
        """Return what this worker delivers next, now that *webhook* has ended.

        The target has room for one that waits, and the next of the message may leave: if so, another worker has one.
        """
        with self._changed:
            if self._closed.is_set():
                return None
            self._ended += 1
            self._open -= 1
            following = self._lanes.leave(webhook.origin)
            successor = self._successor(webhook.message_sid)
            if successor is None or not self._lanes.enter(successor.webhook.origin, successor):
                return following
        if following is not None:
            self._workers.submit(partial(self._work, following))
        return successor

    def _successor(self, message_sid: str) -> _Parcel | None:
        """Return the next webhook of a message, of which one has ended."""
        queue = self._queues[message_sid]
        queue.popleft()
        if queue:
            return queue[0]
        del self._queues[message_sid]
        self._changed.notify_all()
        return None


def _tell(delivery: Delivery) -> None:
    """Log a request that the app refused or that did not reach it: whoever waits for its answer looks here first."""
    answer = delivery.answer
    if delivery.failure is None and (answer.status or 0) < _REFUSED:
        return
    came = answer.status if delivery.failure is None else f"{delivery.failure}: {printable(answer.error or '')}"
    _log.info("webhook %s %s -> %s", delivery.method, printable((delivery.request or delivery.webhook).shown_url), came)


def _call(then: Then, delivery: Delivery) -> None:
    try:
        then(delivery)
    except Exception:  # the outermost door of this thread
        _log.exception("what follows a webhook failed")
