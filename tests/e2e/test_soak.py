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
    command = [sys.executable, str(SOAK), "--rate", "150", "--fill", "0", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=110)
    assert done.stderr == ""
    return done.returncode, dict(re.findall(r"^(\S+) \S+ \S+ (PASS|FAIL)$", done.stdout, re.M))


def test_client_fake_and_app_agree_and_a_chart_is_drawn(tmp_path: Path) -> None:
    _, told = soak("--messages", "600", "--chart", str(tmp_path / "soak.svg"))

    assert {name: told[name] for name in told if not name.endswith("a_second")} == {
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


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--rate", "0"), "argument --rate: wanted a number above 0"),
        (("--minutes", "nan"), "argument --minutes: wanted a number above 0"),
        (("--messages", "0"), "argument --messages: wanted from 1 to 9,999,999 messages"),
        (("--fill", "-1"), "argument --fill: wanted from 0 to 9,999,999 messages"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_started(words: tuple[str, str], told: str) -> None:
    done = subprocess.run([sys.executable, str(SOAK), *words], capture_output=True, text=True, check=False, timeout=60)

    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
