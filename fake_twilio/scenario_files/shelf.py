"""Scenarios that were read are at hand until their files change: a test suite plays one over and over."""

from collections.abc import Mapping
from pathlib import Path

from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.scenario_files.finding import find_scenario
from fake_twilio.scenario_files.load import NO_SETTINGS, read_scenario
from fake_twilio.scenario_files.variables import check_settings

MANY = 64
Stamp = tuple[int, int, int]  # inode, size, and the moment of the last change


class Shelf:
    """Reads scenarios, and keeps those that stand in one file."""

    def __init__(self) -> None:
        self._kept: dict[tuple[Path, tuple[tuple[str, str], ...]], tuple[Stamp, Scenario]] = {}

    def load(self, name: str | Path, settings: Mapping[str, str] = NO_SETTINGS) -> Scenario:
        """Return a scenario as `load_scenario` does; raises what that does."""
        check_settings(settings)
        path = find_scenario(str(name))
        key, stamp = (path, tuple(settings.items())), _stamp(path)
        kept = self._kept.get(key)
        if kept is not None and kept[0] == stamp:
            return kept[1]
        reading = read_scenario(name, settings)
        if reading.assembled.is_alone:
            if len(self._kept) >= MANY:
                self._kept.clear()
            self._kept[key] = stamp, reading.scenario
        return reading.scenario


def _stamp(path: Path) -> Stamp:
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns
