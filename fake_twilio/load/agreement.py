"""Whether load, fake and sink have counted the same messages.

Three counted for themselves: Locust what was answered, the fake what it has, the sink what it was told. If the counts
agree to the message, nothing was lost, invented or done twice on the way, and the statistics speak of all of it. A
request without a good answer may have had its effect or not; by so many, and no more, the fake may have more.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from fake_twilio.domain.fate.lifecycle import REPORTED, Status, is_final

RECEIVED = Status.RECEIVED.value
_COMING_IN = frozenset({Status.RECEIVING.value, RECEIVED})
ENDS = tuple(sorted(status.value for status in REPORTED if is_final(status) or status is Status.DELIVERED))


class Asked(NamedTuple):
    """What the load knows of one kind of request: those that were answered well, and those of which nobody knows."""

    answered: int
    in_doubt: int = 0


class OfLoad(NamedTuple):
    """What Locust counted, of all workers."""

    sent: Asked
    texts: Asked  # that people sent in


class OfFake(NamedTuple):
    """What became of the messages of this load: how many have which status."""

    by_status: Mapping[str, int]
    evicted: int = 0  # forgotten by the fake for want of room; nobody knows their status any more

    @property
    def sent(self) -> int:
        """How many went out, replies included."""
        return sum(count for status, count in self.by_status.items() if status not in _COMING_IN) + self.evicted


class OfSink(NamedTuple):
    """What the sink was told in this load, each callback counted once."""

    by_status: Mapping[str, int]
    replies: int = 0  # to texts
    forgotten: int = 0


def differences(load: OfLoad, fake: OfFake, sink: OfSink) -> tuple[str, ...]:
    """Return a line for each pair of counts that do not agree; none if all do."""
    return tuple(_found(load, fake, sink))


def _found(load: OfLoad, fake: OfFake, sink: OfSink) -> Iterator[str]:
    if not _is_within(fake.sent - sink.replies, load.sent):
        yield f"sent: load {_shown(load.sent)} and {sink.replies} replies, fake {fake.sent}"
    if not fake.evicted and not _is_within(fake.by_status.get(RECEIVED, 0), load.texts):
        yield f"received: load {_shown(load.texts)}, fake {fake.by_status.get(RECEIVED, 0)}"
    if fake.evicted or sink.forgotten:
        return  # of these nobody can say any more what became of them
    for status in (*ENDS, RECEIVED):
        has, was_told = fake.by_status.get(status, 0), sink.by_status.get(status, 0)
        if has != was_told:
            yield f"{status}: fake {has}, sink {was_told}"
    if under_way := fake.sent - sum(fake.by_status.get(status, 0) for status in ENDS):
        yield f"not at their end: {under_way}"


def _is_within(count: int, asked: Asked) -> bool:
    return asked.answered <= count <= asked.answered + asked.in_doubt


def _shown(asked: Asked) -> str:
    return f"{asked.answered} (and {asked.in_doubt} in doubt)" if asked.in_doubt else f"{asked.answered}"
