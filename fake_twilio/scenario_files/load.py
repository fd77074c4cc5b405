"""Find a scenario by path or name, read it, and say everything that is wrong with it."""

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from fake_twilio.domain.scenario import Scenario
from fake_twilio.scenario_files.assembled import Assembled, AssemblyError, Source, assemble
from fake_twilio.scenario_files.grammar import ScenarioPart
from fake_twilio.scenario_files.marked import MAX_BYTES, Place, Problem, YamlError, read_yaml
from fake_twilio.scenario_files.wording import wanted

DEFAULT = "delivered"
NO_SETTINGS: Mapping[str, str] = MappingProxyType({})
_HERE = Path(__file__).resolve().parent.parent
_FOLDERS = (_HERE / "scenarios", _HERE.parent / "scenarios")  # in the wheel; in a checkout


class ScenarioError(Exception):
    """A scenario that cannot be found or read; each problem is a line for a person."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def bundled() -> dict[str, Path]:
    """Return the scenarios that come with the package, by name."""
    folder = next((folder for folder in _FOLDERS if folder.is_dir()), None)
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))} if folder else {}


def load_scenario(name: str | Path, settings: Mapping[str, str] = NO_SETTINGS) -> Scenario:
    """Read a scenario: a path, else a name in ``./scenarios``, else a bundled one.

    *settings* gives its variables other values than its ``vars``. Raises `ScenarioError`.
    """
    path = find_scenario(str(name))
    return parse_scenario(_read_text(path), name=path.stem, file=str(name), settings=settings)


def _read_text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ScenarioError([f"{path}:1:1: wanted at most {MAX_BYTES} bytes"])
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ScenarioError([f"{path}:1:1: cannot be read as UTF-8 text: {error}"]) from error


def find_scenario(name: str) -> Path:
    """Return the file that *name* means; raises `ScenarioError` with what there is instead."""
    found = bundled()
    local = Path("scenarios") / f"{name}.yaml"
    for path in (Path(name), local):
        if _is_file(path):
            return path
    if name in found:
        return found[name]
    close = get_close_matches(name, found, n=1)
    hint = f"did you mean {close[0]}?" if close else f"bundled are {', '.join(found)}"
    raise ScenarioError([f"{name}: no such file, nor a scenario of this name; {hint}"])


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False


def parse_scenario(
    text: str, *, name: str = "scenario", file: str = "scenario", settings: Mapping[str, str] = NO_SETTINGS
) -> Scenario:
    """Read the text of a scenario file; raises `ScenarioError` with all its problems at once."""
    try:
        assembled = assemble(_source(text, file), _read_included, settings)
    except AssemblyError as error:
        raise ScenarioError([problem.told(where) for where, problem in error.problems]) from error
    return _validated(assembled).to_scenario(name)


def _source(text: str, file: str) -> Source:
    try:
        marked = read_yaml(text)
    except YamlError as error:
        raise ScenarioError([problem.told(file) for problem in error.problems]) from error
    if not isinstance(marked.value, dict):
        raise ScenarioError([f"{file}:1:1: wanted keys: about, numbers, rules, defaults"])
    return Source(file, marked)


def _read_included(name: str, by: str) -> Source:
    """Read a file that the file *by* includes: one next to it goes before one that is found by its name."""
    beside = Path(by).parent / name
    path = beside if _is_file(beside) else find_scenario(name)
    return _source(_read_text(path), str(path))


def _validated(assembled: Assembled) -> ScenarioPart:
    try:
        return ScenarioPart.model_validate(assembled.value)
    except ValidationError as error:
        found = sorted(
            (_problem(assembled, entry) for entry in error.errors()), key=_reading_order(assembled.main.file)
        )
        raise ScenarioError([problem.told(file) for file, problem in found]) from error


def _reading_order(main: str) -> Callable[[tuple[str, Problem]], tuple[bool, str, Place]]:
    """Return what sorts problems: those of the file *main* first, each file from its top."""
    return lambda found: (found[0] != main, found[0], found[1].place)


def _problem(assembled: Assembled, entry: Any) -> tuple[str, Problem]:
    source, path = assembled.origin(tuple(entry["loc"]))
    marked = source.marked
    if entry["type"] not in ("missing", "extra_forbidden") and isinstance(path[-1], str):
        path = marked.nearest(path)  # a short form has not the keys of the long one
    place = marked.key_place(path) if entry["type"] == "extra_forbidden" else marked.place(path)
    return source.file, Problem(place, path, wanted(entry))
