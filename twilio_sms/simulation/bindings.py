"""Whether a request is the recorded one under other names, and what the names stand for.

A cassette knows no number, text or SID, only stand-ins. So a request fits if there is a one-to-one naming under which
it is the recorded one: the same recipient as then must be the same now, and another one another. What an answer brings
that was never asked for (the SID of a message) is called as it stands there, and must be called so from then on.
"""

import re
from collections.abc import Mapping
from itertools import zip_longest
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlencode

from twilio_sms.domain.form import Form
from twilio_sms.simulation.cassette import Asked, JsonValue
from twilio_sms.simulation.cassette_fields import EMBEDDED_NUMBER, EMBEDDED_SID, STAND_IN_TEXT, TOLD, Kind, kind_of

_LAST_DIGITS = 2  # what stays of a number


class Reading(NamedTuple):
    """A request read under the names of a cassette: what is new of them, and where it does not fit."""

    names: Mapping[str, str]  # stand-in → what it stands for
    differences: tuple[str, ...] = ()

    @property
    def is_alike(self) -> bool:
        """Whether numbers that are new end as they did when they were recorded."""
        return all(
            recorded[-_LAST_DIGITS:] == actual[-_LAST_DIGITS:]
            for recorded, actual in self.names.items()
            if recorded.startswith("+")
        )


class Bindings:
    """What the stand-ins of one cassette stand for; belongs to who holds its lock."""

    def __init__(self) -> None:
        self._actual: dict[str, str] = {}
        self._recorded: dict[str, str] = {}

    def read(self, recorded: Asked, asked: Asked, ignored: frozenset[str] = frozenset()) -> Reading:
        """Read *asked* as the *recorded* request, without the fields that are *ignored*; nothing is bound yet."""
        reader = _Reader(self._actual, self._recorded)
        if recorded.method != asked.method:
            reader.differences.append(f"method: recorded {recorded.method}, asked {asked.method}")
        reader.read_path(recorded.path, asked.path)
        reader.read_form(_without(recorded.form, ignored), _without(asked.form, ignored))
        return Reading(reader.names, tuple(reader.differences))

    def bind(self, names: Mapping[str, str]) -> None:
        """Take it that each stand-in of *names* stands for its value, from now on."""
        for recorded, actual in names.items():
            self._actual[recorded] = actual
            self._recorded.setdefault(actual, recorded)

    def restore(self, name: str, value: JsonValue) -> JsonValue:
        """Return what an answer says with every stand-in replaced by what it stands for."""
        if isinstance(value, str):
            return self._restored(name, value)
        if isinstance(value, dict):
            return {key: self.restore(key, each) for key, each in value.items()}
        if isinstance(value, list):
            return [self.restore(name, each) for each in value]
        return value

    def _restored(self, name: str, value: str) -> str:
        if name in TOLD:
            return EMBEDDED_NUMBER.sub(self._found, EMBEDDED_SID.sub(self._found, value))
        kind = kind_of(name, value)
        if kind is Kind.KEPT:
            return value
        if kind is Kind.PATH:
            return self._restored_path(value)
        return self._name_of(value)

    def _restored_path(self, path: str) -> str:
        place, mark, query = path.partition("?")
        place = EMBEDDED_SID.sub(self._found, place)
        if not mark:
            return place
        pairs = [(name, self._restored(name, each)) for name, each in parse_qsl(query, keep_blank_values=True)]
        return f"{place}?{urlencode(pairs, errors='replace')}"  # half a character: somebody wrote it into the file

    def _found(self, found: re.Match[str]) -> str:
        return self._name_of(found[0])

    def _name_of(self, value: str) -> str:
        """Return what *value* stands for; what nobody asked for is called as it stands there."""
        if value not in self._actual:
            self.bind({value: value})
        return self._actual[value]


class _Reader:
    """Reads one request as another, field by field."""

    def __init__(self, actual: Mapping[str, str], recorded: Mapping[str, str]) -> None:
        self._actual = actual
        self._recorded = recorded
        self.names: dict[str, str] = {}
        self._taken: dict[str, str] = {}
        self.differences: list[str] = []

    def read_path(self, recorded: str, asked: str) -> None:
        pairs = list(zip_longest(recorded.split("/"), asked.split("/")))
        if any(then is None or now is None for then, now in pairs):
            self.differences.append(f"path: recorded {recorded}, asked for another")
            return
        for then, now in pairs:
            if then != now or EMBEDDED_SID.search(then) or "+" in then:
                self._read_segment(then, now)

    def read_form(self, recorded: Mapping[str, list[str]], asked: Mapping[str, list[str]]) -> None:
        for name in recorded.keys() | asked.keys():
            then, now = recorded.get(name, []), asked.get(name, [])
            if len(then) != len(now):
                self.differences.append(f"{name}: recorded {_times(then)}, asked {_times(now)}")
                continue
            for before, after in zip(then, now, strict=True):
                self._read(name, name, before, after)

    def _read_segment(self, recorded: str, asked: str) -> None:
        then, now = recorded.removesuffix(".json"), asked.removesuffix(".json")
        if len(recorded) - len(then) != len(asked) - len(now):
            self.differences.append(f"path: recorded {recorded}, asked for another")
        elif _stands_for_another(unquote(then)):
            self._read("path", "", unquote(then), unquote(now))
        elif then != now:
            self.differences.append(f"path: recorded {recorded}, asked for another")

    def _read(self, field: str, name: str, recorded: str, actual: str) -> None:
        then, now = kind_of(name, recorded), kind_of(name, actual)
        if then is Kind.KEPT or now is Kind.KEPT:
            if recorded != actual:
                asked = repr(actual) if now is Kind.KEPT else f"a {now.value}"
                self.differences.append(f"{field}: recorded {recorded!r}, asked {asked}")
        elif then is not now or (then is Kind.SID and recorded[:2] != actual[:2]):
            self.differences.append(f"{field}: recorded a {then.value} ({recorded}), asked a {now.value}")
        else:
            self._name(field, recorded, actual)

    def _name(self, field: str, recorded: str, actual: str) -> None:
        known = self.names.get(recorded) or self._actual.get(recorded)
        taken = self._taken.get(actual) or self._recorded.get(actual)
        if known is None and taken is None:
            self.names[recorded] = actual
            self._taken[actual] = recorded
        elif known != actual:
            told = "which stood for another value before" if known else f"but asked for what {taken} stands for"
            self.differences.append(f"{field}: recorded {recorded}, {told}")


def _stands_for_another(segment: str) -> bool:
    return kind_of("", segment) in (Kind.SID, Kind.NUMBER) or STAND_IN_TEXT.fullmatch(segment) is not None


def _without(form: Form, ignored: frozenset[str]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for name, value in form:
        if name not in ignored:
            values.setdefault(name, []).append(value)
    return values


def _times(values: list[str]) -> str:
    return f"{len(values)} values" if values else "none"
