"""Find a scenario by path or name, read it, and say everything that is wrong with it."""

from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from fake_twilio.domain.scenario import Scenario
from fake_twilio.scenario_files.applications import ApplicationPart
from fake_twilio.scenario_files.callbacks import CallbacksPart, DuplicatePart, LatePart, TrickPart
from fake_twilio.scenario_files.conditions import WhenPart
from fake_twilio.scenario_files.contents import ContentPart
from fake_twilio.scenario_files.grammar import PhasePart, RulePart, ScenarioPart
from fake_twilio.scenario_files.limits import LimitsPart, SenderPart
from fake_twilio.scenario_files.lookups import LookupPart
from fake_twilio.scenario_files.marked import MAX_BYTES, Marked, Place, Problem, YamlError, read_yaml
from fake_twilio.scenario_files.outcomes import (
    FaultPart,
    RefusePart,
    ReplyPart,
    StepPart,
    ThenPart,
    WeightedPart,
)
from fake_twilio.scenario_files.people import InboundPart, OptOutPart, PersonaPart
from fake_twilio.scenario_files.services import ServicePart

DEFAULT = "delivered"
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
        if path.stat().st_size > MAX_BYTES:
            raise ScenarioError([f"{path}:1:1: wanted at most {MAX_BYTES} bytes"])
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ScenarioError([f"{path}:1:1: cannot be read as UTF-8 text: {error}"]) from error
    return parse_scenario(text, name=path.stem, file=str(name))


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


def parse_scenario(text: str, *, name: str = "scenario", file: str = "scenario") -> Scenario:
    """Read the text of a scenario file; raises `ScenarioError` with all its problems at once."""
    try:
        marked = read_yaml(text)
        return _validated(marked).to_scenario(name)
    except YamlError as error:
        raise ScenarioError([problem.told(file) for problem in error.problems]) from error


def _validated(marked: Marked) -> ScenarioPart:
    if not isinstance(marked.value, dict):
        raise YamlError([Problem(Place(1, 1), (), "wanted keys: about, numbers, rules, defaults")])
    try:
        return ScenarioPart.model_validate(marked.value)
    except ValidationError as error:
        found = [_problem(marked, entry) for entry in error.errors()]
        raise YamlError(sorted(found, key=lambda problem: problem.place)) from error


def _problem(marked: Marked, entry: Any) -> Problem:
    path = tuple(entry["loc"])
    if entry["type"] not in ("missing", "extra_forbidden") and isinstance(path[-1], str):
        path = marked.nearest(path)  # a short form has not the keys of the long one
    place = marked.key_place(path) if entry["type"] == "extra_forbidden" else marked.place(path)
    return Problem(place, path, _wanted(entry))


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
    close = get_close_matches(name, known, n=1)
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
    "phases": PhasePart,
    "when": WhenPart,
    "then": ThenPart,
    "defaults": ThenPart,
    "outcomes": WeightedPart,
    "timeline": StepPart,
    "refuse": RefusePart,
    "fault": FaultPart,
    "callbacks": CallbacksPart,
    "duplicate": DuplicatePart,
    "late": LatePart,
    "drop": TrickPart,
    "regress": TrickPart,
    "bad_signature": TrickPart,
    "extra_parameters": TrickPart,
    "missing_optional": TrickPart,
    "reply": ReplyPart,
}
