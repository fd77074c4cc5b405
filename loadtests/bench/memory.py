"""How many bytes the fake holds for a message that has lived its life.

Messages have a text of 100 characters, a status callback and a recipient of their own, and are made and delivered by an
engine without HTTP. What Python has allocated for them is counted by tracemalloc; the log of webhooks is not part
of it, since it is bounded. Prints ``name value goal PASS|FAIL`` and ends with status 0 either way.
"""

import gc
import tracemalloc
from urllib.parse import urlencode

from engines import make_engine
from figures import report

from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.fate.outcome import lives
from fake_twilio.domain.fate.timeline import Step
from fake_twilio.domain.twilio.form import read_form
from fake_twilio.messages.engine import Engine
from fake_twilio.timing.clock import ManualClock
from fake_twilio.timing.scheduler import Scheduler

MESSAGES = 10_000
GOAL = 2048  # bytes
LIFE = lives(Step(Status.SENDING, 0.1), Step(Status.SENT, 0.4), Step(Status.DELIVERED, 1.0))


def create_body(number: int) -> bytes:
    return urlencode(
        {
            "To": f"+1555{number:07}",
            "From": "+15005550006",
            "Body": f"{number:0100}",
            "StatusCallback": f"http://127.0.0.1:8080/status/{number}",
        }
    ).encode()


def live(clock: ManualClock, scheduler: Scheduler, engine: Engine, numbers: range) -> None:
    """Make messages, each at a moment of its own, and let them be delivered."""
    for number in numbers:
        engine.accept(read_form(create_body(number)))
        clock.move_to(clock.now() + 0.01)
        scheduler.run_due(clock.now())
    while (due := scheduler.next_due()) is not None:
        clock.move_to(due)
        scheduler.run_due(due)


def main() -> None:
    clock, scheduler = ManualClock(1_767_225_600.0), Scheduler()
    engine = make_engine(LIFE, clock, scheduler)
    live(clock, scheduler, engine, range(100))  # what is made once is made before it counts
    tracemalloc.start()
    live(clock, scheduler, engine, range(100, 100 + MESSAGES))
    gc.collect()
    held, _peak = tracemalloc.get_traced_memory()
    assert all(message.status is Status.DELIVERED for message in engine.messages())
    value = held / MESSAGES
    report("bytes_a_stored_message", value, f"<={GOAL}")


if __name__ == "__main__":
    main()
