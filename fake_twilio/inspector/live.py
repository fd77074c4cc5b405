"""What happens, as it happens: events for pages that are open.

A page holds one connection and with it one thread, so only so many may be open; the others ask again and again. What
changed is looked up a few times a second for all of it, so that a thousand changes cost hardly more than one.
"""

import json
from collections.abc import Iterator
from threading import BoundedSemaphore, Event, Lock
from typing import TypedDict

from fake_twilio.inspector.listing import counts_of
from fake_twilio.inspector.rows import Row, to_row
from fake_twilio.inspector.subject import Subject

STREAMS = 8  # pages that hold a connection
LOOK_SECONDS = 0.2  # between two looks at what changed
HEARTBEAT_LOOKS = 50  # after so many looks without a change something is said, so that a dead page is noticed
MOST_ROWS = 100  # in one event: whoever missed more begins anew


class Changes(TypedDict):
    """What changed since the page asked; if it *is_anew*, the page is to be loaded again."""

    newest: int
    is_anew: bool
    rows: list[Row]
    counts: dict[str, int]


class Live:
    """Tells pages what changed; many threads may ask."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._places = BoundedSemaphore(STREAMS)
        self._ended = Event()
        self._lock = Lock()
        self._counted: tuple[int, dict[str, int]] = (-1, {})

    def changes(self, since: int) -> Changes:
        """Return what changed after *since*, a number of the feed."""
        newest = self._subject.feed.newest
        sids = self._subject.feed.since(since)
        if sids is None or len(sids) > MOST_ROWS:
            return {"newest": newest, "is_anew": True, "rows": [], "counts": self.counts()}
        found = [message for sid in sids if (message := self._subject.find(sid)) is not None]
        is_anew = len(found) < len(sids)  # some were forgotten
        return {"newest": newest, "is_anew": is_anew, "rows": list(map(to_row, found)), "counts": self.counts()}

    def stream(self, since: int) -> Iterator[bytes] | None:
        """Return events as long as the page is there, ``None`` if all places are taken."""
        return self._events(since) if self._places.acquire(blocking=False) else None

    def counts(self) -> dict[str, int]:
        """Return how many messages have which status; counted once for each change, whoever asks."""
        newest = self._subject.feed.newest
        with self._lock:
            if self._counted[0] != newest:
                self._counted = (newest, counts_of(self._subject.messages))
            return self._counted[1]

    def end(self) -> None:
        """Let all streams end."""
        self._ended.set()

    def _events(self, since: int) -> Iterator[bytes]:
        try:
            yield b"retry: 2000\n\n"
            quiet = 0
            while not self._ended.is_set():
                if self._subject.feed.newest != since:
                    changes = self.changes(since)
                    since, quiet = changes["newest"], 0
                    yield f"id: {since}\ndata: {json.dumps(changes)}\n\n".encode()
                elif (quiet := quiet + 1) % HEARTBEAT_LOOKS == 0:
                    yield b": still here\n\n"
                self._ended.wait(LOOK_SECONDS)
        finally:
            self._places.release()
