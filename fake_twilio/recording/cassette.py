"""Cassettes: JSON files of requests and answers, read as traffic."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode

from fake_twilio.recording.wire import Answered, Asked

_KINDS = {dict: "an object", list: "a list", str: "a text", int: "a whole number"}
MOST_BYTES = 64 << 20
T = TypeVar("T")


class CassetteError(ValueError):
    """A file is no cassette; the text says where, and what was wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A request and its answer, or the *phase* in which that got lost; *at* is in seconds since the first one."""

    asked: Asked
    answered: Answered | None
    phase: str | None = None
    is_damaged: bool = False
    at: float = 0.0


def read_cassette(path: Path) -> list[Recorded]:
    """Return what a cassette holds; raises `CassetteError`.

    The format is ``{"interactions": [{"request": {"method", "path", "body"}, "response": {"status", "body"},
    "timestamp"}]}``, with ``"error": {"phase"}`` in the place of a response that got lost.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise CassetteError(f"wanted at most {MOST_BYTES} bytes")
        tree = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise CassetteError(f"cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise CassetteError(f"wanted JSON: {error}") from error
    entries = _member(_as(tree, dict, "the file"), "interactions", list, "")
    moments = [_moment(entry) for entry in entries]
    first = next((moment for moment in moments if moment is not None), None)
    return [
        _recorded(entry, f"interactions[{number}]", _seconds(first, moments[number]))
        for number, entry in enumerate(entries)
    ]


def _recorded(entry: Any, place: str, at: float) -> Recorded:
    request = _member(_as(entry, dict, place), "request", dict, place)
    asked = _asked(request, f"{place}.request")
    if "error" in entry:
        error = _member(entry, "error", dict, place)
        return Recorded(asked=asked, answered=None, phase=_member(error, "phase", str, f"{place}.error"), at=at)
    response = _member(entry, "response", dict, place)
    answered = _answered(response, f"{place}.response")
    return Recorded(asked=asked, answered=answered, is_damaged=bool(response.get("damage")), at=at)


def _asked(request: dict[str, Any], place: str) -> Asked:
    form = list(_pairs(_as(request.get("body") or {}, dict, f"{place}.body"), f"{place}.body"))
    return Asked(
        method=_member(request, "method", str, place),
        target=_member(request, "path", str, place),
        body=urlencode(form, errors="replace").encode(),  # half a surrogate pair, which JSON can spell
    )


def _pairs(form: dict[str, Any], place: str) -> Iterator[tuple[str, str]]:
    for name, value in form.items():
        for each in value if isinstance(value, list) else [value]:
            yield name, _as(each, str, f"{place}.{name}")


def _answered(response: dict[str, Any], place: str) -> Answered:
    body, headers = response.get("body"), _as(response.get("headers") or {}, dict, f"{place}.headers")
    return Answered(
        status=_member(response, "status", int, place),
        headers=tuple((name.lower(), str(value)) for name, value in headers.items()),
        body=body.encode("utf-8", "replace")
        if isinstance(body, str)
        else b""
        if body is None
        else json.dumps(body).encode(),
    )


def _moment(entry: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(entry["timestamp"])
    except (TypeError, KeyError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _seconds(first: datetime | None, moment: datetime | None) -> float:
    return 0.0 if first is None or moment is None else max(0.0, (moment - first).total_seconds())


def _member(tree: dict[str, Any], name: str, kind: type[T], place: str) -> T:
    here = f"{place}.{name}" if place else name
    if name not in tree:
        raise CassetteError(f"{here}: this key is missing")
    return _as(tree[name], kind, here)


def _as(value: Any, kind: type[T], place: str) -> T:
    if not isinstance(value, kind) or isinstance(value, bool):
        raise CassetteError(f"{place}: wanted {_KINDS[kind]}, not {type(value).__name__}")
    return value
