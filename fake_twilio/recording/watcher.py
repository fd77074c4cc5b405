"""Looks at messages that were made until they are final, with the credentials of who made them."""

import logging
from collections.abc import Callable
from threading import Event, Lock, Thread

from fake_twilio.domain.fate.lifecycle import Status, is_final
from fake_twilio.recording.traffic import address_of, read_sights
from fake_twilio.recording.wire import Answered, Asked, Forward, NotAnswered

_log = logging.getLogger("fake_twilio")
_PASSED_ON = frozenset({"authorization"})


class Watcher:
    """Polls by *upstream* every *interval_seconds* and tells *note* of each answer.

    *on_idle* is called whenever nothing is left to look at. Credentials stay in memory until a message is final.
    """

    def __init__(
        self,
        upstream: Forward,
        note: Callable[[Asked, Answered], None],
        interval_seconds: float,
        on_idle: Callable[[], None],
    ) -> None:
        self._upstream = upstream
        self._note = note
        self._interval_seconds = interval_seconds
        self._on_idle = on_idle
        self._watched: dict[str, Asked] = {}
        self._lock = Lock()
        self._over = Event()
        self._thread = Thread(target=self._run, name="fake-twilio-watcher", daemon=True)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is left to look at."""
        with self._lock:
            return not self._watched

    def start(self) -> None:
        self._thread.start()

    def stop(self, seconds: float) -> None:
        """Look no more; wait up to *seconds* for the look under way."""
        self._over.set()
        self._thread.join(seconds)

    def watch(self, creation: Asked, sid: str) -> None:
        """Look at the message *sid* that became of *creation* from now on."""
        headers = tuple((name, value) for name, value in creation.headers if name.lower() in _PASSED_ON)
        asked = Asked(method="GET", target=address_of(creation, sid), headers=headers)
        with self._lock:
            self._watched[sid] = asked

    def _run(self) -> None:
        while not self._over.wait(self._interval_seconds):
            with self._lock:
                watched = dict(self._watched)
            for sid, asked in watched.items():
                if not self._over.is_set() and self._looked(asked):
                    with self._lock:
                        del self._watched[sid]
            if self.is_idle:
                self._on_idle()

    def _looked(self, asked: Asked) -> bool:
        """Return whether there is nothing more to look for; what cannot be looked at is left out."""
        try:
            return self._is_over(asked)
        except Exception:  # the outermost door of this thread: the other messages are looked at
            _log.exception("a message cannot be watched")
            return True

    def _is_over(self, asked: Asked) -> bool:
        """Look once; return whether there is nothing more to come, or nothing to see."""
        try:
            answered = self._upstream.send(asked)
        except NotAnswered:
            return False
        self._note(asked, answered)
        if 400 <= answered.status < 500 and answered.status != 429:
            return True
        return any(_is_last(sight.status) for sight in read_sights(asked, answered))


def _is_last(status: Status) -> bool:
    """Whether a message stays with *status*; one that was delivered may still be read, on few channels."""
    return is_final(status) or status is Status.DELIVERED
