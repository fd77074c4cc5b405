"""Opts recipients out while they are about to be texted; see `stop_race`.

Run as ``python stop_recorder.py FOLDER STOPS SEED FIRST…`` with the first row of each sending process. It follows what
the judge writes down, and opts somebody out who comes soon: so some STOPs come before a row's turn, some between the
looks at the list and the request, and some too late. When a STOP is recorded, its line is added to FOLDER/stops.
It ends with the last STOP, or when its standard input does.
"""

import json
import sys
from pathlib import Path
from random import Random
from threading import Event, Thread

from tests.e2e.stop_sender import OneClock, recipient
from twilio_sms import OptOuts
from twilio_sms.stores.opt_outs_sqlite import SqliteOptOuts

SOON = 24  # rows: as many as a process has under way or in reserve, and some more
HURRY = 0.8  # so that the last STOP comes before the last row
NAP_SECONDS = 0.001


class Followed:
    """How far each process has come, by what the judge wrote down."""

    def __init__(self, ledger: Path, firsts: list[int]) -> None:
        self._file = ledger.open(encoding="utf-8")
        self._newest = {first: first for first in firsts}
        self._part = ""
        self.sent = 0

    def read_on(self) -> None:
        *lines, self._part = (self._part + self._file.read()).split("\n")
        for line in lines:
            number = int(json.loads(line)["to"].removeprefix("+1555"))
            first = max(first for first in self._newest if first <= number)
            self._newest[first] = max(number, self._newest[first])
            self.sent += 1

    def soon(self, chance: Random) -> int:
        """Return a row that some process will send soon."""
        return self._newest[chance.choice(list(self._newest))] + chance.randrange(1, SOON)


def main(folder: Path, stops: int, seed: int, firsts: list[int], is_over: Event) -> None:
    clock, chance, stopped = OneClock(), Random(seed), set[int]()
    opt_outs = OptOuts(SqliteOptOuts(folder / "opt-outs.db"), clock)
    followed = Followed(folder / "ledger", firsts)
    rows_for_a_stop = int((folder / "count").read_text("ascii")) / stops - 1  # those that are stopped are not sent
    with (folder / "stops").open("a", encoding="utf-8") as file:
        while len(stopped) < stops and not is_over.is_set():
            followed.read_on()
            if len(stopped) * rows_for_a_stop * HURRY > followed.sent:
                is_over.wait(NAP_SECONDS)
                continue
            if (number := followed.soon(chance)) in stopped:
                continue
            stopped.add(number)
            opt_outs.add(recipient(number))
            file.write(json.dumps({"to": recipient(number), "at": clock.now().isoformat()}) + "\n")
            file.flush()


def wait_for_the_end(is_over: Event) -> None:
    sys.stdin.read()
    is_over.set()


if __name__ == "__main__":
    over = Event()
    Thread(target=wait_for_the_end, args=(over,), daemon=True).start()
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), [int(first) for first in sys.argv[4:]], over)
