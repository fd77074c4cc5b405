"""How many users there are at what time: ramp, spike, soak, step.

A shape is a table of stages; within one the number goes in a straight line. It is written as its name, or with settings
as ``ramp:users=50,over=30s,hold=1m``. Locust asks each second and adds or stops users at most at the rate that a second
of the stage needs.
"""

from collections.abc import Callable, Mapping
from math import ceil
from typing import NamedTuple

from fake_twilio.domain.values.durations import parse_duration
from fake_twilio.load.errors import LoadError

MOST_USERS = 100_000


class Stage(NamedTuple):
    """So long the number of users goes in a straight line from one to the other."""

    seconds: float
    begins_with: int
    ends_with: int


Shape = tuple[Stage, ...]
Settings = Mapping[str, float]


class _Kind(NamedTuple):
    """A shape that has a name: what may be set, with what it is otherwise, and how its stages follow from that."""

    settings: Mapping[str, str]  # a duration where it is one, else a count
    stages: Callable[[Settings], Shape]


def _ramp(of: Settings) -> Shape:
    users = int(of["users"])
    return Stage(of["over"], 0, users), Stage(of["hold"], users, users)


def _spike(of: Settings) -> Shape:
    """Calm, then of a sudden many, then calm again, to see what is left of it."""
    users, peak = int(of["users"]), int(of["peak"])
    return Stage(of["calm"], users, users), Stage(of["hold"], peak, peak), Stage(of["after"], users, users)


def _soak(of: Settings) -> Shape:
    """Come gently, stay long, and go gently: what grows in the middle is a leak."""
    users = int(of["users"])
    return Stage(of["over"], 0, users), Stage(of["hold"], users, users), Stage(of["over"], users, 0)


def _step(of: Settings) -> Shape:
    """So many more at each step: the last one that still meets its objectives is the limit."""
    step = int(of["users"])
    return tuple(Stage(of["hold"], step * number, step * number) for number in range(1, int(of["steps"]) + 1))


KINDS: dict[str, _Kind] = {
    "ramp": _Kind({"users": "20", "over": "30s", "hold": "30s"}, _ramp),
    "spike": _Kind({"users": "5", "peak": "50", "calm": "15s", "hold": "10s", "after": "30s"}, _spike),
    "soak": _Kind({"users": "10", "over": "10s", "hold": "10m"}, _soak),
    "step": _Kind({"users": "10", "steps": "5", "hold": "20s"}, _step),
}


def parse_shape(text: str) -> Shape:
    """Read a shape as it stands on the command line; raise `LoadError` that says what may stand there."""
    name, _, rest = text.partition(":")
    kind = KINDS.get(name.strip())
    if kind is None:
        raise LoadError(f"wanted a shape such as {_examples()}; got {text!r}")
    pairs = [_setting(part) for part in rest.split(",") if part.strip()]
    given = dict(pairs)
    if len(given) < len(pairs):
        raise LoadError(f"{name} takes each setting once, got {rest!r}: leave one out")
    if unknown := sorted(given.keys() - kind.settings.keys()):
        raise LoadError(f"{name} has no setting {', '.join(unknown)}; it has {', '.join(kind.settings)}")
    shape = kind.stages({key: _read(key, given.get(key, usual), usual) for key, usual in kind.settings.items()})
    most = max(stage.ends_with for stage in shape)
    if most > MOST_USERS:
        raise LoadError(f"{name} may have {MOST_USERS} users at most, comes to {most}: take fewer")
    return shape


def users_at(shape: Shape, seconds: float) -> int | None:
    """Return how many users there are *seconds* after the start; ``None`` when all is over."""
    begins = 0.0
    for stage in shape:
        if seconds < begins + stage.seconds:
            share = (seconds - begins) / stage.seconds
            return stage.begins_with + round(share * (stage.ends_with - stage.begins_with))
        begins += stage.seconds
    return None


def users_per_second(shape: Shape) -> int:
    """Return how fast users must come and go to follow the shape: as many as change at once, or in a second."""
    levels = [0, *(number for stage in shape for number in (stage.begins_with, stage.ends_with))]
    jumps = [abs(levels[at] - levels[at + 1]) for at in range(0, len(levels) - 1, 2)]
    slopes = [ceil(abs(stage.ends_with - stage.begins_with) / max(stage.seconds, 1)) for stage in shape]
    return max(1, *jumps, *slopes)


def _examples() -> str:
    return "; ".join(
        f"{name}:{','.join(f'{key}={value}' for key, value in kind.settings.items())}" for name, kind in KINDS.items()
    )


def _setting(part: str) -> tuple[str, str]:
    key, equals, value = part.partition("=")
    if not equals:
        raise LoadError(f"wanted a setting such as users=50 in a shape, got {part!r}")
    return key.strip(), value.strip()


def _read(key: str, text: str, usual: str) -> float:
    """Read one setting as what the usual one is: a duration or a count."""
    if usual.isdigit():
        return _count(key, text)
    try:
        return parse_duration(text)
    except ValueError as error:
        raise LoadError(f"{key}: {error}, got {text!r}") from None


def _count(key: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and 1 <= int(text) <= MOST_USERS):
        raise LoadError(f"{key}: wanted a number from 1 to {MOST_USERS}, got {text!r}")
    return int(text)
