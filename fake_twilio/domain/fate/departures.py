"""Which callbacks of a message leave, when and how often: a plan, made of what it is told of and what goes wrong."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from fake_twilio.domain.fate.chaos import Arrival, Chaos, Mischief
from fake_twilio.domain.fate.draws import Draws
from fake_twilio.domain.fate.lifecycle import Status

RELAPSE_SECONDS = 1.0  # from the last callback to one that was told before
_ORDERS = frozenset({Mischief.ORDERED, Mischief.REVERSED, Mischief.SHUFFLED})
_ALTERATIONS = (Mischief.EXTRA_PARAMETERS, Mischief.MISSING_OPTIONAL, Mischief.BAD_SIGNATURE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """A callback that leaves; places are counted from 0, in the order in which the message takes its statuses."""

    place: int  # which one leaves
    after: int  # it waits for the one in this place
    occasion: int = 0  # the how-manieth time that an order names it
    at: float = 0.0  # no earlier than these seconds after the message was made
    delay: float = 0.0  # seconds on top
    times: int = 1  # never, if 0
    mischiefs: tuple[Mischief, ...] = ()

    @property
    def key(self) -> tuple[int, int]:
        """What tells it from the other departures of a message, also if the message ends otherwise than planned."""
        return self.place, self.occasion


def departures(chaos: Chaos, statuses: Sequence[Status], draws: Draws) -> tuple[Departure, ...]:
    """Return what leaves of a message that is told of *statuses*; those that become free together are in order."""
    lined_up = _lined_up(chaos, statuses, draws)
    return (
        *(_troubled(departure, statuses[departure.place], chaos, draws) for departure in lined_up),
        *_relapses(chaos, statuses, draws),
    )


def _lined_up(chaos: Chaos, statuses: Sequence[Status], draws: Draws) -> Iterator[Departure]:
    """Yield the callbacks in the order in which they leave."""
    places = range(len(statuses))
    kind = next((kind for kind, trick in chaos.tricks if kind in _ORDERS and trick.happens(kind, draws)), None)
    if kind is Mischief.ORDERED:
        return _as_given(next(trick.arrivals for it, trick in chaos.tricks if it is kind), statuses)
    if kind is Mischief.REVERSED:
        return _queue(kind, [(place, 0.0) for place in reversed(places)])
    if kind is Mischief.SHUFFLED:
        return _queue(kind, [(place, 0.0) for place in draws.shuffled("order", len(statuses))])
    return (Departure(place=place, after=place) for place in places)


def _as_given(arrivals: Iterable[Arrival], statuses: Sequence[Status]) -> Iterator[Departure]:
    """Yield what is not named, which leaves as usual, then what is, if the message takes that status."""
    named = [(statuses.index(arrival.status), arrival.at) for arrival in arrivals if arrival.status in statuses]
    for place in sorted(set(range(len(statuses))) - {place for place, _ in named}):
        yield Departure(place=place, after=place)
    yield from _queue(Mischief.ORDERED, named)


def _queue(kind: Mischief, line: list[tuple[int, float]]) -> Iterator[Departure]:
    """Yield departures each of which waits for those before it in *line*: places, and seconds since the beginning."""
    seen: list[int] = []
    for (place, at), after in zip(line, accumulate((place for place, _ in line), max), strict=True):
        occasion = seen.count(place)
        seen.append(place)
        mischiefs = ((kind,) if after > place else ()) + ((Mischief.DUPLICATE,) if occasion else ())
        yield Departure(place=place, after=after, occasion=occasion, at=at, mischiefs=mischiefs)


def _troubled(departure: Departure, status: Status, chaos: Chaos, draws: Draws) -> Departure:
    """Return the departure as chance and the tricks want it: never, late, more than once, or altered."""
    if chaos.trick(Mischief.DROP, status, draws):
        return replace(departure, times=0, mischiefs=(Mischief.DROP,))
    struck = [kind for kind in (*_ALTERATIONS, Mischief.DUPLICATE, Mischief.LATE) if chaos.trick(kind, status, draws)]
    duplicate = chaos.trick(Mischief.DUPLICATE, status, draws)
    late = chaos.trick(Mischief.LATE, status, draws)
    return replace(
        departure,
        times=duplicate.times if duplicate else 1,
        delay=late.delay.seconds(draws, f"late/{status}") if late and late.delay else 0.0,
        mischiefs=(*departure.mischiefs, *struck),
    )


def _relapses(chaos: Chaos, statuses: Sequence[Status], draws: Draws) -> Iterator[Departure]:
    """Yield a status before the last one, which is told once more after it."""
    last = len(statuses) - 1
    if last > 0 and chaos.trick(Mischief.REGRESS, statuses[last], draws):
        earlier = int(draws.fraction("regress") * last)
        yield Departure(
            place=earlier, after=last, occasion=-1, delay=RELAPSE_SECONDS, mischiefs=(Mischief.REGRESS,)
        )  # no order names it
