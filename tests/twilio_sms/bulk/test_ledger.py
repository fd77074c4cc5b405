"""The ledger counts each row once, and no budget is overrun."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from twilio_sms.bulk.journal_view import Total
from twilio_sms.bulk.ledger import SPENT, WANTED, Ledger, spent_segments
from twilio_sms.bulk.states import State
from twilio_sms.errors import JournalError

CENT = Decimal("0.01")
STATES = st.sampled_from(list(State))


def ledger(budget: str | None = None, *, counted=SPENT, segments: int = 0) -> Ledger:
    return Ledger(CENT, None if budget is None else Decimal(budget), 100.0, counted, segments=segments)


def test_what_may_have_been_sent_in_earlier_runs_has_to_be_paid_for():
    totals = {state: Total(rows=1, segments=10**place) for place, state in enumerate(State)}

    assert spent_segments(totals) == sum(totals[state].segments for state in ("ACCEPTED", "INFLIGHT", "UNKNOWN"))
    assert spent_segments({}) == 0


@given(st.lists(st.tuples(STATES, STATES, st.integers(1, 10)), max_size=20))
def test_a_row_is_in_one_state_and_its_segments_count_if_that_may_cost(moves):
    books = ledger()
    for before, after, segments in moves:
        books.enter(before, segments)
        books.move(before, after, segments)

    report = books.report(100.0, None, None)
    assert books.rows == sum(report.counts.values()) == len(moves)
    assert report.segments == sum(segments for _, after, segments in moves if after in SPENT)
    assert report.cost == report.segments * CENT


@given(st.integers(0, 40), st.lists(st.integers(1, 10), max_size=20))
def test_what_is_sent_as_long_as_it_can_be_afforded_stays_within_the_budget(earlier, messages):
    books = ledger("0.40", segments=earlier)
    for segments in messages:
        books.enter(State.PENDING)
        if books.can_afford(segments):
            books.move(State.PENDING, State.INFLIGHT, segments)

    cost = books.report(100.0, None, None).cost
    assert cost is not None
    assert cost <= Decimal("0.40")


def test_a_budget_can_be_spent_to_the_last_cent():
    books = ledger("0.03")

    assert books.can_afford(3)
    assert not books.can_afford(4)


def test_without_a_budget_or_a_price_everything_can_be_afforded():
    assert ledger().can_afford(10**9)
    assert Ledger(None, Decimal(1), 0.0, SPENT).can_afford(10**9)


def test_what_an_earlier_run_spent_is_not_counted_again_when_its_row_is_read():
    books = ledger(segments=5)

    books.enter(State.ACCEPTED)

    assert books.report(100.0, None, None).segments == 5


def test_a_message_that_did_not_go_out_costs_nothing():
    books = ledger("0.03")
    books.enter(State.PENDING)
    books.move(State.PENDING, State.INFLIGHT, 3)
    assert not books.can_afford(1)
    assert books.under_way == 1

    books.move(State.INFLIGHT, State.REJECTED, 3)

    assert books.can_afford(3)
    assert books.under_way == 0


def test_a_rehearsal_counts_what_would_be_sent():
    books = ledger(counted=WANTED)
    books.enter(State.PENDING, 2)
    books.enter(State.SKIPPED, 3)

    assert books.report(100.0, None, None).segments == 2


def test_progress_and_report_are_pictures_of_a_moment():
    books = ledger()
    books.enter(State.PENDING)
    progress, error = books.progress(103.0), JournalError("full")

    books.move(State.PENDING, State.ACCEPTED, 1)

    assert (progress.counts[State.PENDING], progress.segments, progress.seconds) == (1, 0, 3.0)
    report = books.report(104.0, "full", error)
    assert (report.counts[State.ACCEPTED], report.stopped, report.error, report.seconds) == (1, "full", error, 4.0)
