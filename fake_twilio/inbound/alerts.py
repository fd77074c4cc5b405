"""The alerts of a run, the last ones of many."""

from collections import deque
from collections.abc import Container
from threading import Lock

from fake_twilio.delivery.webhook import Delivery
from fake_twilio.domain.inbound.alert import Alert, alert_code, alert_title
from fake_twilio.domain.webhooks.signature import signed_url
from fake_twilio.timing.clock import Clock

MAX_ALERTS = 10_000


class Alerts:
    """What Twilio's debugger would show; a full ring forgets the oldest."""

    def __init__(self, clock: Clock, bound: int = MAX_ALERTS) -> None:
        self._clock = clock
        self._ring: deque[Alert] = deque(maxlen=bound)
        self._lock = Lock()

    def note(self, code: int, message_sid: str, url: str) -> None:
        """Write down that something went wrong with a message, at *url*, of which no user and password are kept."""
        at, title, shown = self._clock.now(), alert_title(code), signed_url(url)
        with self._lock:
            self._ring.append(Alert(at=at, code=code, title=title, message_sid=message_sid, url=shown))

    def judge(self, delivery: Delivery) -> None:
        """Write down what is wrong with a delivery: with the overrides in its URL, and with its answer."""
        webhook = delivery.webhook
        codes = [note.code for note in delivery.notes] + [alert_code(delivery.answer.status, delivery.failure)]
        for code in codes:
            if code is not None:
                self.note(code, webhook.message_sid, webhook.url)

    def forget(self, message_sids: Container[str]) -> None:
        """Forget what went wrong with these messages."""
        with self._lock:
            kept = [alert for alert in self._ring if alert.message_sid not in message_sids]
            self._ring.clear()
            self._ring.extend(kept)

    def all(self) -> tuple[Alert, ...]:
        """Return the alerts, the oldest first."""
        with self._lock:
            return tuple(self._ring)
