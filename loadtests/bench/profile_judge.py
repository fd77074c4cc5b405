"""What became of a campaign, by what the fake has seen.

The judge is the fake: its list of messages says who got none and who got more than one, its log of requests says when
they came. What a client tells of itself is only held against that. Moments are seconds since the run began.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from math import ceil, inf
from typing import NamedTuple

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.records.request_log import MAX_REQUESTS

Act = tuple[str, str]  # a SID, and the status that an app was told and acted upon


class Seen(NamedTuple):
    """What the fake has seen: when requests came, when messages were asked for and made, and who got how many."""

    requests: Sequence[float]
    asked: Sequence[float]
    made: Sequence[float]
    messages: Mapping[str, str]  # the recipient of each, by its SID

    def lost(self, wanted: Iterable[str]) -> int:
        """Return how many of *wanted* got no message."""
        return len(set(wanted) - set(self.messages.values()))

    def doubled(self) -> int:
        """Return how many messages were one too many for their recipient."""
        return sum(count - 1 for count in Counter(self.messages.values()).values())

    def told_wrong(self, wanted: Iterable[str], told: Mapping[str, str | None]) -> int:
        """Return for how many of *wanted* the SID that was *told* is not that of a message to them."""
        return sum(self.messages.get(told.get(recipient) or "") != recipient for recipient in wanted)


def seen_by(fake: FakeTwilioFixture) -> Seen:
    """Return what *fake* has seen in its run; raise `OverflowError` if its log could not hold all of it."""
    requests = fake.requests
    if len(requests) == MAX_REQUESTS:
        raise OverflowError(f"the fake keeps {MAX_REQUESTS} requests, and got more: send fewer messages")
    creates = [request for request in requests if request.is_create]
    return Seen(
        requests=sorted(request.began - fake.start_moment for request in requests),
        asked=sorted(request.began - fake.start_moment for request in creates),
        made=sorted(message.created_at - fake.start_moment for message in fake.messages),
        messages={message.sid: message.to for message in fake.messages},
    )


def rate(moments: Iterable[float], begins: float, ends: float) -> float:
    """Return how many a second fell between two moments."""
    return sum(begins <= moment < ends for moment in moments) / (ends - begins)


def busiest_second(moments: Sequence[float]) -> int:
    """Return how many of *moments*, which are in order, fell into one second at most, wherever it begins."""
    most = begins = 0
    for place, moment in enumerate(moments):
        while moments[begins] <= moment - 1:
            begins += 1
        most = max(most, place + 1 - begins)
    return most


def seconds_to_rate(moments: Sequence[float], since: float, per_second: float) -> float:
    """Return how long after *since* the first second begins into which so many of *moments* fall, which are in order.

    Infinite, if there is none.
    """
    later = [moment for moment in moments if moment >= since]
    seconds = zip(later, later[ceil(per_second) - 1 :], strict=False)
    return next((first - since for first, last in seconds if last - first <= 1), inf)


def acts_missed(sids: Iterable[str], statuses: Iterable[str], acts: Mapping[Act, int]) -> int:
    """Return how many of *statuses* of each message nobody acted upon; *acts* says how often somebody did."""
    return len(set(product(sids, statuses)) - acts.keys())


def acts_again(acts: Mapping[Act, int]) -> int:
    """Return how many acts were one too many."""
    return sum(times - 1 for times in acts.values())
