"""A row in doubt is found, or given up after its window; a proof takes a match away, and nothing is sent for ever."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.doubles import HandClock
from tests.twilio_sms.bulk.journals import sid
from tests.twilio_sms.bulk.tasks import BEGAN, draft, lost, send
from twilio_sms.bulk.ledger import SPENT, Ledger
from twilio_sms.bulk.options import BulkOptions
from twilio_sms.bulk.report import RowResult
from twilio_sms.bulk.settling import MAX_MATCHED, MAX_RESENDS, Settling
from twilio_sms.bulk.states import State
from twilio_sms.bulk.tasks import Following, Look, Looked, Send
from twilio_sms.errors import AmbiguousSendError

WINDOW = 120.0
ERROR = lost(AmbiguousSendError)


class Bench:
    """Rows in doubt on a clock that is moved by hand."""

    def __init__(self, state: State = State.UNKNOWN, rows: int = 1, **options) -> None:
        given = {"journal": Path("j.db"), "settle_seconds": WINDOW, **options}
        self.clock = HandClock()
        self.results: list[RowResult] = []
        self.resent: list[int] = []
        self.ledger = Ledger(None, None, 0.0, SPENT)
        for _ in range(rows):
            self.ledger.enter(state, 1)
        self.settling = Settling(self, self.ledger, BulkOptions(**given), self.clock.monotonic, self.results.append)

    def resend(self, index: int) -> None:
        self.resent.append(index)

    def begin(self, index: int = 0, state: State = State.UNKNOWN) -> Look:
        following = self.settling.begin(send(index), BEGAN, state, ERROR)
        assert following
        assert isinstance(following.task, Look)
        return following.task

    def found(self, look: Look, number: int = 1) -> Following | None:
        return self.settling.book(Looked(look=look, sid=sid(number), is_answered=True, began_at=self.now))

    def nothing(self, look: Look, *, is_answered: bool = True) -> Following | None:
        return self.settling.book(Looked(look=look, sid=None, is_answered=is_answered, began_at=self.now))

    def to_the_end(self, look: Look, *, is_answered: bool = True) -> tuple[Send | None, list[float]]:
        """Look until it is over; return the row that is to be sent again, if it is, and the moments of the looks."""
        self.clock.sleep(look.rest_seconds)
        moments = [self.now]
        while (following := self.nothing(look, is_answered=is_answered)) is not None:
            if isinstance(following.task, Send):
                return following.task, moments
            look = following.task
            self.clock.sleep(following.rest_seconds)
            moments.append(self.now)
        return None, moments

    @property
    def now(self) -> float:
        return self.clock.monotonic()

    def states(self) -> dict[State, int]:
        return {state: rows for state, rows in self.ledger.progress(0.0).counts.items() if rows}


def test_a_row_that_is_found_is_accepted():
    bench = Bench()

    assert bench.found(bench.begin()) is None

    assert bench.results == [RowResult(index=0, state=State.ACCEPTED, sid=sid(1), segments=1)]
    assert bench.states() == {State.ACCEPTED: 1}


@pytest.mark.parametrize("window", [WINDOW, 0.4])
def test_looks_become_rarer_and_the_last_one_begins_when_the_window_is_over(window):
    bench = Bench(settle_seconds=window)

    _, moments = bench.to_the_end(bench.begin())

    assert moments == pytest.approx([window / 8, 3 * window / 8, 7 * window / 8, window])
    assert moments[-1] >= window
    assert len(bench.results) == 1


def test_a_row_that_is_not_found_stays_unknown():
    bench = Bench()

    resent, _ = bench.to_the_end(bench.begin())

    assert resent is None
    assert bench.results == [RowResult(index=0, state=State.UNKNOWN, error=ERROR, segments=1)]
    assert bench.states() == {State.UNKNOWN: 1}


def test_a_look_that_began_within_the_window_proves_nothing_however_late_it_ends():
    bench = Bench(on_unknown="resend")
    look = bench.begin()
    bench.clock.sleep(10 * WINDOW)

    following = bench.settling.book(Looked(look=look, sid=None, is_answered=True, began_at=WINDOW - 0.001))

    assert isinstance(following.task, Look)
    assert bench.resent == []


def test_a_row_that_is_not_found_is_sent_again_if_that_is_asked_for():
    bench = Bench(on_unknown="resend")

    resent, _ = bench.to_the_end(bench.begin())

    assert resent == send(0, doubtful_since=BEGAN, resends=1)
    assert (bench.resent, bench.results) == ([0], [])
    assert bench.states() == {State.PENDING: 1}


def test_a_row_is_not_sent_again_for_ever():
    bench = Bench(on_unknown="resend")
    row: Send | None = send(0)
    while row is not None:
        following = bench.settling.begin(row, BEGAN, State.UNKNOWN, ERROR)
        row, _ = bench.to_the_end(following.task)
        if row:
            bench.ledger.move(State.PENDING, State.UNKNOWN, 1)

    assert len(bench.resent) == MAX_RESENDS
    assert bench.results == [RowResult(index=0, state=State.UNKNOWN, error=ERROR, segments=1)]


def test_a_list_that_cannot_be_read_is_waited_for_and_never_a_reason_to_send_again():
    bench = Bench(on_unknown="resend")

    resent, moments = bench.to_the_end(bench.begin(), is_answered=False)

    assert resent is None
    assert 2 * WINDOW <= moments[-1] <= 4 * WINDOW
    assert bench.results[0].state is State.UNKNOWN


def test_an_accepted_row_whose_sid_was_lost_is_looked_for_and_never_sent_again():
    bench = Bench(State.ACCEPTED, on_unknown="resend")

    resent, _ = bench.to_the_end(bench.begin(state=State.ACCEPTED))

    assert resent is None
    assert bench.results == [RowResult(index=0, state=State.ACCEPTED, error=ERROR, segments=1)]
    assert bench.states() == {State.ACCEPTED: 1}


def test_without_a_window_one_look_is_the_last():
    bench = Bench(on_unknown="resend", settle_seconds=0)
    look = bench.begin()

    assert look.rest_seconds == 0.0
    assert bench.nothing(look).task == send(0, doubtful_since=BEGAN, resends=1)


@pytest.mark.parametrize(
    ("row", "since", "options"),
    [
        (send(draft=draft(smart_encoded=True)), BEGAN, {}),
        (send(), None, {}),
        (send(), BEGAN, {"journal": None}),
    ],
    ids=["not to be recognised", "nobody knows since when", "no journal"],
)
def test_what_cannot_be_looked_for_is_told_at_once_and_never_sent_again(row, since, options):
    bench = Bench(**options)

    assert bench.settling.begin(row, since, State.UNKNOWN, ERROR) is None

    assert bench.results == [RowResult(index=0, state=State.UNKNOWN, error=ERROR, segments=1)]
    assert bench.states() == {State.UNKNOWN: 1}


def test_a_row_whose_message_was_its_twins_is_looked_for_anew():
    bench = Bench()
    bench.found(bench.begin())
    bench.clock.sleep(50)

    following = bench.settling.begin_again(0, sid(1))

    assert bench.states() == {State.UNKNOWN: 1}
    assert (following.task.since, following.task.settles_at) == (BEGAN, 50 + WINDOW)
    bench.found(following.task, 2)
    assert [result.sid for result in bench.results] == [sid(1), sid(2)]


def test_a_match_that_is_taken_before_its_look_has_come_back_is_none():
    bench = Bench()
    look = bench.begin()

    assert bench.settling.begin_again(0, sid(1)) is None
    following = bench.found(look, 1)

    assert bench.results == []
    assert bench.states() == {State.UNKNOWN: 1}
    assert bench.found(following.task, 2) is None
    assert bench.results[0].sid == sid(2)


def test_an_accepted_row_that_loses_its_match_stays_accepted():
    bench = Bench(State.ACCEPTED, on_unknown="resend")
    bench.found(bench.begin(state=State.ACCEPTED))

    following = bench.settling.begin_again(0, sid(1))

    assert following.task.state is State.ACCEPTED
    assert bench.states() == {State.ACCEPTED: 1}
    assert bench.to_the_end(following.task)[0] is None


@pytest.mark.parametrize(("index", "states"), [(0, {State.UNKNOWN: 1}), (1, {State.ACCEPTED: 1})])
def test_a_row_that_an_earlier_run_matched_is_left_to_the_next(index, states):
    bench = Bench(State.ACCEPTED)

    assert bench.settling.begin_again(index, sid(1)) is None

    assert bench.states() == states


def test_few_matches_are_kept_the_newest():
    bench = Bench(rows=MAX_MATCHED + 1)
    for index in range(MAX_MATCHED + 1):
        bench.found(bench.begin(index), index)

    assert bench.settling.begin_again(0, sid(0)) is None
    assert bench.settling.begin_again(1, sid(1)).task.row == send(1)


def test_the_time_of_day_does_not_matter():
    bench = Bench(on_unknown="resend")
    years_ago = BEGAN - timedelta(days=1000)

    following = bench.settling.begin(send(0), years_ago, State.UNKNOWN)

    assert following.task.settles_at == WINDOW
