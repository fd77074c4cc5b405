"""Strict YAML as plain values, with the place of each: what people trip over is refused, with line and column.

YAML reads ``+15551234567`` as a number, ``NO`` as false and ``1:30`` as 90; here every scalar is a text, and the
grammar says what it means. Aliases, merge keys, tags, directives and keys that come twice are refused. The file is
read once, event by event: what would make a small file large is refused before it is built.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from fake_twilio.scenario_files.characters import check_characters
from fake_twilio.scenario_files.events import QuickLoader, read_events
from fake_twilio.scenario_files.problems import MOST_PROBLEMS, Path, Place, Problem, YamlError

MAX_DEPTH = 32
MAX_NODES = 60_000  # some 1,700 rules; all of them wrong still stays under a second and 200 MiB

_NOTHING = frozenset({"", "~", "null"})

Value = str | None | list["Value"] | dict[str, "Value"]


class Spot(NamedTuple):
    """The marks of a value and of its key, and the spots of what is in it."""

    mark: Any  # of the C parser or the Python one: the same to us
    inside: Any = None  # a dict or a list of spots
    key_mark: Any = None


class Marked:
    """A value and the place of everything in it."""

    def __init__(self, value: Value, spot: Spot | None, *, values: int = 0, characters: int = 0) -> None:
        self.value = value
        self.values = values  # how many there are, keys included
        self.characters = characters
        self._spot = spot

    def place(self, path: Path) -> Place:
        """Return where *path* stands, or the nearest thing around it."""
        _, spot = self._walked(path)
        return _place(spot.mark) if spot else Place(1, 1)

    def nearest(self, path: Path) -> Path:
        """Return *path* as far as it leads to something that is there."""
        return path[: self._walked(path)[0]]

    def key_place(self, path: Path) -> Place:
        """Return where the last key of *path* stands, or the nearest thing around it."""
        depth, spot = self._walked(path)
        return _place(spot.key_mark) if spot and spot.key_mark and depth == len(path) else self.place(path)

    def _walked(self, path: Path) -> tuple[int, Spot | None]:
        """Return how many parts of *path* there are, and the spot of the last one."""
        spot = self._spot
        for depth, part in enumerate(path):
            try:
                spot = spot.inside[part] if spot else None
            except (LookupError, TypeError):
                return depth, spot
        return len(path), spot


def read_yaml(text: str, loader: Any = QuickLoader) -> Marked:
    """Read *text*, or raise `YamlError` with everything that is wrong."""
    return _Reader(read_events(check_characters(text), loader), len(text)).read()


class _Reader:
    """Turns events into values and spots."""

    def __init__(self, events: Iterator[Any], characters: int) -> None:
        self._events = events
        self._characters = characters
        self._nodes = 0
        self._path: list[str | int] = []
        self._problems: list[Problem] = []

    def read(self) -> Marked:
        value, spot = None, None
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _refused("wanted one document", event)
                value, spot = self._node(next(self._events), 1)
        if self._problems:
            raise YamlError(self._problems)
        return Marked(value, spot, values=self._nodes, characters=self._characters)

    def _node(self, event: Any, depth: int, key_mark: Any = None) -> tuple[Value, Spot]:
        self._count(event, depth)
        if event.tag is not None:
            self._problem(event, tuple(self._path), f"tags are not allowed: {event.tag}")
        if isinstance(event, yaml.ScalarEvent):
            value = None if not event.style and event.value in _NOTHING else event.value
            return value, Spot(event.start_mark, None, key_mark)
        inside = self._list if isinstance(event, yaml.SequenceStartEvent) else self._dict
        values, spots = inside(depth + 1)
        return values, Spot(event.start_mark, spots, key_mark)

    def _count(self, event: Any, depth: int) -> None:
        """Refuse what makes a small file large."""
        if isinstance(event, yaml.AliasEvent):
            raise _refused("aliases are not allowed", event)
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise _refused(f"wanted at most {MAX_NODES} values", event)
        if depth > MAX_DEPTH and isinstance(event, yaml.CollectionStartEvent):
            raise _refused(f"wanted at most {MAX_DEPTH} levels", event)

    def _list(self, depth: int) -> tuple[Value, list[Spot]]:
        values: list[Value] = []
        spots = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            self._path.append(len(values))
            value, spot = self._node(event, depth)
            self._path.pop()
            values.append(value)
            spots.append(spot)
        return values, spots

    def _dict(self, depth: int) -> tuple[Value, dict[str, Spot]]:
        values: dict[str, Value] = {}
        spots: dict[str, Spot] = {}
        while not isinstance(key := next(self._events), yaml.MappingEndEvent):
            name = self._key(key, depth)
            if name is None:
                self._node(next(self._events), depth)
                continue
            self._path.append(name)
            if name in values:
                self._problem(key, tuple(self._path), "this key is here twice")
            values[name], spots[name] = self._node(next(self._events), depth, key.start_mark)
            self._path.pop()
        return values, spots

    def _key(self, event: Any, depth: int) -> str | None:
        """Read a key; what is no name is told, and its value belongs to nothing."""
        self._node(event, depth)
        if isinstance(event, yaml.ScalarEvent) and (event.value != "<<" or event.style):
            return str(event.value)
        self._problem(event, tuple(self._path), "wanted a plain name as a key")
        return None

    def _problem(self, event: Any, path: Path, wanted: str) -> None:
        self._problems.append(Problem(_place(event.start_mark), path, wanted))
        if len(self._problems) >= MOST_PROBLEMS:
            raise YamlError(self._problems)


def _refused(wanted: str, event: Any) -> YamlError:
    return YamlError([Problem(_place(event.start_mark), (), wanted)])


def _place(mark: Any) -> Place:
    return Place(mark.line + 1, mark.column + 1)
