"""What the fake remembers: messages, with indexes for every list that the API offers."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from fake_twilio.domain.message import Message

_EMPTY: list[int] = []


class Store:
    """Messages by SID and in the order of their making. Not locked: the engine holds the lock."""

    def __init__(self) -> None:
        self._messages: dict[int, Message] = {}
        self._ordinals: dict[str, int] = {}  # deleted ones too: a page token may still name them
        self._all: list[int] = []
        self._by_recipient: dict[str, list[int]] = {}

    def made(self) -> int:
        """Return how many messages were ever added."""
        return len(self._ordinals)

    def add(self, message: Message) -> None:
        """Remember a new message."""
        ordinal = len(self._ordinals)
        self._ordinals[message.sid] = ordinal
        self._messages[ordinal] = message
        self._all.append(ordinal)
        self._by_recipient.setdefault(message.to, []).append(ordinal)

    def find(self, sid: str) -> Message | None:
        """Return the message, ``None`` if there is none."""
        return self._messages.get(self._ordinals.get(sid, -1))

    def replace(self, message: Message) -> None:
        """Remember *message* instead of the one with its SID."""
        self._messages[self._ordinals[message.sid]] = message

    def remove(self, sid: str) -> None:
        """Forget a message; its place in the order stays, so that a list goes on behind it."""
        message = self._messages.pop(self._ordinals[sid])
        for index in (self._all, self._by_recipient[message.to]):
            del index[bisect_left(index, self._ordinals[sid])]

    def knows(self, sid: str) -> bool:
        """Whether there is, or was, a message with this SID."""
        return sid in self._ordinals

    def newest_first(self, *, to: str | None, older_than: str | None = None) -> Iterator[Message]:
        """Yield messages, all or those of one recipient, that were made before *older_than*."""
        index = self._index(to)
        end = len(index) if older_than is None else bisect_left(index, self._ordinals[older_than])
        for place in range(end - 1, -1, -1):
            yield self._messages[index[place]]

    def oldest_first(self, *, to: str | None = None, newer_than: str | None = None) -> Iterator[Message]:
        """Yield messages, all or those of one recipient, that were made after *newer_than*."""
        index = self._index(to)
        begin = 0 if newer_than is None else bisect_right(index, self._ordinals[newer_than])
        for place in range(begin, len(index)):
            yield self._messages[index[place]]

    def _index(self, to: str | None) -> list[int]:
        return self._all if to is None else self._by_recipient.get(to, _EMPTY)
