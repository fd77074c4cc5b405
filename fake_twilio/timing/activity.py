"""Who is being answered at the moment, so that time can wait until nobody is at work."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Condition
from typing import Any

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]
READS = frozenset({"GET", "HEAD"})


class Activity:
    """Counts the requests that are being answered; while the time moves, new ones wait at the door."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._changed = Condition()
        self._under_way = 0
        self._is_held = False
        self._is_closed = False
        self._last_work = monotonic()

    @contextmanager
    def request(self, *, is_work: bool) -> Iterator[None]:
        """Count a request for as long as it is answered; after one that *is_work* the quiet begins anew.

        One that only reads is none: a loop that polls without a pause would hold the time up for ever.
        """
        with self._changed:
            self._changed.wait_for(lambda: not self._is_held)
            self._under_way += 1
        try:
            yield
        finally:
            with self._changed:
                self._under_way -= 1
                if is_work:
                    self._last_work = self._monotonic()
                self._changed.notify_all()

    def note_work(self) -> None:
        """Let the quiet begin anew."""
        with self._changed:
            self._last_work = self._monotonic()

    @contextmanager
    def stillness(self, quiet_seconds: float, patience_seconds: float) -> Iterator[bool]:
        """Wait until no request is being answered and none worked for *quiet_seconds*; no other begins meanwhile.

        Requests that follow each other without such a pause are waited for during *patience_seconds*, then the first
        moment without one will do. Gives ``False`` if there is nothing to wait for any more.
        """
        is_still = self._hold(quiet_seconds, self._monotonic() + patience_seconds)
        try:
            yield is_still
        finally:
            with self._changed:
                self._is_held = False
                self._changed.notify_all()

    def close(self) -> None:
        """Let nobody wait for stillness any more."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    def _hold(self, quiet_seconds: float, deadline: float) -> bool:
        with self._changed:
            while not self._is_closed:
                rest = min(self._last_work + quiet_seconds, deadline) - self._monotonic()
                if rest <= 0 and not self._under_way:
                    self._is_held = True
                    return True
                self._changed.wait(rest if rest > 0 else None)
            return False


class CountedRequests:
    """A WSGI application that counts the requests to *application* in the *activity* of the moment, if there is one."""

    def __init__(self, application: Application, activity: Callable[[], Activity | None]) -> None:
        self._application = application
        self._activity = activity

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        activity = self._activity()
        if activity is None:
            return self._application(environ, start_response)
        with activity.request(is_work=environ["REQUEST_METHOD"] not in READS):
            return self._application(environ, start_response)
