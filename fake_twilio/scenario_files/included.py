"""A scenario file and those that it includes, in the order in which they count: its own includes right behind it."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from fake_twilio.scenario_files.characters import MAX_BYTES
from fake_twilio.scenario_files.marked import MAX_NODES, Marked, Value
from fake_twilio.scenario_files.problems import Path, Problem

MAX_FILES = 32


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


def gathered(source: Source, read: Read) -> list[Source]:
    """Return *source* with all that it includes, which *read* reads, each once.

    Raises `AssemblyError` for what is no include, for files that include each other, and for too much.
    """
    sources: list[Source] = []
    _gather(source, read, sources, ())
    return sources


def wrong(source: Source, path: Path, wanted: str) -> AssemblyError:
    """Return the error that says what is *wanted* at *path* of a file."""
    return AssemblyError([(source.file, Problem(source.marked.place(path), path, wanted))])


def _gather(source: Source, read: Read, sources: list[Source], above: tuple[str, ...]) -> None:
    sources.append(source)
    for path, name in _includes(source):
        if len(sources) >= MAX_FILES:
            raise wrong(source, path, f"wanted at most {MAX_FILES} files in all")
        included = _included(source, path, name, read)
        if included.key in (*above, source.key):
            raise wrong(source, path, f"{name} includes this file in its turn")
        if included.key not in [known.key for known in sources]:
            _check_room([*sources, included], source, path)
            _gather(included, read, sources, (*above, source.key))


def _included(source: Source, path: Path, name: str, read: Read) -> Source:
    try:
        return read(name, source)
    except NoIncludeError as missing:
        raise wrong(source, path, str(missing)) from missing


def _check_room(sources: list[Source], source: Source, path: Path) -> None:
    if sum(each.marked.values for each in sources) > MAX_NODES:
        raise wrong(source, path, f"wanted at most {MAX_NODES} values in all files together")
    if sum(each.marked.characters for each in sources) > MAX_BYTES:
        raise wrong(source, path, f"wanted at most {MAX_BYTES} characters in all files together")


def _includes(source: Source) -> Iterator[tuple[Path, str]]:
    value = source.tree().get("include", [])
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) and name for name in names):
        raise wrong(source, ("include",), "wanted the names of scenario files, such as delivered or ./people.yaml")
    for place, name in enumerate(names):
        yield ("include", place), str(name)
