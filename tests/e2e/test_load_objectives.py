"""The objectives of a load are kept by a fake that is quick, and missed by one that is slow on purpose."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.loads import LOCUSTFILE, load, served

SLO = "p99_send=20s,p99_delivered=50s,callback_lag_p99=50s,errors=0"

pytestmark = pytest.mark.timeout(120)


def test_the_default_load_keeps_them_and_writes_a_summary(tmp_path: Path) -> None:
    words = ["-u", "8", "--messages", "60", "-t", "100s", "--slo", SLO, "--summary", str(tmp_path)]

    done = subprocess.run(
        [sys.executable, str(LOCUSTFILE.parent / "run.py"), *words], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(" PASS\n") == 4
    assert "messages: 60" in (tmp_path / "summary.txt").read_text("utf-8")
    assert "load, fake and sink agree to the message" in done.stdout
    assert {path.name for path in tmp_path.iterdir()} == {"summary.html", "summary.txt", "summary.csv"}
    page = (tmp_path / "summary.html").read_text("utf-8")
    assert "every objective is met" in page
    assert page.count("<svg") >= 4


def test_one_that_is_slow_on_purpose_misses_them_and_ends_with_status_1(tmp_path: Path) -> None:
    planted = tmp_path / "planted.yaml"
    planted.write_text("about: It is slow.\ninclude: delivered\nrules: [{then: {fault: {latency: 600ms}}}]\n")
    with served() as fake:
        words = [
            "Transactional",
            "--host",
            fake.url,
            "-u",
            "2",
            "--messages",
            "4",
            "-t",
            "60s",
            "--scenario",
            str(planted),
        ]
        done = load(fake.environment(), *words, "--slo", "p99_send=300ms,errors=0")

    assert done.status == 1, done.out + done.err
    verdicts = [line for line in done.out.splitlines() if line.endswith(("PASS", "FAIL"))]
    assert [line.split()[0::3] for line in verdicts] == [["p99_send", "FAIL"], ["errors", "PASS"]]
