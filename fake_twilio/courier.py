"""Delivers webhooks from a pool of workers: in order for each message, side by side for different ones."""

import logging
from collections import deque
from collections.abc import Callable, Container
from dataclasses import replace
from functools import partial
from threading import Condition, Event

from fake_twilio.webhooks import KEPT_ANSWER_BYTES, Answer, Delivery, Webhook
from fake_twilio.workers import Workers

Post = Callable[[Webhook], Answer]
Then = Callable[[Delivery], None]
_log = logging.getLogger("fake_twilio")
LOG_ENTRIES = 10_000


class Courier:
    """Queues webhooks, has them posted, and keeps a log of what came of each."""

    def __init__(self, workers: Workers, post: Post) -> None:
        self._workers = workers
        self._post = post
        self._queues: dict[str, deque[tuple[Webhook, Then | None]]] = {}  # by message; the first of each is under way
        self._changed = Condition()
        self._log: deque[Delivery] = deque(maxlen=LOG_ENTRIES)
        self._ended = 0
        self._closed = Event()

    def deliver(self, webhook: Webhook, then: Then | None = None) -> None:
        """Deliver *webhook* after those of the same message; returns at once.

        *then* is called with what came of it, from a worker, before the next webhook of the message leaves and before
        this one counts as ended: what it delivers itself has its turn before the courier is idle.
        """
        with self._changed:
            if self._closed.is_set():
                return
            queue = self._queues.setdefault(webhook.message_sid, deque())
            queue.append((webhook, then))
            if len(queue) == 1:
                self._workers.submit(partial(self._work, webhook, then))

    @property
    def ended(self) -> int:
        """How many deliveries have come to their end."""
        return self._ended

    def deliveries(self) -> tuple[Delivery, ...]:
        """Return what was delivered, in the order in which it ended."""
        with self._changed:
            return tuple(self._log)

    def find(self, token: str) -> Webhook:
        """Return the webhook with this token that was delivered; raise `LookupError` if the log has none."""
        for delivery in reversed(self.deliveries()):
            if delivery.webhook.token == token:
                return delivery.webhook
        raise LookupError(token)

    def forget(self, message_sids: Container[str]) -> None:
        """Let the log know nothing more of these messages; what is queued still leaves."""
        with self._changed:
            kept = [delivery for delivery in self._log if delivery.webhook.message_sid not in message_sids]
            self._log.clear()
            self._log.extend(kept)

    def pending(self) -> tuple[Webhook, ...]:
        """Return what is queued or under way."""
        with self._changed:
            return tuple(webhook for queue in self._queues.values() for webhook, _then in queue)

    def wait_until_idle(self, seconds: float) -> bool:
        """Wait until nothing is pending, at most *seconds* of real time; return whether that came about."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._queues, seconds)

    def close(self) -> tuple[Webhook, ...]:
        """Begin no further delivery; return what was not delivered, that which is under way included."""
        with self._changed:
            self._closed.set()
            dropped = [webhook for queue in self._queues.values() for webhook, _then in queue]
            self._queues.clear()
            self._changed.notify_all()
            return tuple(dropped)

    def _work(self, webhook: Webhook, then: Then | None) -> None:
        """Post one webhook, without holding the lock, then see to the next of its message."""
        if self._closed.is_set():
            return
        delivery = self._posted(webhook)
        if not self._noted(delivery):
            return
        if then is not None:
            _call(then, delivery)
        self._go_on(webhook.message_sid)

    def _posted(self, webhook: Webhook) -> Delivery:
        try:
            return Delivery(webhook=webhook, answer=self._post(webhook))
        except Exception as error:  # the outermost door of this thread: whatever it is, the queue goes on
            return Delivery(webhook=webhook, answer=Answer(error=f"{type(error).__name__}: {error}"))

    def _noted(self, delivery: Delivery) -> bool:
        """Write down what came of a webhook, unless this courier was closed meanwhile."""
        with self._changed:
            if not self._closed.is_set():
                self._log.append(replace(delivery, answer=delivery.answer.head(KEPT_ANSWER_BYTES)))
            return not self._closed.is_set()

    def _go_on(self, message_sid: str) -> None:
        """Begin the next delivery of a message, whose last one has ended."""
        with self._changed:
            if self._closed.is_set():
                return
            self._ended += 1
            queue = self._queues[message_sid]
            queue.popleft()
            if queue:
                self._workers.submit(partial(self._work, *queue[0]))
            else:
                del self._queues[message_sid]
                self._changed.notify_all()


def _call(then: Then, delivery: Delivery) -> None:
    try:
        then(delivery)
    except Exception:  # the outermost door of this thread
        _log.exception("what follows a webhook failed")
