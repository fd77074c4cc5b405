"""A soak of seconds: the books agree, and a planted leak is found out."""

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

SOAK = Path(__file__).parents[2] / "loadtests" / "bench" / "soak.py"
pytestmark = [
    pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="there is no /proc on this machine"),
    pytest.mark.timeout(120),
]


def soak(*words: str) -> tuple[int, dict[str, str]]:
    """Return the exit status, and PASS or FAIL by figure."""
    command = [sys.executable, str(SOAK), "--rate", "150", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=110)
    assert done.stderr == ""
    return done.returncode, dict(re.findall(r"^(\S+) \S+ \S+ (PASS|FAIL)$", done.stdout, re.M))


def test_client_fake_and_app_agree_and_a_chart_is_drawn(tmp_path: Path) -> None:
    _, told = soak("--messages", "600", "--chart", str(tmp_path / "soak.svg"))

    assert {name: told[name] for name in told if not name.endswith(("of_a_message", "a_second"))} == {
        "soak_fake_threads_grown": "PASS",
        "soak_fake_open_files_grown": "PASS",
        "soak_client_threads_grown": "PASS",
        "soak_client_open_files_grown": "PASS",
        "soak_messages": "PASS",
        "soak_messages_client_and_fake_differ_in": "PASS",
        "soak_callbacks_missing": "PASS",
        "soak_callbacks_doubled": "PASS",
    }
    curves = ElementTree.parse(tmp_path / "soak.svg").findall(".//{*}polyline")
    assert len(curves) == 6
    assert all(len(curve.attrib["points"].split()) >= 3 for curve in curves)


def test_a_fake_that_keeps_its_sockets_is_found_out() -> None:
    status, told = soak("--messages", "1500", "--leak", "sockets")

    assert (status, told["soak_fake_open_files_grown"]) == (1, "FAIL")
    assert told["soak_callbacks_missing"] == "PASS"
