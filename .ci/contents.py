"""What must be in an sdist and a wheel, and what is: both ways."""

import tarfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

PACKAGES = ("twilio_sms/", "fake_twilio/")
SCENARIOS, SHIPPED_SCENARIOS = "scenarios/", "fake_twilio/scenarios/"
# An sdist has them though nobody wrote them, or git has them for itself alone.
MADE = frozenset({"PKG-INFO"})


def wanted_in_wheel(tracked: Iterable[str]) -> set[str]:
    """Return what a wheel of these files has: both packages whole, and the scenarios inside the fake."""
    return {
        name.replace(SCENARIOS, SHIPPED_SCENARIOS, 1) if name.startswith(SCENARIOS) else name
        for name in tracked
        if name.startswith((*PACKAGES, SCENARIOS))
    }


def found_in_wheel(wheel: Path) -> set[str]:
    """Return the files of a wheel, without what says whose they are."""
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def found_in_sdist(sdist: Path) -> set[str]:
    """Return the files of an sdist, as paths below its root."""
    with tarfile.open(sdist) as archive:
        names = [member.name.partition("/")[2] for member in archive.getmembers() if member.isfile()]
    return set(names) - MADE


def differences(name: str, wanted: set[str], found: set[str]) -> list[str]:
    """Say which files are missing, and which nobody asked for."""
    missing = [f"{name} lacks {file}" for file in sorted(wanted - found)]
    return missing + [f"{name} has {file}, which git has not" for file in sorted(found - wanted)]
