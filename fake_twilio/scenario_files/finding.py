"""Which file a scenario's name means: a path, one of ``./scenarios``, or one that comes along."""

import re
from difflib import get_close_matches
from pathlib import Path

from fake_twilio.scenario_files.files import is_file, kind_of
from fake_twilio.scenario_files.problems import ScenarioError, shown
from fake_twilio.scenario_files.wording import MAX_COMPARED

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{digit}" for port in ("com", "lpt") for digit in range(1, 10))}
_HERE = Path(__file__).resolve().parent.parent
_FOLDERS = (_HERE / "scenarios", _HERE.parent / "scenarios")  # in the wheel; in a checkout


def bundled() -> dict[str, Path]:
    """Return the scenarios that come with the package, by name."""
    folder = _folder()
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))} if folder else {}


def _folder() -> Path | None:
    return next((folder for folder in _FOLDERS if folder.is_dir()), None)


def find_scenario(name: str) -> Path:
    """Return the file that *name* means; raises `ScenarioError` with what there is instead.

    A path is taken as it is. A name is lowercase letters, digits, dots, dashes and underscores, at most 64.
    """
    path = Path(name) if is_file(Path(name)) else named_file(name)
    if path is None:
        raise ScenarioError([_not_found(name)])
    return path


def named_file(name: str) -> Path | None:
    """Return the file of the scenario with this name, here or among those that come along.

    A name leads to no file outside of its folder, by a link neither, and is none that Windows keeps for itself.
    """
    if not _NAME.fullmatch(name) or name.partition(".")[0] in _RESERVED:
        return None
    folders = (folder for folder in (Path("scenarios"), _folder()) if folder is not None)
    return next((folder / f"{name}.yaml" for folder in folders if _is_in(folder, f"{name}.yaml")), None)


def _is_in(folder: Path, file: str) -> bool:
    path = folder / file
    return is_file(path) and path.resolve().is_relative_to(folder.resolve())


def _not_found(name: str) -> str:
    kind = kind_of(Path(name)) if name else None
    return f"{shown(name)}:1:1: wanted a regular file, not {kind}" if kind else unknown(name)


def unknown(name: str) -> str:
    """Say that there is no scenario of this name, and which one may have been meant."""
    found = bundled()
    close = get_close_matches(name[:MAX_COMPARED], found, n=1)
    hint = f"did you mean {close[0]}?" if close else f"fake-twilio list names the {len(found)} that come along"
    return f"{shown(name)}: no such file, nor a scenario of this name; {hint}"
