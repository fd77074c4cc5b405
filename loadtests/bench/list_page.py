"""What a page of 50 costs among 100,000 messages, next to one among 1,000.

Asks the engine, without HTTP: for the whole list, for one recipient of ten, and for one sender of ten, each
at its newest page. Rounds of both sizes alternate; the ratio of the quickest ones counts. Prints ``name value goal
PASS|FAIL`` and ends with status 0 either way.
"""

from time import perf_counter

from engines import make_engine
from figures import report

from fake_twilio.domain.fate.outcome import lives
from fake_twilio.domain.messages.query import Cursor, Query
from fake_twilio.messages.engine import Engine
from fake_twilio.timing.clock import ManualClock
from fake_twilio.timing.scheduler import Scheduler

FEW, MANY = 1_000, 100_000
PAGE = 51  # one more than is shown says whether others follow
ROUNDS = 30
CALLS = 50  # for each round
GOAL = 2.00
PARTIES = 10
QUERIES = {
    "page_of_all": Query(),
    "page_of_recipient": Query(to="+15551230007"),
    "page_of_sender": Query(sender="+15005550007"),
}


def engine_with(count: int) -> Engine:
    """Return an engine that holds *count* finished messages of a few recipients and senders."""
    engine = make_engine(lives(), ManualClock(1_767_225_600.0), Scheduler())
    for number in range(count):
        party = f"{number % PARTIES:04}"
        engine.accept((("To", f"+1555123{party}"), ("From", f"+1500555{party}"), ("Body", "x")))
    return engine


def seconds_a_round(engine: Engine, query: Query) -> float:
    began = perf_counter()
    for _ in range(CALLS):
        assert len(engine.page(query, PAGE, Cursor())) == PAGE
    return perf_counter() - began


def main() -> None:
    few, many = engine_with(FEW), engine_with(MANY)
    for name, query in QUERIES.items():
        rounds = [(seconds_a_round(few, query), seconds_a_round(many, query)) for _ in range(ROUNDS)]
        ratio = min(of_many for _, of_many in rounds) / min(of_few for of_few, _ in rounds)
        report(f"{name}_100000_over_1000", ratio, f"<={GOAL}")


if __name__ == "__main__":
    main()
