"""What an opt-out check costs: ``python loadtests/bench/opt_outs.py [NUMBERS]``.

The list is a SQLite file with as many numbers (10,000 by default). Best of several runs of one thread: an answer of the
cache, a whole check that hits it, a check that asks the file (``fresh``) for a number that is not on the list and for
one that is, a STOP recorded durably. Prints ``name value goal PASS|FAIL`` and ends with status 0 either way.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from figures import report
from stopwatch import best_us

from twilio_sms.clock import SystemClock
from twilio_sms.compliance.opt_out_cache import OptOutCache
from twilio_sms.compliance.opt_outs import OptOuts
from twilio_sms.domain.opt_out import OptOutEvent, State
from twilio_sms.domain.scope import BRAND
from twilio_sms.stores.opt_outs_sqlite import SqliteOptOuts

NUMBERS = 10_000
RUNS = 5
KNOWN, UNKNOWN = "+15550000007", "+15559999999"


def fill(store: SqliteOptOuts, numbers: int) -> None:
    now = SystemClock().now()
    store.append(
        *(
            OptOutEvent(
                number=f"+1555{number:07}",
                scope=BRAND,
                state=State.OPTED_OUT,
                source="import",
                event_time=now,
                received_time=now,
            )
            for number in range(numbers)
        )
    )


def main(numbers: int) -> None:
    clock = SystemClock()
    with TemporaryDirectory() as folder:
        store = SqliteOptOuts(Path(folder, "opt-outs.db"))
        fill(store, numbers)
        cache = OptOutCache(store, clock, 3600, 1000)
        opt_outs = OptOuts(store, clock, cache_seconds=3600)
        report("opt_out_cache_hit_us", best_us(lambda: cache.current(UNKNOWN), 20_000, RUNS), "<=1.5")
        report("opt_out_check_hit_us", best_us(lambda: opt_outs.check(UNKNOWN, None, None), 20_000, RUNS), "<=4")
        fresh_us = best_us(lambda: opt_outs.check(UNKNOWN, None, None, fresh=True), 500, RUNS)
        report("opt_out_check_fresh_us", fresh_us, "<=50")
        report("opt_out_read_us", best_us(lambda: store.current(KNOWN), 500, RUNS), "<=100")
        report("opt_out_record_us", best_us(lambda: opt_outs.add(KNOWN), 20, RUNS), "<=10000")
        store.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else NUMBERS)
