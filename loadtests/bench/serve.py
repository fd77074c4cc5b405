"""How soon `fake-twilio serve` answers, and what memory it takes then.

Counted from the start of the process to the first answer; then the kernel says what it holds. The first run does not
count: what Python compiles is compiled. The medians of the others do. Prints ``name value goal PASS|FAIL`` and ends
with status 0 either way. ``python loadtests/bench/serve.py [runs]``
"""

import subprocess
import sys
from contextlib import closing
from http.client import HTTPConnection
from statistics import median
from time import perf_counter, sleep
from typing import NamedTuple

from figures import report, skip
from processes import free_port, memory_bytes

RUNS = 7
PATIENCE_SECONDS = 30.0


class Served(NamedTuple):
    """One run of the command."""

    seconds: float
    held_bytes: int | None


def serve() -> Served:
    port, began = free_port(), perf_counter()
    command = [sys.executable, "-m", "fake_twilio", "serve", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            while not _is_answering(port):
                if perf_counter() - began > PATIENCE_SECONDS:
                    raise TimeoutError(f"fake-twilio serve does not answer on port {port}")
                sleep(0.002)
            return Served(perf_counter() - began, memory_bytes(process.pid))
        finally:
            process.terminate()


def _is_answering(port: int) -> bool:
    with closing(HTTPConnection("127.0.0.1", port)) as connection:
        try:
            connection.request("GET", "/_fake/health")
            return connection.getresponse().status == 200
        except OSError:
            return False


def main(runs: int = RUNS) -> None:
    served = [serve() for _ in range(runs + 1)][1:]
    report("serve_first_answer_s", median(one.seconds for one in served), "<=0.8")
    held = [one.held_bytes for one in served if one.held_bytes is not None]
    if held:
        report("serve_memory_mib", median(held) / 2**20, "<=80")
    else:
        skip("serve_memory_mib", "only Linux says what a process holds")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
