"""What the pytest fixture costs: its start, a reset, its stop, and a hundred tests with it.

A start is all that lies between asking for a fake and its first answer, the making of its application included; the
first of the process does not count. It is stopped with a client's connection open, and reset while it runs. Then 100
trivial tests run with the fixture and without it, each time in a new process. Medians count. Prints ``name value goal
PASS|FAIL`` and ends with status 0 either way. ``python loadtests/bench/fixture.py [times [runs]]``
"""

import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from figures import report

from fake_twilio.fixture import FakeTwilioFixture

TIMES = 30
RESETS_FOR_EACH = 10
TESTS = 100
RUNS = 3
PLAIN = "def test_{number}():\n    assert True\n"
WITH = "def test_{number}(fake_twilio):\n    assert True\n"


def start_and_stop_ms(times: int) -> tuple[float, float]:
    """Return the medians of a start and of a stop."""
    pairs = [_start_and_stop() for _ in range(times + 1)][1:]
    return median(start for start, _ in pairs) * 1e3, median(stop for _, stop in pairs) * 1e3


def _start_and_stop() -> tuple[float, float]:
    began = perf_counter()
    fake = FakeTwilioFixture(clock="manual").start()
    connection = HTTPConnection("127.0.0.1", fake.port)
    connection.request("GET", "/_fake/health")
    assert connection.getresponse().read()
    answered = perf_counter()
    fake.stop()
    stopped = perf_counter()
    connection.close()
    return answered - began, stopped - answered


def reset_ms(times: int) -> float:
    taken = []
    with FakeTwilioFixture(clock="manual") as fake:
        for _ in range(times * RESETS_FOR_EACH):
            began = perf_counter()
            fake.reset()
            taken.append(perf_counter() - began)
    return median(taken) * 1e3


def hundred_tests_seconds(runs: int) -> float:
    """Return what 100 tests take with the fixture over what they take without."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        _run_seconds(folder, WITH)  # what is compiled is compiled
        return median(_run_seconds(folder, WITH) - _run_seconds(folder, PLAIN) for _ in range(runs))


def _run_seconds(folder: Path, test: str) -> float:
    (folder / "test_all.py").write_text("".join(test.format(number=number) for number in range(TESTS)), "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "fake_twilio.pytest_plugin", "-p", "no:cacheprovider"]
    environment = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": str(Path(__file__).parents[2])}
    began = perf_counter()
    subprocess.run([*command, str(folder)], check=True, capture_output=True, cwd=folder, env=environment)
    return perf_counter() - began


def main(times: int = TIMES, runs: int = RUNS) -> None:
    start, stop = start_and_stop_ms(times)
    report("fixture_start_ms", start, "<=10")
    report("fixture_stop_ms", stop, "<=20")
    report("fixture_reset_ms", reset_ms(times), "<=1")
    report("hundred_tests_s", hundred_tests_seconds(runs), "<=0.5")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
