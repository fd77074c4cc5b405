"""What the fake remembers: messages up to a bound, with indexes for every list that the API offers."""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from heapq import heapify, heappop, heappush

from fake_twilio.domain.messages.message import Message
from fake_twilio.records.order import Order

BOUND = 100_000  # messages


class Store:
    """Messages by SID and in the order of their making. Not locked: the engine holds the lock.

    A full store forgets its oldest finished message for a new one. One in flight is never forgotten: if all are, the
    store grows beyond *bound* until some have finished. A message's recipient never changes, its sender only from none.
    """

    def __init__(self, bound: int = BOUND, *, note: Callable[[str], None] = lambda _sid: None) -> None:
        self._bound = bound
        self._note = note  # of each message that is new, changed or gone
        self._made = 0
        self._evicted = 0
        self._messages: dict[int, Message] = {}
        self._ordinals: dict[str, int] = {}
        self._gone: OrderedDict[str, int] = OrderedDict()  # the last *bound*: a page token may still name them
        self._finished: list[int] = []  # a heap, in which deleted ones may linger
        self._all = Order(self._messages)
        self._by_recipient: dict[str, Order] = {}
        self._by_sender: dict[str, Order] = {}

    def made(self) -> int:
        """Return how many messages were ever added."""
        return self._made

    @property
    def evicted(self) -> int:
        """How many messages were forgotten because the store was full."""
        return self._evicted

    def add(self, message: Message) -> bool:
        """Remember a new message; return whether another one was forgotten for it, for the first time."""
        had_evicted = self._evicted
        self._make_room()
        ordinal, self._made = self._made, self._made + 1
        self._ordinals[message.sid] = ordinal
        self._messages[ordinal] = message
        self._all.add(ordinal)
        self._put(self._by_recipient, message.to, ordinal)
        self._put(self._by_sender, message.sender, ordinal)
        if not message.is_in_flight:
            heappush(self._finished, ordinal)
        self._note(message.sid)
        return not had_evicted and self._evicted > 0

    def find(self, sid: str) -> Message | None:
        """Return the message, ``None`` if there is none."""
        return self._messages.get(self._ordinals.get(sid, -1))

    def replace(self, message: Message) -> None:
        """Remember *message* instead of the one with its SID."""
        ordinal = self._ordinals[message.sid]
        before, self._messages[ordinal] = self._messages[ordinal], message
        if before.sender is None:
            self._put(self._by_sender, message.sender, ordinal)
        if before.is_in_flight and not message.is_in_flight:
            heappush(self._finished, ordinal)
        self._note(message.sid)

    def remove(self, sid: str) -> None:
        """Forget a message; its place in the order is kept for a while, so that a list goes on behind it."""
        self._forget(self._ordinals[sid])
        if len(self._finished) > 2 * len(self._messages):
            self._finished = [ordinal for ordinal in self._finished if ordinal in self._messages]
            heapify(self._finished)

    def knows(self, sid: str) -> bool:
        """Whether there is a message with this SID, or was one whose place is still kept."""
        return sid in self._ordinals or sid in self._gone

    def newest_first(
        self, *, to: str | None = None, sender: str | None = None, older_than: str | None = None
    ) -> Iterator[Message]:
        """Yield messages that were made before *older_than*: all, or those that `_order` chooses."""
        for ordinal in self._order(to, sender).descending(self._place(older_than)):
            yield self._messages[ordinal]

    def oldest_first(
        self, *, to: str | None = None, sender: str | None = None, newer_than: str | None = None
    ) -> Iterator[Message]:
        """Yield messages that were made after *newer_than*: all, or those that `_order` chooses."""
        for ordinal in self._order(to, sender).ascending(self._place(newer_than)):
            yield self._messages[ordinal]

    def _order(self, to: str | None, sender: str | None) -> Order:
        """Return the shorter order of the recipient's and the sender's: it holds all that both have in common."""
        none = Order(())
        orders = [] if to is None else [self._by_recipient.get(to, none)]
        orders += [] if sender is None else [self._by_sender.get(sender, none)]
        return min(orders, key=len, default=self._all)

    def _place(self, sid: str | None) -> int | None:
        if sid is None:
            return None
        return self._ordinals[sid] if sid in self._ordinals else self._gone[sid]

    def _put(self, index: dict[str, Order], key: str | None, ordinal: int) -> None:
        if key is None:
            return
        if key not in index:
            index[key] = Order(self._messages)
        index[key].add(ordinal)

    def _make_room(self) -> None:
        while len(self._messages) >= self._bound and self._finished:
            ordinal = heappop(self._finished)
            if ordinal in self._messages:
                self._forget(ordinal)
                self._evicted += 1

    def _forget(self, ordinal: int) -> None:
        message = self._messages.pop(ordinal)
        self._gone[message.sid] = self._ordinals.pop(message.sid)
        if len(self._gone) > self._bound:
            self._gone.popitem(last=False)
        self._all.bury()
        _bury(self._by_recipient, message.to)
        _bury(self._by_sender, message.sender)
        self._note(message.sid)


def _bury(index: dict[str, Order], key: str | None) -> None:
    """Note that one message of *key* is gone; forget a key that has none left."""
    if key is None:
        return
    index[key].bury()
    if not len(index[key]):
        del index[key]
