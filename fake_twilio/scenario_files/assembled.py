"""A scenario file together with the files that it includes, and with its variables filled in.

Lists are joined, the file's own entries first; of anything else the file's own counts, then that of the first that it
includes. All files together may be as large as one, and variables may add as much again.
"""

from collections.abc import Iterator, Mapping

from fake_twilio.scenario_files.included import Read, Source, gathered
from fake_twilio.scenario_files.marked import Value
from fake_twilio.scenario_files.problems import Path, Problem
from fake_twilio.scenario_files.variables import Variables

OF_EACH_FILE = ("include", "vars")  # keys that are of one file, not of the whole


class Assembled:
    """What all files say together, and where each part of it stands."""

    def __init__(self, sources: list[Source], settings: Mapping[str, str]) -> None:
        self.main = sources[0]
        self.is_alone = len(sources) == 1  # whether it includes no other file
        self.value: dict[str, Value] = {}
        self._variables = Variables(sources, settings)
        self._origins: dict[Path, tuple[Source, Path]] = {}
        for source in sources:
            self._add(source)
        self._variables.check()

    def origin(self, path: Path) -> tuple[Source, Path]:
        """Return in which file, and where in it, stands what is at *path* of the whole."""
        for length in (2, 1):
            if path[:length] in self._origins:
                source, start = self._origins[path[:length]]
                return source, start + path[length:]
        return self.main, path

    def unused(self) -> Iterator[tuple[str, Problem]]:
        """Yield each variable that no value has, with the file in which it stands."""
        return self._variables.unused()

    def _add(self, source: Source) -> None:
        for key, value in source.tree().items():
            if key not in OF_EACH_FILE:
                self._take(source, key, self._variables.filled(source, (key,), value))

    def _take(self, source: Source, key: str, value: Value) -> None:
        """Join a list to the one that is there; take anything else if there is nothing yet."""
        present = self.value.get(key)
        if isinstance(value, list) and isinstance(present, list):
            self._mark(source, key, len(present), value)
            present += value
        elif key not in self.value:
            self.value[key] = value
            self._origins[key,] = source, (key,)
            self._mark(source, key, 0, value)

    def _mark(self, source: Source, key: str, start: int, value: Value) -> None:
        for place in range(len(value) if isinstance(value, list) else 0):
            self._origins[key, start + place] = source, (key, place)


def assemble(source: Source, read: Read, settings: Mapping[str, str]) -> Assembled:
    """Return *source* with all that it includes, which *read* reads; *settings* are variables set from outside.

    Raises `AssemblyError` for what is no include or no variable, for files that include each other, and for too much.
    """
    return Assembled(gathered(source, read), settings)
