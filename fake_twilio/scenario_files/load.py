"""Find a scenario by path or name, read it, and say everything that is wrong with it."""

import re
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from fake_twilio.domain.scenario import Scenario
from fake_twilio.scenario_files.applications import ApplicationPart
from fake_twilio.scenario_files.contents import ContentPart
from fake_twilio.scenario_files.files import is_file, kind_of, read_file
from fake_twilio.scenario_files.grammar import OutcomePart, RulePart, ScenarioPart, StepPart, WhenPart
from fake_twilio.scenario_files.limits import LimitsPart, SenderPart
from fake_twilio.scenario_files.lookups import LookupPart
from fake_twilio.scenario_files.marked import Marked, read_yaml
from fake_twilio.scenario_files.people import InboundPart, OptOutPart, PersonaPart
from fake_twilio.scenario_files.problems import MOST_PROBLEMS, Place, Problem, YamlError, shown
from fake_twilio.scenario_files.services import ServicePart
from fake_twilio.scenario_files.values import PatternBudget

DEFAULT = "delivered"
_MAX_COMPARED = 64  # characters of a word that is compared with those that there are
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
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


def load_scenario(name: str | Path) -> Scenario:
    """Read a scenario: a path, else a name in ``./scenarios``, else a bundled one. Raises `ScenarioError`."""
    path = find_scenario(str(name))
    try:
        text = read_file(path)
    except YamlError as error:
        raise _told(error, str(path)) from error
    return parse_scenario(text, name=path.stem, file=str(name))


def find_scenario(name: str) -> Path:
    """Return the file that *name* means; raises `ScenarioError` with what there is instead.

    A path is taken as it is. A name is lowercase letters, digits, dots, dashes and underscores, at most 64.
    """
    path = Path(name)
    if is_file(path):
        return path
    found = bundled()
    local = Path("scenarios") / f"{name}.yaml"
    if _NAME.fullmatch(name) and is_file(local):
        return local
    if name in found:
        return found[name]
    raise ScenarioError([_not_found(name, found)])


def _not_found(name: str, found: dict[str, Path]) -> str:
    kind = kind_of(Path(name)) if name else None
    if kind:
        return f"{shown(name)}:1:1: wanted a regular file, not {kind}"
    close = get_close_matches(name[:_MAX_COMPARED], found, n=1)
    hint = f"did you mean {close[0]}?" if close else f"bundled are {', '.join(found)}"
    return f"{shown(name)}: no such file, nor a scenario of this name; {hint}"


def parse_scenario(text: str, *, name: str = "scenario", file: str = "scenario") -> Scenario:
    """Read the text of a scenario file; raises `ScenarioError` with its problems, fifty of them at most."""
    try:
        return _validated(read_yaml(text)).to_scenario(name)
    except YamlError as error:
        raise _told(error, file) from error


def _told(error: YamlError, file: str) -> ScenarioError:
    return ScenarioError([problem.told(file) for problem in error.problems])


def _validated(marked: Marked) -> ScenarioPart:
    if not isinstance(marked.value, dict):
        raise YamlError([Problem(Place(1, 1), (), "wanted keys: about, numbers, rules, defaults")])
    try:
        return ScenarioPart.model_validate(marked.value, context=PatternBudget())
    except ValidationError as error:
        placed = [(_place(marked, entry), entry) for entry in error.errors(include_url=False, include_input=False)]
        first = sorted(placed, key=lambda pair: pair[0])[:MOST_PROBLEMS]
        raise YamlError([Problem(place, tuple(entry["loc"]), _wanted(entry)) for place, entry in first]) from error


def _place(marked: Marked, entry: Any) -> Place:
    path = tuple(entry["loc"])
    return marked.key_place(path) if entry["type"] == "extra_forbidden" else marked.place(path)


def _wanted(entry: Any) -> str:
    """Say in our words what pydantic found."""
    match entry["type"]:
        case "missing":
            return "this key is missing"
        case "extra_forbidden":
            return _unknown_key(str(entry["loc"][-1]), entry["loc"])
        case "enum":
            return f"wanted a status: {entry['ctx']['expected']}"
        case "value_error":
            return str(entry["ctx"]["error"])
        case "string_type":
            return "wanted a text"
        case "tuple_type":
            return "wanted a list"
        case "model_type" | "model_attributes_type":
            return "wanted keys and values"
    return str(entry["msg"])


def _unknown_key(name: str, path: tuple[str | int, ...]) -> str:
    known = _known_keys(path)
    close = get_close_matches(name[:_MAX_COMPARED], known, n=1)
    return f"no such key; did you mean {close[0]}?" if close else f"no such key; here may stand {', '.join(known)}"


def _known_keys(path: tuple[str | int, ...]) -> list[str]:
    """Return the keys that may stand where *path* leads."""
    names = [part for part in path[:-1] if isinstance(part, str)]
    part: type[BaseModel] = _PARTS.get(names[-1] if names else "", ScenarioPart)
    return [field.alias or name for name, field in part.model_fields.items()]


_PARTS: dict[str, type[BaseModel]] = {
    "rules": RulePart,
    "lookups": LookupPart,
    "services": ServicePart,
    "contents": ContentPart,
    "applications": ApplicationPart,
    "limits": LimitsPart,
    "senders": SenderPart,
    "inbound": InboundPart,
    "opt_outs": OptOutPart,
    "personas": PersonaPart,
    "when": WhenPart,
    "then": OutcomePart,
    "defaults": OutcomePart,
    "timeline": StepPart,
}
