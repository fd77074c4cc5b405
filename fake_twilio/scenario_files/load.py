"""Read a scenario with what it includes, and say everything that is wrong with it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.scenario_files.assembled import Assembled, assemble
from fake_twilio.scenario_files.files import is_file, read_file
from fake_twilio.scenario_files.finding import find_scenario, named_file, unknown
from fake_twilio.scenario_files.grammar import ScenarioPart
from fake_twilio.scenario_files.included import AssemblyError, NoIncludeError, Read, Source
from fake_twilio.scenario_files.marked import read_yaml
from fake_twilio.scenario_files.patterns import PatternBudget
from fake_twilio.scenario_files.problems import MOST_PROBLEMS, Place, Problem, ScenarioError, YamlError
from fake_twilio.scenario_files.problems import Path as Path_
from fake_twilio.scenario_files.wording import wanted

DEFAULT = "delivered"
NO_SETTINGS: Mapping[str, str] = MappingProxyType({})
_MOST_PLACED = 1_000  # problems of one key, which are found nearly in the order of the file


@dataclass(frozen=True, slots=True)
class Reading:
    """A scenario, and where in its files it says what."""

    scenario: Scenario
    assembled: Assembled

    def rule_paths(self) -> Iterator[Path_]:
        """Yield the path of each rule, in the order of `Scenario.rules`: those of the phases, then the others."""
        said: Any = self.assembled.value
        for phase, part in enumerate(said.get("phases", ())):
            for place in range(len(part["rules"])):
                yield "phases", phase, "rules", place
        for place in range(len(said.get("rules", ()))):
            yield "rules", place

    def locate(self, path: Path_) -> tuple[str, Place]:
        """Return the file and the place of what stands at *path* of the whole."""
        source, own = self.assembled.origin(path)
        return source.file, source.marked.place(own)


def load_named(name: str) -> Scenario:
    """Read a scenario by its name, and no other file: for who asks from outside. Raises `ScenarioError`."""
    path = named_file(name)
    if path is None:
        raise ScenarioError([unknown(name)])
    return _reading(_assembled(_found(path, name), NO_SETTINGS), path.stem).scenario


def load_scenario(name: str | Path, settings: Mapping[str, str] = NO_SETTINGS) -> Scenario:
    """Read a scenario: a path, else a name in ``./scenarios``, else a bundled one.

    *settings* gives its variables other values than its ``vars``: texts, else `TypeError`. Raises `ScenarioError`.
    """
    return read_scenario(name, settings).scenario


def read_scenario(name: str | Path, settings: Mapping[str, str] = NO_SETTINGS) -> Reading:
    """Read a scenario as `load_scenario` does, and keep where it says what; raises `ScenarioError`."""
    path = find_scenario(str(name))
    return _reading(_assembled(_found(path, str(name)), settings), path.stem)


def parse_scenario(
    text: str, *, name: str = "scenario", file: str = "scenario", settings: Mapping[str, str] = NO_SETTINGS
) -> Scenario:
    """Read the text of a scenario file; raises `ScenarioError` with its problems, fifty of them at most."""
    return parse_reading(text, name=name, file=file, settings=settings).scenario


def parse_posted(text: str) -> Scenario:
    """Read the text of a scenario file that somebody sent: it includes others by their names alone, never by a path."""
    return _reading(_assembled(_source(text, "scenario"), NO_SETTINGS, _read_named), "scenario").scenario


def parse_reading(text: str, *, name: str, file: str, settings: Mapping[str, str] = NO_SETTINGS) -> Reading:
    """Read the text of a scenario file as `parse_scenario` does, and keep where it says what."""
    return _reading(_assembled(_source(text, file), settings), name)


def _reading(assembled: Assembled, name: str) -> Reading:
    return Reading(_validated(assembled).to_scenario(name), assembled)


def _assembled(source: Source, settings: Mapping[str, str], read: Read | None = None) -> Assembled:
    try:
        return assemble(source, read or _read_included, settings)
    except AssemblyError as error:
        raise ScenarioError([problem.told(where) for where, problem in error.problems]) from error


def _found(path: Path, asked: str) -> Source:
    """Read the file at *path*, which was *asked* for."""
    return _source(_read_text(path), asked, str(path.resolve()))


def _source(text: str, file: str, path: str = "") -> Source:
    try:
        marked = read_yaml(text)
    except YamlError as error:
        raise _told(error, file) from error
    if not isinstance(marked.value, dict):
        raise ScenarioError([f"{file}:1:1: wanted keys: about, numbers, rules, defaults"])
    return Source(file, marked, path)


def _read_included(name: str, by: Source) -> Source:
    """Read a file that the file *by* includes: one next to it goes before one that is found by its name."""
    named = Path(by.file)
    beside = (named if is_file(named) or not by.path else Path(by.path)).parent / name
    try:
        path = beside if is_file(beside) else find_scenario(name)
    except ScenarioError as error:
        raise NoIncludeError(str(error)) from error
    return _found(path, str(path))


def _read_named(name: str, by: Source) -> Source:
    """Read a file that a text from outside includes, or that such a file includes in its turn."""
    if by.path:
        return _read_included(name, by)
    path = named_file(name)
    if path is None:
        raise NoIncludeError(unknown(name))
    return _found(path, str(path))


def _read_text(path: Path) -> str:
    try:
        return read_file(path)
    except YamlError as error:
        raise _told(error, str(path)) from error


def _told(error: YamlError, file: str) -> ScenarioError:
    return ScenarioError([problem.told(file) for problem in error.problems])


def _validated(whole: Assembled) -> ScenarioPart:
    try:
        return ScenarioPart.model_validate(whole.value, context=PatternBudget())
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_input=False)
        placed = [(_located(whole, entry), entry) for entry in _first_of_each_key(wrong)]
        placed.sort(key=_reading_order(whole.main.file))
        found = [(file, Problem(place, path, wanted(entry))) for (file, place, path), entry in placed[:MOST_PROBLEMS]]
        raise ScenarioError([problem.told(file) for file, problem in found]) from error


def _first_of_each_key(wrong: Iterable[Any]) -> Iterator[Any]:
    """Yield some problems of each key of a scenario: no more can be told, and to find the places takes long."""
    seen: Counter[object] = Counter()
    for entry in wrong:
        key = entry["loc"][0] if entry["loc"] else None
        seen[key] += 1
        if seen[key] <= _MOST_PLACED:
            yield entry


def _located(whole: Assembled, entry: Any) -> tuple[str, Place, tuple[str | int, ...]]:
    """Return the file, the place and the path of a problem that pydantic found."""
    source, path = whole.origin(tuple(entry["loc"]))
    marked = source.marked
    if entry["type"] not in ("missing", "extra_forbidden") and isinstance(path[-1], str):
        path = marked.nearest(path)  # a short form has not the keys of the long one
    place = marked.key_place(path) if entry["type"] == "extra_forbidden" else marked.place(path)
    return source.file, place, path


def _reading_order(main: str) -> Callable[[Any], tuple[bool, str, Place]]:
    """Return what sorts problems: those of the file *main* first, each file from its top."""
    return lambda located: (located[0][0] != main, located[0][0], located[0][1])
