"""The variables of scenario files, which are filled in where a value has their name.

A variable is written ``${name}``, and has the value that was set from outside, else that of ``vars``; it is filled in
once, so that a value with ``${other}`` in it stays as it is. ``$${name}`` is the text ``${name}``.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from fake_twilio.scenario_files.characters import MAX_BYTES
from fake_twilio.scenario_files.included import AssemblyError, Source, wrong
from fake_twilio.scenario_files.marked import Value
from fake_twilio.scenario_files.problems import MOST_PROBLEMS, Path, Place, Problem

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}", re.ASCII)
_VARIABLE = re.compile(r"\$(\$?)\{([A-Za-z_][A-Za-z0-9_]{0,63})\}", re.ASCII)


class Variables:
    """The variables of all *sources*, of which *settings* has other values; it knows which were used.

    Raises `AssemblyError` for what is no variable. All that is filled in may be as large as one file.
    """

    def __init__(self, sources: Sequence[Source], settings: Mapping[str, str]) -> None:
        self._sources = sources
        self._values = _set_from_outside(sources[0], _declared(sources), settings)
        self._used: set[str] = set()
        self._unknown: list[tuple[str, Problem]] = []
        self._filled_in = 0  # characters

    def filled(self, source: Source, path: Path, value: Value) -> Value:
        """Return *value*, which stands at *path* of a file, with all its variables filled in."""
        if isinstance(value, str):
            return _VARIABLE.sub(lambda found: self._substitute(source, path, found), value)
        if isinstance(value, list):
            return [self.filled(source, (*path, place), item) for place, item in enumerate(value)]
        if isinstance(value, dict):
            return {key: self.filled(source, (*path, key), item) for key, item in value.items()}
        return value

    def check(self) -> None:
        """Raise `AssemblyError` if a name was no variable."""
        if self._unknown:
            raise AssemblyError(self._unknown)

    def unused(self) -> Iterator[tuple[str, Problem]]:
        """Yield each variable that no value has, with the file in which it stands."""
        for source, name, _ in _named(self._sources):
            if name not in self._used:
                place = source.marked.key_place(("vars", name))
                yield source.file, Problem(place, ("vars", name), f"no value has ${{{name}}}")

    def _substitute(self, source: Source, path: Path, found: re.Match[str]) -> str:
        escape, name = found.groups()
        if escape:
            return f"${{{name}}}"
        self._used.add(name)
        if name not in self._values:
            self._miss(source, path, name)
        value = self._values.get(name, "")
        self._filled_in += len(value)
        if self._filled_in > MAX_BYTES:
            raise wrong(source, path, f"wanted at most {MAX_BYTES} characters of variables in all places together")
        return value

    def _miss(self, source: Source, path: Path, name: str) -> None:
        wanted = _no_such([name], self._values)
        self._unknown.append((source.file, Problem(source.marked.place(path), path, wanted)))
        if len(self._unknown) >= MOST_PROBLEMS:
            self.check()


def _declared(sources: Sequence[Source]) -> dict[str, str]:
    """Return the variables that the files have, each with the value of the first of them."""
    found: dict[str, str] = {}
    for source, name, value in _named(sources):
        if not _NAME.fullmatch(name):
            raise wrong(source, ("vars", name), "wanted a name of letters, digits and _, 64 of them at most")
        if not isinstance(value, str):
            raise wrong(source, ("vars", name), "wanted a text: a variable stands for one value")
        found.setdefault(name, value)
    return found


def _named(sources: Sequence[Source]) -> Iterator[tuple[Source, str, Value]]:
    for source in sources:
        named = source.tree().get("vars", {})
        if not isinstance(named, dict):
            raise wrong(source, ("vars",), "wanted names and values, such as {pause: 30s}")
        for name, value in named.items():
            yield source, name, value


def check_settings(settings: Mapping[str, str]) -> None:
    """Raise `TypeError` if a value is no text: it is filled into one."""
    for name, value in settings.items():
        if not isinstance(value, str):
            raise TypeError(f"settings: wanted a text as the value of {name}, such as '5s' or '0.2', not {value!r:.60}")


def _set_from_outside(main: Source, declared: dict[str, str], settings: Mapping[str, str]) -> dict[str, str]:
    check_settings(settings)
    unknown = [name for name in settings if name not in declared]
    if unknown:
        raise AssemblyError([(main.file, Problem(Place(1, 1), (), _no_such(unknown, declared)))])
    return {**declared, **settings}


def _no_such(names: Sequence[str], known: Mapping[str, str]) -> str:
    return f"no such variable: {', '.join(names)}; under vars there is {', '.join(known) or 'none'}"
