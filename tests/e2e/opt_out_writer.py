"""Records STOPs until it is killed, and prints each number once it is recorded; a process of its own.

Run as ``python -m tests.e2e.opt_out_writer ours|naive PATH FIRST``, where FIRST is the first number after +1555.
"""

import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

from tests.doubles import HandClock
from tests.e2e.naive_opt_outs import NaiveOptOuts
from twilio_sms.clock import SystemClock
from twilio_sms.compliance.opt_outs import OptOuts
from twilio_sms.stores.opt_outs_sqlite import SqliteOptOuts

ADDERS: dict[str, Callable[[Path], Callable[[str], object]]] = {
    "ours": lambda path: OptOuts(SqliteOptOuts(path), SystemClock()).add,
    "naive": lambda path: NaiveOptOuts(path, HandClock()).add,
}


def main(variant: str, path: str, first: str) -> None:
    add = ADDERS[variant](Path(path))
    for number in count(int(first)):
        text = f"+1555{number:07}"
        add(text)
        print(text, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
