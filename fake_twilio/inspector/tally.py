"""How many messages have which status, kept up to date by what changed.

To count ten thousand messages for each change would cost every page milliseconds; so each message's last known status
is remembered, and a change moves one from one number to another. Only who missed too much counts anew.
"""

from collections import Counter
from collections.abc import Iterable
from threading import Lock

from fake_twilio.inspector.subject import Subject


class Tally:
    """Counts the messages of a fake; many threads may ask."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._lock = Lock()
        self._newest = -1  # the change up to which is counted
        self._statuses: dict[str, str] = {}
        self._counts: Counter[str] = Counter()

    def counts(self) -> dict[str, int]:
        """Return how many messages have which status, the most frequent first."""
        counted = self._newest
        newest = self._subject.feed.newest
        if newest != counted:
            self._move(counted, newest, self._changed(counted))
        with self._lock:
            return dict((+self._counts).most_common())

    def _changed(self, since: int) -> dict[str, str | None] | None:
        """Return the statuses of what changed, ``None`` for what is gone; nothing if all is to be counted anew."""
        sids = self._subject.feed.since(since)
        if sids is None:
            return None
        found = ((sid, self._subject.find(sid)) for sid in sids)
        return {sid: None if message is None else message.status.value for sid, message in found}

    def _move(self, counted: int, newest: int, changed: dict[str, str | None] | None) -> None:
        everything = _statuses_of(self._subject) if changed is None else {}
        with self._lock:
            if self._newest != counted:
                return  # somebody else was quicker; what came since is for the next who asks
            self._newest = newest
            if changed is None:
                self._statuses, self._counts = everything, Counter(everything.values())
            else:
                self._apply(changed.items())

    def _apply(self, changed: Iterable[tuple[str, str | None]]) -> None:
        for sid, status in changed:
            before = self._statuses.pop(sid, None)
            if before is not None:
                self._counts[before] -= 1
            if status is not None:
                self._statuses[sid] = status
                self._counts[status] += 1


def _statuses_of(subject: Subject) -> dict[str, str]:
    return {message.sid: message.status.value for message in subject.messages}
