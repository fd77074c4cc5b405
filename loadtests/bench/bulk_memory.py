"""How much memory a bulk takes, by how many rows it has: the rows come from a generator, the answers from a stub.

Each bulk has a process of its own, since a process does not give back what it took once. The peak of what it holds in
memory (the kernel's count) is compared with that of a bulk with a tenth of the rows, journal included. Opt-outs are
asked past the cache, which otherwise fills up to its own bound. Prints ``name value goal PASS|FAIL`` and ends with
status 0 either way. ``python loadtests/bench/bulk_memory.py [rows]``
"""

import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from figures import report

from twilio_sms import Client, Config, RateLimits
from twilio_sms.transport.wire import Request, Response

ROWS = 200_000
GOAL = 1.1
KIB = 1024 if sys.platform != "darwin" else 1  # what the kernel counts in


class Stub:
    """Accepts whatever comes, and keeps nothing."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def send(self, request: Request) -> Response:
        form = dict(request.form)
        message = {"sid": f"SM{next(self._numbers):032x}", "to": form["To"], "body": form["Body"], "status": "queued"}
        return Response(status=201, headers={}, body=json.dumps(message).encode())

    def close(self) -> None:
        """Close nothing."""


def rows(number: int) -> Iterator[dict[str, object]]:
    for index in range(number):
        yield {"to": f"+1555{index:07}", "from_": "+15005550006", "body": f"Your parcel {index} has arrived."}


def send(number: int) -> None:
    """Send a bulk of so many rows, and print the peak in bytes and the seconds it took."""
    config = Config(rate_limits=RateLimits(global_rate=None, recipient_rate=None), opt_out_cache_seconds=0)
    with (
        TemporaryDirectory() as folder,
        Client("AC" + "0a" * 16, "token", transport=Stub(), config=config) as client,
    ):
        began = perf_counter()
        report = client.messages.send_bulk(rows(number), journal=Path(folder) / "journal.db")
        assert report.is_complete, report
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIB, perf_counter() - began)


def measured(number: int) -> tuple[int, float]:
    done = subprocess.run([sys.executable, __file__, "send", str(number)], check=True, capture_output=True, text=True)
    peak, seconds = done.stdout.split()
    return int(peak), float(seconds)


def main(number: int = ROWS) -> None:
    (few, _), (many, seconds) = measured(number // 10), measured(number)
    report(f"bulk_peak_mib_of_{number // 10}_rows", few / 2**20)
    report(f"bulk_peak_mib_of_{number}_rows", many / 2**20)
    report("bulk_rows_a_second", number / seconds)
    report("bulk_peak_over_a_tenth_of_the_rows", many / few, f"<={GOAL}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["send"]:
        send(int(sys.argv[2]))
    else:
        main(*map(int, sys.argv[1:]))
