"""The short form of the profiles of failure: each promise of the client's is kept, and the usual code found out."""

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "load_profiles.md").read_text("utf-8")


@pytest.mark.timeout(240)  # real seconds of an outage; more of them where the machine is busy
@pytest.mark.parametrize(("profile", "judged"), [("outage", 12), ("brown_out", 4), ("callback_storm", 7)])
def test_the_client_keeps_its_promises_and_a_naive_one_is_found_out(tmp_path: Path, profile: str, judged: int) -> None:
    command = [sys.executable, str(ROOT / "loadtests" / "bench" / "profiles.py"), "--short", profile]

    done = subprocess.run(
        [*command, "--charts", str(tmp_path)], capture_output=True, text=True, check=False, timeout=200
    )

    assert (done.returncode, done.stderr) == (0, "")
    told = dict(re.findall(r"^(\S+) \S+ \S+ (PASS|FAIL)$", done.stdout, re.MULTILINE))
    assert len(told) == judged
    assert set(told.values()) == {"PASS"}, done.stdout
    assert [name for name in told if f"`{name}`" not in PAGE] == []
    ElementTree.parse(tmp_path / f"profile_{profile}.svg")


def test_a_profile_that_there_is_not_is_refused_in_a_line() -> None:
    command = [sys.executable, str(ROOT / "loadtests" / "bench" / "profiles.py"), "earthquake"]

    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=50)

    assert done.returncode == 2
    assert "wanted one of outage, brown_out, callback_storm, not 'earthquake'" in done.stderr
    assert "Traceback" not in done.stderr
