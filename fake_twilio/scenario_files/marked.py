"""Strict YAML as plain values, with the place of each: what people trip over is refused, with line and column.

YAML reads ``+15551234567`` as a number, ``NO`` as false and ``1:30`` as 90; here every scalar is a text, and the
grammar says what it means. Aliases, merge keys, tags and keys that come twice are refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

MAX_BYTES = 1 << 20
MAX_DEPTH = 32
MAX_NODES = 10_000

_UNTAGGED = frozenset({"tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"})
_NOTHING = frozenset({"", "~", "null"})

Path = tuple[str | int, ...]
Value = str | None | list["Value"] | dict[str, "Value"]


class Place(NamedTuple):
    """Where something stands in its file; both count from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a file, and where: ``file:line:column: path: what was wanted``."""

    place: Place
    path: Path
    wanted: str

    def told(self, file: str) -> str:
        """Return the line that a person reads."""
        where = ".".join(str(part) for part in self.path)
        return f"{file}:{self.place.line}:{self.place.column}: {where + ': ' if where else ''}{self.wanted}"


class YamlError(Exception):
    """A file that is no strict YAML."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems)
        self.problems = problems


class Marked:
    """A value and the place of everything in it."""

    def __init__(self, value: Value, places: dict[Path, Place], keys: dict[Path, Place]) -> None:
        self.value = value
        self._places = places
        self._keys = keys

    def place(self, path: Path) -> Place:
        """Return where *path* stands, or the nearest thing around it."""
        return self._places.get(self.nearest(path), Place(1, 1))

    def nearest(self, path: Path) -> Path:
        """Return *path* as far as it leads to something that is there."""
        while path and path not in self._places:
            path = path[:-1]
        return path

    def key_place(self, path: Path) -> Place:
        """Return where the last key of *path* stands."""
        return self._keys.get(path) or self.place(path)


class _TextLoader(yaml.SafeLoader):
    """Takes every scalar for a text: no word of YAML's means something else."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML reads it from the class


def read_yaml(text: str) -> Marked:
    """Read *text*, or raise `YamlError` with everything that is wrong."""
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise YamlError([Problem(Place(1, 1), (), f"wanted at most {MAX_BYTES} bytes")])
    try:
        _check_events(text)
        node = yaml.compose(text, Loader=_TextLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
        raise YamlError([Problem(place, (), error.problem or "wanted YAML")]) from error
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        place = Place(before.count("\n") + 1, error.position - before.rfind("\n"))
        raise YamlError([Problem(place, (), f"wanted YAML: {error.reason}: #x{error.character:04x}")]) from error
    places: dict[Path, Place] = {}
    problems: list[Problem] = []
    keys: dict[Path, Place] = {}
    value = None if node is None else _Reader(places, keys, problems).read(node, ())
    if problems:
        raise YamlError(problems)
    return Marked(value, places, keys)


def _check_events(text: str) -> None:
    """Refuse what makes a small file large, before a tree of it is built."""
    depth = nodes = 0
    for event in yaml.parse(text, Loader=_TextLoader):
        if isinstance(event, yaml.AliasEvent):
            raise _refused("aliases are not allowed", event)
        if isinstance(event, yaml.NodeEvent):
            nodes += 1
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if nodes > MAX_NODES:
            raise _refused(f"wanted at most {MAX_NODES} values", event)
        if depth > MAX_DEPTH:
            raise _refused(f"wanted at most {MAX_DEPTH} levels", event)


def _refused(problem: str, event: yaml.Event) -> yaml.MarkedYAMLError:
    mark: Any = event.start_mark  # of the C parser or the Python one: the same to us
    return yaml.MarkedYAMLError(problem=problem, problem_mark=mark)


class _Reader:
    """Turns nodes into values and notes the place of each."""

    def __init__(self, places: dict[Path, Place], keys: dict[Path, Place], problems: list[Problem]) -> None:
        self._places = places
        self._keys = keys
        self._problems = problems

    def read(self, node: Node, path: Path) -> Value:
        self._places[path] = _place(node)
        if node.tag not in _UNTAGGED:
            self._problem(node, path, f"tags are not allowed: {node.tag}")
        if isinstance(node, ScalarNode):
            return None if node.style is None and node.value in _NOTHING else str(node.value)
        if isinstance(node, SequenceNode):
            return [self.read(item, (*path, index)) for index, item in enumerate(node.value)]
        return dict(self._entries(node, path))

    def _entries(self, node: Node, path: Path) -> Iterator[tuple[str, Value]]:
        assert isinstance(node, MappingNode)
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, ScalarNode) or (key.value == "<<" and key.style is None):
                self._problem(key, path, "wanted a plain name as a key")
                continue
            name = str(key.value)
            if name in seen:
                self._problem(key, (*path, name), "this key is here twice")
            seen.add(name)
            self._keys[(*path, name)] = _place(key)
            yield name, self.read(value, (*path, name))

    def _problem(self, node: Node, path: Path, wanted: str) -> None:
        self._problems.append(Problem(_place(node), path, wanted))


def _place(node: Node) -> Place:
    return Place(node.start_mark.line + 1, node.start_mark.column + 1)
