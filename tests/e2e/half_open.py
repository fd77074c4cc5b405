"""Whether clients that never finish a request keep others waiting: reliability, G37.

Run as ``python -m tests.e2e.half_open [--connections 10000]``; it prints ``name value goal PASS|FAIL``. Of each four
connections one says nothing, one half a line, one half a head, and one half a body. All are kept open from this side,
and now and then somebody comes with a whole request, over a new connection. The standard library's server is put
through the same, to show that the judge finds out who waits for the slow.
"""

import argparse
import resource
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from time import monotonic
from typing import Any
from urllib.parse import urlsplit
from wsgiref.simple_server import WSGIRequestHandler, make_server

from loadtests.bench.figures import report
from tests.e2e.test_serve import serving

GOOD_EVERY = 250  # connections
PATIENCE_SECONDS = 5.0
SPARE_DESCRIPTORS = 200
WHOLE = b"GET /2010-04-01 HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
HALVES = (
    b"",
    b"POST /2010-04-01/Acc",
    b"POST /2010-04-01 HTTP/1.1\r\nHost: 127.0.0.1\r\n",
    b"POST /2010-04-01 HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nTo=",
)
Address = tuple[str, int]


def worst_wait_seconds(address: Address, connections: int) -> float:
    """Return how long a whole request waited at most for its answer, while *connections* halves came and stayed."""
    waits, kept = [], []
    try:
        for number in range(connections):
            half = socket.create_connection(address, PATIENCE_SECONDS)
            kept.append(half)
            half.sendall(HALVES[number % len(HALVES)])
            if number % GOOD_EVERY == GOOD_EVERY - 1:
                waits.append(wait_seconds(address))
        waits.append(wait_seconds(address))
    finally:
        for half in kept:
            half.close()
    return max(waits)


def wait_seconds(address: Address) -> float:
    """Return how long a whole request waits for its answer; five seconds if there is none."""
    began = monotonic()
    try:
        with socket.create_connection(address, PATIENCE_SECONDS) as good:
            good.sendall(WHOLE)
            is_answered = good.recv(4096).startswith(b"HTTP/1.1 404 ")
    except OSError:
        is_answered = False
    return monotonic() - began if is_answered else PATIENCE_SECONDS


@contextmanager
def fake() -> Iterator[Address]:
    """Serve the fake as a process."""
    with serving() as (_process, variables):
        target = urlsplit(variables["TWILIO_BASE_URL"])
        yield str(target.hostname), int(target.port or 0)


class Quiet(WSGIRequestHandler):
    """Handles a request, and logs nothing."""

    def log_message(self, *_words: Any) -> None:
        pass


@contextmanager
def naive() -> Iterator[Address]:
    """Serve with the standard library: one connection after the other, each for as long as it takes."""

    def answer(_environ: Any, start_response: Any) -> list[bytes]:
        start_response("204 No Content", [])
        return []

    with make_server("127.0.0.1", 0, answer, handler_class=Quiet) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield "127.0.0.1", server.server_port
        finally:
            server.shutdown()


def allow_descriptors(connections: int) -> int:
    """Let this process keep so many connections open, or as many as it may; return how many that are."""
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = max(now, connections + SPARE_DESCRIPTORS)
    allowed = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, most))
    return min(connections, allowed - SPARE_DESCRIPTORS)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--connections", type=int, default=10_000)
    connections = allow_descriptors(parser.parse_args().connections)
    with naive() as address:
        report("half_open_naive_seconds", worst_wait_seconds(address, 4))
    with fake() as address:
        waited = worst_wait_seconds(address, connections)
    is_met = report("half_open_connections", connections, ">=10000")
    return 0 if report("half_open_good_request_seconds", waited, "<=1") and is_met else 1


if __name__ == "__main__":
    sys.exit(main())
