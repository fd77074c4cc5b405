"""How fast the fake takes messages, beside other fakes: Prism, moto, Mockoon, WireMock, pytest-httpserver.

Each that is installed is served by a process of its own, one at a time, and asked in turns with the fake: the same
requests on as many kept connections. The median of the ratios counts, after some rounds that do not. Who is not
installed is skipped by name. Prints ``name value goal PASS|FAIL`` and ends with status 0 either way.
``python loadtests/bench/alternatives.py [--requests N] [--rounds N] [--only NAME …] [--trimmed FILE] [--full FILE]``,
where FILE is Twilio's description of its messages alone, or of its whole API.
"""

import argparse
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

from figures import report, skip
from post_messages import creating
from posting import WrongAnswerError, requests_a_second
from processes import free_port, serving
from rivals import FULL, TRIMMED, NotThereError, Rival, rivals

REQUESTS = 200  # for each connection and round
ROUNDS, WARM_UPS = 5, 2  # a virtual machine compiles what it is asked often
START_SECONDS, END_SECONDS = 60.0, 5.0


def compare(fake: int, rival: Rival, requests: int, rounds: int) -> None:
    """Report what *rival* answers a second, and how many times as much the fake on port *fake* does."""
    ours, theirs = creating(requests), rival.posting(requests)
    with running(rival) as port:
        pairs = [(requests_a_second(fake, ours), requests_a_second(port, theirs)) for _ in range(rounds + WARM_UPS)][
            WARM_UPS:
        ]
    report(f"{rival.name}_requests_a_second", median(rate for _, rate in pairs))
    report(f"fake_over_{rival.name}", median(of_fake / rate for of_fake, rate in pairs), rival.goal)


@contextmanager
def running(rival: Rival) -> Iterator[int]:
    """Run a rival on a free port in a group of processes of its own, which ends with all that it started."""
    with TemporaryDirectory() as folder:
        port = free_port()
        command = rival.command(port, Path(folder))
        quiet = subprocess.DEVNULL
        with subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True) as process:
            try:
                _wait_until_it_answers(process, port, rival)
                yield port
            finally:
                _end(process)


def _wait_until_it_answers(process: "subprocess.Popen[bytes]", port: int, rival: Rival) -> None:
    began = perf_counter()
    while not _answers(port, rival):
        if process.poll() is not None:
            raise NotThereError(f"ended by itself with status {process.returncode}")
        if perf_counter() - began > START_SECONDS:
            raise NotThereError(f"did not answer as expected within {START_SECONDS:.0f} s")
        sleep(0.05)


def _answers(port: int, rival: Rival) -> bool:
    try:
        requests_a_second(port, rival.posting(1))
    except (OSError, HTTPException, WrongAnswerError):
        return False
    return True


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the whole group: some commands only start the one that serves."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, how)
            process.wait(END_SECONDS)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


def main() -> None:
    asked = _arguments()
    with serving(Path(__file__).with_name("post_messages.py"), "fake") as fake:
        for rival in rivals(asked.trimmed, asked.full):
            if asked.only and rival.name not in asked.only:
                continue
            try:
                compare(fake, rival, asked.requests, asked.rounds)
            except NotThereError as reason:
                skip(rival.name, str(reason))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--requests", type=int, default=REQUESTS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--only", nargs="+")
    parser.add_argument("--trimmed", type=Path, default=TRIMMED)
    parser.add_argument("--full", type=Path, default=FULL)
    return parser.parse_args()


if __name__ == "__main__":
    main()
