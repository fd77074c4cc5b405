"""What the fake holds for a message, and how long it looks for some, as the store grows: 1,000 to 1,000,000.

Messages have a text of 100 characters, a status callback and most of them a recipient of their own; an engine without
HTTP makes and delivers them. Memory is what the process grew by, by the kernel's count; the log of webhooks is not part
of it, since it is bounded. Looked for are the newest page, one message, and the newest page of one recipient or sender
among many, each in turns with the same in a store of 1,000; the quickest round counts. Prints ``name value goal
PASS|FAIL`` and ends with status 0 either way. ``python loadtests/bench/store_growth.py [messages]``
"""

import sys
from collections.abc import Callable
from time import perf_counter
from typing import NamedTuple
from urllib.parse import urlencode

from engines import make_engine
from figures import report, skip
from processes import memory_bytes

from fake_twilio.commands.collector import let_garbage_wait
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.fate.outcome import lives
from fake_twilio.domain.fate.timeline import Step
from fake_twilio.domain.messages.query import Cursor, Query
from fake_twilio.domain.twilio.form import read_form
from fake_twilio.messages.engine import Engine
from fake_twilio.timing.clock import ManualClock
from fake_twilio.timing.scheduler import Scheduler

FEW, MESSAGES = 1_000, 100_000
PAGE = 51  # one more than is shown says whether others follow
ROUNDS, CALLS = 15, 100
GOAL_BYTES, GOAL_RATIO = 2048, 2.0
LIFE = lives(Step(Status.SENDING, 0.1), Step(Status.SENT, 0.4), Step(Status.DELIVERED, 1.0))
SOUGHT_RECIPIENT, SOUGHT_SENDER = "+15551230000", "+15005550007"
ONE_IN = 10  # messages go to that recipient, or come from that sender


class Growing:
    """A store that grows as messages are sent and delivered."""

    def __init__(self, bound: int) -> None:
        self._clock, self._scheduler = ManualClock(1_767_225_600.0), Scheduler()
        self.engine = make_engine(LIFE, self._clock, self._scheduler, bound)
        self.held = 0

    def grow_to(self, count: int) -> None:
        """Have messages sent, each at a moment of its own, until there are so many, all delivered."""
        for number in range(self.held, count):
            self.engine.accept(read_form(_create_body(number)))
            self._move_to(self._clock.now() + 0.01)
        while (due := self._scheduler.next_due()) is not None:
            self._move_to(due)
        self.held = count

    def _move_to(self, moment: float) -> None:
        self._clock.move_to(moment)
        self._scheduler.run_due(moment)


def _create_body(number: int) -> bytes:
    is_sought = number % ONE_IN == 0
    return urlencode(
        {
            "To": SOUGHT_RECIPIENT if is_sought else f"+1556{number:07}",
            "From": SOUGHT_SENDER if is_sought else "+15005550006",
            "Body": f"{number:0100}",
            "StatusCallback": f"http://127.0.0.1:8080/status/{number}",
        }
    ).encode()


class Search(NamedTuple):
    """What is looked for, once prepared for an engine."""

    name: str
    prepared: Callable[[Engine], Callable[[], object]]


def _paging(query: Query) -> Callable[[Engine], Callable[[], object]]:
    return lambda engine: lambda: engine.page(query, PAGE, Cursor())


def _fetching(engine: Engine) -> Callable[[], object]:
    """Return a call that fetches the message in the middle."""
    messages = list(engine.messages())
    sid = messages[len(messages) // 2].sid
    return lambda: engine.get(sid)


SEARCHES = (
    Search("page", _paging(Query())),
    Search("fetch", _fetching),
    Search("search_by_recipient", _paging(Query(to=SOUGHT_RECIPIENT))),
    Search("search_by_sender", _paging(Query(sender=SOUGHT_SENDER))),
)


def report_searches(few: Engine, many: Engine, count: int) -> None:
    """Report the microseconds of each search, and how many times as long as among few it takes."""
    for name, prepared in SEARCHES:
        small, large = prepared(few), prepared(many)
        rounds = [(_microseconds(small), _microseconds(large)) for _ in range(ROUNDS)]
        of_few, of_many = (min(times) for times in zip(*rounds, strict=True))
        report(f"{name}_us_at_{count}", of_many)
        if count > FEW:
            report(f"{name}_{count}_over_{FEW}", of_many / of_few, f"<={GOAL_RATIO:g}")


def _microseconds(call: Callable[[], object]) -> float:
    began = perf_counter()
    for _ in range(CALLS):
        call()
    return (perf_counter() - began) / CALLS * 1e6


def report_memory(base_bytes: int | None, count: int) -> None:
    now_bytes = memory_bytes()
    if base_bytes is None or now_bytes is None:
        skip(f"bytes_a_message_at_{count}", "only Linux says what a process holds")
        return
    report(f"bytes_a_message_at_{count}", (now_bytes - base_bytes) / count, f"<={GOAL_BYTES}")


def main(messages: int = MESSAGES) -> None:
    few, many = Growing(FEW), Growing(messages)
    few.grow_to(FEW)  # what is made once is made before it counts
    let_garbage_wait()
    base_bytes = memory_bytes()
    for count in (10**power for power in range(3, len(str(messages)))):
        many.grow_to(count)
        report_memory(base_bytes, count)
        report_searches(few.engine, many.engine, count)
    assert all(message.status is Status.DELIVERED for message in many.engine.messages())


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
