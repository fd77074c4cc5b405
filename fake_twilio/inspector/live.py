"""What happens, as it happens: events for pages that are open.

A page holds one connection and with it one thread, so only so many may be open; the others ask again and again. What
changed is looked up a few times a second for all of it, so that a thousand changes cost hardly more than one.
"""

import json
from collections.abc import Callable, Iterator
from threading import BoundedSemaphore, Event
from typing import TypedDict

from fake_twilio.inspector.rows import Row, to_row
from fake_twilio.inspector.subject import Subject
from fake_twilio.inspector.tally import Tally

STREAMS = 8  # pages that hold a connection
LOOK_SECONDS = 0.2  # between two looks at what changed
HEARTBEAT_LOOKS = 50  # after so many looks without a change something is said, so that a dead page is noticed
MOST_ROWS = 100  # in one event: whoever missed more begins anew


class Changes(TypedDict):
    """What changed since the page asked; if it *is_anew*, the page is to be loaded again."""

    newest: int
    is_anew: bool
    rows: list[Row]
    gone: list[str]  # SIDs of messages that are there no more
    counts: dict[str, int]


class Held(Iterator[bytes]):
    """Chunks of an answer that hold a place until they are closed, also if none of them was ever asked for."""

    def __init__(self, chunks: Iterator[bytes], release: Callable[[], None]) -> None:
        self._chunks = chunks
        self._releases = [release]

    def __next__(self) -> bytes:
        return next(self._chunks)

    def close(self) -> None:
        """Give the place back, once."""
        while self._releases:
            self._releases.pop()()


class Live:
    """Tells pages what changed; many threads may ask."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._places = BoundedSemaphore(STREAMS)
        self._ended = Event()
        self._tally = Tally(subject)

    def changes(self, since: int) -> Changes:
        """Return what changed after *since*, a number of the feed."""
        newest = self._subject.feed.newest
        sids = self._subject.feed.since(since)
        if sids is None or len(sids) > MOST_ROWS:
            return {"newest": newest, "is_anew": True, "rows": [], "gone": [], "counts": self.counts()}
        found = [(sid, self._subject.find(sid)) for sid in sids]
        return {
            "newest": newest,
            "is_anew": False,
            "rows": [to_row(message) for _, message in found if message is not None],
            "gone": [sid for sid, message in found if message is None],
            "counts": self.counts(),
        }

    def stream(self, since: int) -> Iterator[bytes] | None:
        """Return events as long as the page is there, ``None`` if all places are taken."""
        return Held(self._events(since), self._places.release) if self._places.acquire(blocking=False) else None

    def counts(self) -> dict[str, int]:
        """Return how many messages have which status."""
        return self._tally.counts()

    def end(self) -> None:
        """Let all streams end."""
        self._ended.set()

    def _events(self, since: int) -> Iterator[bytes]:
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
