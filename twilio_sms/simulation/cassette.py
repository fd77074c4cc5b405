"""A cassette: the JSON file in which requests and their answers are kept.

The format is ``{"interactions": [{"request": {"method", "path", "body"}, "response": {"status", "body"},
"timestamp"}]}``. A request's body is its form, or the query of a GET, as an object: a name with its value, or a list
where a name is repeated. A response's body is Twilio's JSON; ``headers`` are there if one of the few that are kept
came, and ``damage`` if the body was not whole. Where no answer came there is an ``error`` with the ``phase`` that the
request had reached in the place of the response. Other keys are read over, so that people and tools may add some.
"""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import mkstemp
from typing import NamedTuple, TypeVar

from twilio_sms.domain.form import Form
from twilio_sms.errors import ReplayError, ValidationError
from twilio_sms.verdict import LOST, Phase

JsonValue = dict[str, "JsonValue"] | list["JsonValue"] | str | int | float | bool | None
VERSION = 1
_READABLE = 0o644  # no secret is in it: a colleague may read it, and a repository keeps it
_PHASES = {phase.value: phase for phase in LOST}
_KINDS = {dict: "an object", list: "a list", str: "a text", int: "a whole number"}
T = TypeVar("T")


class Asked(NamedTuple):
    """A request, without its authorization."""

    method: str
    path: str
    form: Form = ()


class Answer(NamedTuple):
    """A response; *body* is JSON, or a text in place of what was none."""

    status: int
    body: JsonValue = None
    headers: Mapping[str, str] = {}
    damage: str | None = None


class Interaction(NamedTuple):
    """A request and what came of it: an answer, or the phase in which it got lost."""

    asked: Asked
    outcome: Answer | Phase
    timestamp: str = ""

    def __repr__(self) -> str:
        return f"Interaction({self.asked.method} {self.asked.path})"


def write_cassette(path: Path, interactions: Iterable[Interaction]) -> None:
    """Write a cassette whole or not at all; its folder is made if it is not there. Raises `OSError`."""
    tree = {"version": VERSION, "interactions": [_to_json(each) for each in interactions]}
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = mkstemp(prefix=f".{path.name}.", dir=path.parent)
    made = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(tree, file, indent=2, ensure_ascii=False)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        made.chmod(_READABLE)
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)


def cassette_path(path: object) -> Path:
    """Return *path* as one; raise `ValidationError` for what is none, before anything is sent."""
    if not isinstance(path, str | Path) or not str(path).strip():
        raise ValidationError(f'path must be that of a cassette, such as "cassettes/remind.json", is {path!r}')
    return Path(path)


def read_cassette(path: Path) -> tuple[Interaction, ...]:
    """Return what a cassette holds; raise `ReplayError` with file and place for what is none."""
    try:
        tree: JsonValue = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ReplayError(f"the cassette {path} cannot be read ({error.strerror}): record it first") from error
    except (ValueError, RecursionError) as error:
        raise ReplayError(f"the cassette {path} is no JSON ({error}): record it anew") from error
    try:
        entries = _member(_as(tree, dict, "the file"), "interactions", list, "")
        return tuple(_interaction(each, f"interactions[{number}]") for number, each in enumerate(entries))
    except _Wrong as wrong:
        raise ReplayError(f"the cassette {path} cannot be played: {wrong}") from wrong


class _Wrong(Exception):  # noqa: N818 - it becomes a `ReplayError` with the file's name
    """What stands at a place of a cassette is not what is wanted there."""


def _to_json(interaction: Interaction) -> dict[str, JsonValue]:
    asked, outcome = interaction.asked, interaction.outcome
    request: JsonValue = {"method": asked.method, "path": asked.path, "body": _form_tree(asked.form)}
    if isinstance(outcome, Phase):
        return {"request": request, "error": {"phase": outcome.value}, "timestamp": interaction.timestamp}
    response: dict[str, JsonValue] = {"status": outcome.status, "body": outcome.body}
    if outcome.headers:
        response["headers"] = dict(outcome.headers)
    if outcome.damage:
        response["damage"] = outcome.damage
    return {"request": request, "response": response, "timestamp": interaction.timestamp}


def _form_tree(form: Form) -> JsonValue:
    values: dict[str, list[JsonValue]] = {}
    for name, value in form:
        values.setdefault(name, []).append(value)
    return {name: several if len(several) > 1 else several[0] for name, several in values.items()}


def _interaction(tree: JsonValue, place: str) -> Interaction:
    entry = _as(tree, dict, place)
    timestamp = entry.get("timestamp")
    return Interaction(
        asked=_asked(_member(entry, "request", dict, place), f"{place}.request"),
        outcome=_outcome(entry, place),
        timestamp=timestamp if isinstance(timestamp, str) else "",
    )


def _asked(tree: dict[str, JsonValue], place: str) -> Asked:
    path = _member(tree, "path", str, place)
    if not path.startswith("/"):
        raise _Wrong(f"{place}.path must begin with /")
    form = _as(tree.get("body") or {}, dict, f"{place}.body")
    return Asked(_member(tree, "method", str, place), path, tuple(_pairs(form, f"{place}.body")))


def _pairs(form: dict[str, JsonValue], place: str) -> Iterable[tuple[str, str]]:
    for name, value in form.items():
        for each in value if isinstance(value, list) else [value]:
            yield name, _as(each, str, f"{place}.{name}")


def _outcome(entry: dict[str, JsonValue], place: str) -> Answer | Phase:
    if "error" in entry:
        place = f"{place}.error"
        word = _member(_as(entry["error"], dict, place), "phase", str, place)
        if word not in _PHASES:
            raise _Wrong(f"{place}.phase must be one of {', '.join(_PHASES)}, is {word!r}")
        return _PHASES[word]
    response, place = _member(entry, "response", dict, place), f"{place}.response"
    status = _member(response, "status", int, place)
    if not 100 <= status <= 599:
        raise _Wrong(f"{place}.status must be one of HTTP, 100 to 599, is {status}")
    headers = _as(response.get("headers") or {}, dict, f"{place}.headers")
    damage = response.get("damage")
    return Answer(
        status=status,
        body=response.get("body"),
        headers={name.lower(): _as(value, str, f"{place}.headers.{name}") for name, value in headers.items()},
        damage=None if damage is None else _as(damage, str, f"{place}.damage"),
    )


def _member(tree: dict[str, JsonValue], name: str, kind: type[T], place: str) -> T:
    here = f"{place}.{name}" if place else name
    if name not in tree:
        raise _Wrong(f"{here} is missing")
    return _as(tree[name], kind, here)


def _as(value: JsonValue, kind: type[T], place: str) -> T:
    if not isinstance(value, kind) or isinstance(value, bool):
        raise _Wrong(f"{place} must be {_KINDS[kind]}, is {type(value).__name__}")
    return value
