"""A scenario file together with the files that it includes, and with its variables filled in.

Lists are joined, the file's own entries first; of anything else the file's own counts, then that of the first that it
includes. A variable is written ``${name}``, and has the value that was set from outside, else that of ``vars``; it is
filled in once, so that a value with ``${other}`` in it stays as it is. ``$${name}`` is the text ``${name}``.
All files together may be as large as one, and variables may add as much again.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from fake_twilio.scenario_files.characters import MAX_BYTES
from fake_twilio.scenario_files.marked import MAX_NODES, Marked, Value
from fake_twilio.scenario_files.problems import MOST_PROBLEMS, Path, Place, Problem

MAX_FILES = 32
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}", re.ASCII)
_VARIABLE = re.compile(r"\$(\$?)\{([A-Za-z_][A-Za-z0-9_]{0,63})\}", re.ASCII)
_OF_EACH_FILE = ("include", "vars")


class Source(NamedTuple):
    """A file that was read, and what it says."""

    file: str  # as it was asked for
    marked: Marked
    path: str = ""  # where it is, however it was asked for; nothing for a text that is no file

    @property
    def key(self) -> str:
        """What tells it from every other file."""
        return self.path or self.file

    def tree(self) -> dict[str, Value]:
        """Return what the file says, key by key; nothing, if it has no keys."""
        return self.marked.value if isinstance(self.marked.value, dict) else {}


Read = Callable[[str, Source], Source]  # a name as it stands in a file, and that file; raises `NoIncludeError`


class NoIncludeError(Exception):
    """There is nothing of this name to include."""


class AssemblyError(Exception):
    """What is wrong with includes and variables; each problem with the file that it stands in."""

    def __init__(self, problems: list[tuple[str, Problem]]) -> None:
        super().__init__(problems)
        self.problems = problems


class Assembled:
    """What all files say together, and where each part of it stands."""

    def __init__(self, sources: list[Source], settings: Mapping[str, str]) -> None:
        self.main = sources[0]
        self._sources = sources
        self._variables = _variables(sources, settings)
        self._used: set[str] = set()
        self._origins: dict[Path, tuple[Source, Path]] = {}
        self._problems: list[tuple[str, Problem]] = []
        self._filled_in = 0  # characters
        self.value: dict[str, Value] = {}
        for source in sources:
            self._add(source)
        if self._problems:
            raise AssemblyError(self._problems)

    def origin(self, path: Path) -> tuple[Source, Path]:
        """Return in which file, and where in it, stands what is at *path* of the whole."""
        for length in (2, 1):
            if path[:length] in self._origins:
                source, start = self._origins[path[:length]]
                return source, start + path[length:]
        return self.main, path

    def unused(self) -> Iterator[tuple[str, Problem]]:
        """Yield each variable that no value has, with the file in which it stands."""
        for source in self._sources:
            named = source.tree().get("vars")
            for name in named if isinstance(named, dict) else ():
                if name not in self._used:
                    place = source.marked.key_place(("vars", name))
                    yield source.file, Problem(place, ("vars", name), f"no value has ${{{name}}}")

    def _add(self, source: Source) -> None:
        for key, value in source.tree().items():
            if key in _OF_EACH_FILE:
                continue
            filled = self._filled(source, (key,), value)
            present = self.value.get(key)
            if isinstance(filled, list) and isinstance(present, list):
                self._join(source, key, present, filled)
            elif key not in self.value:
                self.value[key] = filled
                self._origins[key,] = source, (key,)
                self._mark(source, key, 0, filled)

    def _join(self, source: Source, key: str, present: list[Value], more: list[Value]) -> None:
        self._mark(source, key, len(present), more)
        present += more

    def _mark(self, source: Source, key: str, start: int, value: Value) -> None:
        for place in range(len(value) if isinstance(value, list) else 0):
            self._origins[key, start + place] = source, (key, place)

    def _filled(self, source: Source, path: Path, value: Value) -> Value:
        if isinstance(value, str):
            return _VARIABLE.sub(lambda found: self._substitute(source, path, found), value)
        if isinstance(value, list):
            return [self._filled(source, (*path, place), item) for place, item in enumerate(value)]
        if isinstance(value, dict):
            return {key: self._filled(source, (*path, key), item) for key, item in value.items()}
        return value

    def _substitute(self, source: Source, path: Path, found: re.Match[str]) -> str:
        escape, name = found.groups()
        if escape:
            return f"${{{name}}}"
        self._used.add(name)
        if name not in self._variables:
            self._miss(source, path, name)
        value = self._variables.get(name, "")
        self._filled_in += len(value)
        if self._filled_in > MAX_BYTES:
            raise _wrong(source, path, f"wanted at most {MAX_BYTES} characters of variables in all places together")
        return value

    def _miss(self, source: Source, path: Path, name: str) -> None:
        known = ", ".join(self._variables) or "none"
        wanted = f"no such variable: {name}; under vars there is {known}"
        self._problems.append((source.file, Problem(source.marked.place(path), path, wanted)))
        if len(self._problems) >= MOST_PROBLEMS:
            raise AssemblyError(self._problems)


def assemble(source: Source, read: Read, settings: Mapping[str, str]) -> Assembled:
    """Return *source* with all that it includes, which *read* reads; *settings* are variables set from outside.

    Raises `AssemblyError` for what is no include or no variable, for files that include each other, and for too much.
    """
    sources: list[Source] = []
    _gather(source, read, sources, ())
    return Assembled(sources, settings)


def _gather(source: Source, read: Read, sources: list[Source], above: tuple[str, ...]) -> None:
    sources.append(source)
    for path, name in _includes(source):
        if len(sources) >= MAX_FILES:
            raise _wrong(source, path, f"wanted at most {MAX_FILES} files in all")
        included = _included(source, path, name, read)
        if included.key in (*above, source.key):
            raise _wrong(source, path, f"{name} includes this file in its turn")
        if included.key not in [known.key for known in sources]:
            _check_room([*sources, included], source, path)
            _gather(included, read, sources, (*above, source.key))


def _included(source: Source, path: Path, name: str, read: Read) -> Source:
    try:
        return read(name, source)
    except NoIncludeError as missing:
        raise _wrong(source, path, str(missing)) from missing


def _check_room(sources: list[Source], source: Source, path: Path) -> None:
    if sum(each.marked.values for each in sources) > MAX_NODES:
        raise _wrong(source, path, f"wanted at most {MAX_NODES} values in all files together")
    if sum(each.marked.characters for each in sources) > MAX_BYTES:
        raise _wrong(source, path, f"wanted at most {MAX_BYTES} characters in all files together")


def _includes(source: Source) -> Iterator[tuple[Path, str]]:
    value = source.tree().get("include", [])
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) and name for name in names):
        raise _wrong(source, ("include",), "wanted the names of scenario files, such as delivered or ./people.yaml")
    for place, name in enumerate(names):
        yield ("include", place), str(name)


def _variables(sources: list[Source], settings: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for source in sources:
        named = source.tree().get("vars", {})
        if not isinstance(named, dict):
            raise _wrong(source, ("vars",), "wanted names and values, such as {pause: 30s}")
        for name, value in named.items():
            if not _NAME.fullmatch(name):
                raise _wrong(source, ("vars", name), "wanted a name of letters, digits and _, 64 of them at most")
            if not isinstance(value, str):
                raise _wrong(source, ("vars", name), "wanted a text: a variable stands for one value")
            found.setdefault(name, value)
    unknown = [name for name in settings if name not in found]
    if unknown:
        known = ", ".join(found) or "none"
        wanted = f"no such variable: {', '.join(unknown)}; under vars there is {known}"
        raise AssemblyError([(sources[0].file, Problem(Place(1, 1), (), wanted))])
    return {**found, **settings}


def _wrong(source: Source, path: Path, wanted: str) -> AssemblyError:
    return AssemblyError([(source.file, Problem(source.marked.place(path), path, wanted))])
