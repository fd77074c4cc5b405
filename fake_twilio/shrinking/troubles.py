"""The troubles of a scenario file, each of which can be left out: rules, phases, what goes wrong in them, limits."""

from collections.abc import Collection, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from fake_twilio.scenario_files.problems import Path

Tree = dict[str, Any]  # what a file says, its includes joined and its variables filled in
_LISTS = ("rules", "opt_outs", "personas")
_WHOLE = ("limits",)
_IN_OUTCOME = ("fault", "reply")


@dataclass(frozen=True, slots=True)
class Trouble:
    """One of them: where it stands, and how a person calls it."""

    path: Path
    told: str


def named(tree: Tree) -> Tree:
    """Return *tree* with the names that its rules have by their places: chance goes by them, whichever are left out."""
    made = deepcopy(tree)
    several = [phase["rules"] for phase in made.get("phases", []) if len(phase["rules"]) > 1]
    for rules in (made.get("rules", []), *several):
        for number, rule in enumerate(rules, 1):
            rule.setdefault("name", f"rule {number}")
    return made


def troubles_of(tree: Tree) -> list[Trouble]:
    """Return what can be left out of a tree whose rules are *named*, the largest things first."""
    return [*_phases(tree), *_entries(tree), *_parts(tree)]


def without(tree: Tree, gone: Collection[Trouble]) -> Tree:
    """Return *tree* with these troubles left out; what is empty then goes, too."""
    made = deepcopy(tree)
    for trouble in sorted(gone, key=lambda each: _from_the_end(each.path)):
        _remove(made, trouble.path)
    for phase in made.get("phases", []):
        phase["rules"] = _telling(phase["rules"])
    made["phases"] = [phase for phase in made.get("phases", []) if phase["rules"]]
    made["rules"] = _telling(made.get("rules", []))
    if not {"timeline", "refuse", "fault", "outcomes"} & made["defaults"].keys():
        made["defaults"]["timeline"] = []  # defaults have to say what becomes of a message
    return {key: value for key, value in made.items() if value or key not in (*_LISTS, "phases")}


def _telling(rules: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rules of which something is left."""
    return [rule for rule in rules if rule["then"]]


def _phases(tree: Tree) -> Iterator[Trouble]:
    for place, phase in enumerate(tree.get("phases", [])):
        if len(phase["rules"]) > 1:
            yield Trouble(("phases", place), f"phase {phase['name']}")
        for number, rule in enumerate(phase["rules"]):
            yield Trouble(("phases", place, "rules", number), _phased(phase, rule))


def _entries(tree: Tree) -> Iterator[Trouble]:
    for key in _LISTS:
        for place, entry in enumerate(tree.get(key, [])):
            yield Trouble((key, place), f"{key.removesuffix('s')} {_called(key, place, entry)}")
    for key in _WHOLE:
        if key in tree:
            yield Trouble((key,), key)


def _called(key: str, place: int, entry: dict[str, Any]) -> str:
    return str(entry["name"]) if key == "rules" else f"{place + 1}"


def _parts(tree: Tree) -> Iterator[Trouble]:
    """Yield what goes wrong within an outcome that says more than that."""
    for path, told, then in _outcomes(tree):
        for key in _IN_OUTCOME:
            if key in then and len(then) > 1:
                yield Trouble((*path, key), f"{told}: {key}")
        for trick in then.get("callbacks", {}):
            yield Trouble((*path, "callbacks", trick), f"{told}: callbacks {trick}")


def _outcomes(tree: Tree) -> Iterator[tuple[Path, str, dict[str, Any]]]:
    yield ("defaults",), "defaults", tree["defaults"]
    for place, rule in enumerate(tree.get("rules", [])):
        yield ("rules", place, "then"), f"rule {rule['name']}", rule["then"]
    for place, phase in enumerate(tree.get("phases", [])):
        for number, rule in enumerate(phase["rules"]):
            yield ("phases", place, "rules", number, "then"), _phased(phase, rule), rule["then"]


def _phased(phase: dict[str, Any], rule: dict[str, Any]) -> str:
    return f"phase {phase['name']}: {rule['name']}" if "name" in rule else f"phase {phase['name']}"


def _from_the_end(path: Path) -> tuple[Any, ...]:
    """Sort deeper and later things first, so that what is removed moves nothing that is removed after it."""
    return (-len(path), [-part if isinstance(part, int) else part for part in path])


def _remove(tree: Any, path: Path) -> None:
    """Remove what is at *path*; callbacks of which no trick is left go with the last one."""
    inner = tree
    for part in path[:-1]:
        inner = inner[part]
    del inner[path[-1]]
    if not inner and path[-2:-1] == ("callbacks",):
        _remove(tree, path[:-1])
