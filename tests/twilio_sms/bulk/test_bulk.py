"""A bulk sends each row at most once, over all its runs, and says what became of it."""

import tracemalloc
from datetime import timedelta
from decimal import Decimal
from email.utils import format_datetime
from pathlib import Path

import pytest

from tests.doubles import ACCOUNT_SID, HandClock, answer
from tests.parts import BASE, ONCE, UNLIMITED
from tests.twilio_sms.bulk.journals import open_journal
from tests.twilio_sms.bulk.stub_twilio import LOST, Reaction, StubTwilio, accept, client, refused, rows
from twilio_sms.bulk.journal import Journal
from twilio_sms.bulk.journal_row import Row
from twilio_sms.bulk.loader import load_rows
from twilio_sms.bulk.report import RowResult
from twilio_sms.bulk.rows import read_rows
from twilio_sms.bulk.states import State
from twilio_sms.config import Config
from twilio_sms.domain.opt_out import OptOutEvent
from twilio_sms.domain.phone import PhoneNumber
from twilio_sms.errors import (
    AmbiguousSendError,
    JournalError,
    LocalOptOutError,
    OptOutUnknownError,
    RequestError,
    ValidationError,
)
from twilio_sms.stores.opt_outs_memory import MemoryOptOuts
from twilio_sms.transport.wire import Request, Response


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


def journal_rows(path: Path) -> list[Row]:
    return list(Journal.read(path).rows())


def lose(*bodies: str, is_kept: bool = False):
    """Return how Twilio loses the answers of some messages, after it accepted them or before."""
    twilio = StubTwilio()

    def react(form: dict[str, str]):
        if form["Body"] not in bodies:
            return None
        if is_kept:
            twilio.keep(form)
        return LOST

    twilio.react = react
    return twilio


def test_every_row_is_sent_once_and_the_report_says_so(path):
    twilio = StubTwilio()

    report = client(twilio).messages.send_bulk(rows(50), journal=path, price_per_segment="0.01")

    assert twilio.bodies() == [row["body"] for row in rows(50)]
    assert report.is_complete
    assert (report.counts[State.ACCEPTED], report.segments, report.cost) == (50, 50, Decimal("0.50"))
    assert {row.sid for row in journal_rows(path)} == {message["sid"] for message in twilio.messages}


def test_the_same_call_sends_only_what_is_left(path):
    twilio = StubTwilio()
    client(twilio).messages.send_bulk(rows(20), journal=path)

    report = client(twilio).messages.send_bulk(rows(30), journal=path)

    assert twilio.bodies() == [row["body"] for row in rows(30)]
    assert report.counts[State.ACCEPTED] == 30


def test_without_a_journal_every_call_is_a_new_bulk():
    twilio = StubTwilio()
    for _ in range(2):
        client(twilio).messages.send_bulk(rows(5))

    assert len(twilio.messages) == 10


def test_what_has_ended_in_an_earlier_run_is_not_told_again(path):
    told: list[RowResult] = []
    messages = client(StubTwilio()).messages
    messages.send_bulk(rows(5), journal=path)

    messages.send_bulk(rows(7), journal=path, on_result=told.append)

    assert sorted(result.index for result in told) == [5, 6]


def test_a_row_that_cannot_be_sent_is_refused_by_name_and_the_others_go(path):
    told: dict[int, RowResult] = {}
    source = [*rows(2), {**rows(1)[0], "to": "5"}, *rows(range(3, 5))]
    report = client(StubTwilio()).messages.send_bulk(
        source, journal=path, on_result=lambda result: told.update({result.index: result})
    )

    assert (report.counts[State.ACCEPTED], report.counts[State.REJECTED]) == (4, 1)
    assert isinstance(told[2].error, ValidationError)
    assert "row 2" in str(told[2].error)
    assert journal_rows(path)[2].reason == str(told[2].error)


def test_a_refusal_of_twilios_ends_its_row_alone(path):
    twilio = StubTwilio(lambda form: refused(400, 21211) if form["Body"] == "row 2" else None)

    report = client(twilio).messages.send_bulk(rows(5), journal=path)

    assert (report.counts[State.ACCEPTED], report.counts[State.REJECTED]) == (4, 1)
    assert journal_rows(path)[2].code == 21211


@pytest.mark.parametrize(
    ("status", "code"),
    [(302, None), (400, None), (404, 20404), (407, None)],
    ids=["portal", "proxy", "address", "login"],
)
def test_an_answer_that_is_not_about_the_row_stops_the_bulk_and_leaves_the_rows(path, status, code):
    twilio = StubTwilio(lambda _form: refused(status, code))

    report = client(twilio).messages.send_bulk(rows(100), journal=path)

    assert report.error is not None
    assert report.error.status == status
    assert {row.state for row in journal_rows(path)} == {State.PENDING}


def test_who_opted_out_is_skipped_and_nothing_is_sent_to_them(path):
    twilio, told = StubTwilio(), []
    made = client(twilio)
    made.opt_outs.add(rows(5)[3]["to"])

    report = made.messages.send_bulk(rows(5), journal=path, on_result=told.append)

    assert (report.counts[State.ACCEPTED], report.counts[State.SKIPPED]) == (4, 1)
    assert "row 3" not in twilio.bodies()
    [skipped] = [result for result in told if result.state is State.SKIPPED]
    assert isinstance(skipped.error, LocalOptOutError)


def test_a_row_whose_answer_is_lost_is_found(path):
    twilio = lose("row 3", is_kept=True)

    report = client(twilio).messages.send_bulk(rows(5), journal=path)

    assert report.counts[State.ACCEPTED] == 5
    assert len(twilio.posts) == 5
    assert journal_rows(path)[3].is_matched


def test_a_row_that_is_not_found_stays_unknown_in_every_run(path):
    clock, told = HandClock(), []
    twilio = lose("row 1")
    messages = client(twilio, clock).messages

    report = messages.send_bulk(rows(3), journal=path, on_result=told.append)

    assert report.counts[State.UNKNOWN] == 1
    assert not report.is_complete
    assert clock.monotonic() >= 120
    assert isinstance(told[-1].error, AmbiguousSendError)
    assert messages.send_bulk(rows(3), journal=path) == report
    assert len(twilio.posts) == 3


def test_a_row_that_is_not_found_is_sent_again_if_that_is_asked_for(path):
    twilio = lose("row 1")
    forget = iter([LOST])
    twilio.react = lambda form: next(forget, None) if form["Body"] == "row 1" else None

    report = client(twilio).messages.send_bulk(rows(3), journal=path, on_unknown="resend")

    assert report.is_complete
    assert twilio.bodies() == ["row 0", "row 1", "row 2"]
    assert [row.doubts for row in journal_rows(path)] == [0, 1, 0]


class DatedTwilio(StubTwilio):
    """Dates what it takes and what it answers by a clock of its own, which the other one is *ahead* of."""

    def __init__(self, clock: HandClock, ahead: timedelta) -> None:
        super().__init__(self.take_and_lose)
        self._now = lambda: format_datetime(clock.now() - ahead)

    def take_and_lose(self, form: dict[str, str]) -> Reaction:
        self.messages.append({**self.keep(form), "date_created": self._now()})
        self.messages.pop(-2)  # the same without a date
        return LOST

    def send(self, request: Request) -> Response:
        response = super().send(request)
        return response._replace(headers={**response.headers, "date": self._now()})


@pytest.mark.parametrize(
    ("ahead_seconds", "state"),
    [(0, State.ACCEPTED), (299, State.ACCEPTED), (600, State.UNKNOWN), (-600, State.ACCEPTED)],
)
def test_a_clock_that_is_ahead_has_nothing_sent_twice(path, caplog, ahead_seconds, state):
    clock = HandClock()
    twilio = DatedTwilio(clock, timedelta(seconds=ahead_seconds))

    report = client(twilio, clock).messages.send_bulk(rows(1), journal=path, on_unknown="resend")

    assert (report.counts[state], len(twilio.posts)) == (1, 1)
    assert ("clock of this machine is 599 s ahead" in caplog.text) is (state is State.UNKNOWN)


def test_rows_that_are_the_same_have_a_message_each(path):
    twins = [rows(1)[0]] * 6
    answers = iter([LOST, None, LOST, None, LOST, None])
    twilio = StubTwilio()

    def react(form: dict[str, str]):
        lost = next(answers)
        if lost:
            twilio.keep(form)
        return lost

    twilio.react = react
    report = client(twilio).messages.send_bulk(twins, journal=path, on_unknown="resend")

    assert report.counts[State.ACCEPTED] == len(twilio.messages) == 6
    assert len({row.sid for row in journal_rows(path)}) == 6


def test_an_answer_without_a_sid_is_looked_for_and_the_row_is_never_sent_again(path):
    twilio = StubTwilio(lambda _form: answer(201, body=b"<html>"))

    report = client(twilio).messages.send_bulk(rows(3), journal=path, on_unknown="resend")

    assert (report.counts[State.ACCEPTED], len(twilio.posts)) == (3, 3)
    assert client(twilio).messages.send_bulk(rows(3), journal=path).counts[State.ACCEPTED] == 3
    assert len(twilio.posts) == 3


def test_a_text_that_cannot_be_recognised_is_never_sent_again(path):
    twilio = lose("row 0")

    report = client(twilio).messages.send_bulk(
        rows(1, smart_encoded=True), journal=path, on_unknown="resend", settle_seconds=1
    )

    assert (report.counts[State.UNKNOWN], len(twilio.posts), twilio.looks) == (1, 1, 0)


def test_what_an_earlier_process_left_on_its_way_is_looked_for(path, tmp_path):
    twilio, clock = StubTwilio(), HandClock()
    client(twilio, clock).messages.send_bulk(rows(2), journal=path)
    with Journal.open(path, account_sid=ACCOUNT_SID, base_url=BASE, clock=clock) as journal:
        list(load_rows(read_rows(rows(3)), journal, PhoneNumber.parse, clock.now))
        journal.mark(2)
    twilio.keep({"To": rows(3)[2]["to"], "From": rows(1)[0]["from_"], "Body": "row 2"})

    report = client(twilio, clock).messages.send_bulk(rows(3), journal=path)

    assert (report.counts[State.ACCEPTED], len(twilio.posts)) == (3, 2)


def test_rows_in_doubt_hold_up_no_others(path):
    clock, moments = HandClock(), {}
    twilio = lose("row 0")

    client(twilio, clock).messages.send_bulk(
        rows(30), journal=path, on_result=lambda result: moments.update({result.index: clock.monotonic()})
    )

    assert max(moments[index] for index in range(1, 30)) < 1 < 120 <= moments[0]


def test_a_budget_is_never_overrun_and_spent_to_the_last_message(path):
    twilio = StubTwilio()

    report = client(twilio).messages.send_bulk(rows(50), journal=path, budget="0.25", price_per_segment="0.01")

    assert len(twilio.posts) == 25
    assert (report.cost, report.stopped) == (
        Decimal("0.25"),
        "the next message would overrun the budget: what is left is PENDING",
    )
    assert not report.is_complete


def test_a_budget_is_one_of_all_runs_together(path):
    twilio = StubTwilio()
    terms = {"journal": path, "price_per_segment": "0.01"}
    client(twilio).messages.send_bulk(rows(50), budget="0.25", **terms)

    report = client(twilio).messages.send_bulk(rows(50), budget="0.30", **terms)

    assert len(twilio.posts) == 30
    assert report.cost == Decimal("0.30")


def test_what_an_earlier_run_spent_counts_before_its_rows_are_read_again(path):
    source = [{**rows(1)[0], "from_": "+15005550009"}, *rows(range(1, 4))]
    twilio = StubTwilio(lambda form: refused(429, 21611) if form["Body"] == "row 0" else None)
    with pytest.raises(ValueError, match="enough"):  # row 0 is left over, all others have gone
        client(twilio).messages.send_bulk(source, journal=path, on_result=_after(3))
    twilio.react = accept

    report = client(twilio).messages.send_bulk(source, journal=path, budget="0.03", price_per_segment="0.01")

    assert twilio.bodies() == ["row 1", "row 2", "row 3"]
    assert report.cost == Decimal("0.03")


def _after(count: int):
    told = []

    def note(result: RowResult) -> None:
        told.append(result)
        if len(told) == count:
            raise ValueError("enough")

    return note


def test_what_was_refused_gives_its_money_back(path):
    twilio = StubTwilio(lambda form: refused(400, 21211) if int(form["Body"].split()[1]) < 20 else None)

    report = client(twilio).messages.send_bulk(rows(50), journal=path, budget="0.10", price_per_segment="0.01")

    assert len(twilio.messages) == 10
    assert report.cost == Decimal("0.10")


def test_a_rehearsal_counts_and_sends_nothing(path):
    twilio, told = StubTwilio(), []
    made = client(twilio)
    made.opt_outs.add(rows(5)[3]["to"])
    source = [*rows(4), {**rows(1)[0], "to": "5"}]

    report = made.messages.send_bulk(
        source, journal=path, dry_run=True, price_per_segment="0.01", on_result=told.append, on_progress=lambda _: None
    )

    assert {state: number for state, number in report.counts.items() if number} == {
        State.PENDING: 3,
        State.SKIPPED: 1,
        State.REJECTED: 1,
    }
    assert (report.cost, len(told)) == (Decimal("0.03"), 5)
    assert (twilio.posts, path.exists()) == ([], False)


class FailingList(MemoryOptOuts):
    """An opt-out list of somebody's own, which fails for who is asked for the second time: right before the request."""

    def __init__(self) -> None:
        super().__init__()
        self._asked: set[str] = set()

    def current(self, number: str) -> tuple[OptOutEvent, ...]:
        if number in self._asked:
            raise KeyError(number)
        self._asked.add(number)
        return super().current(number)


def test_a_list_that_raises_what_it_likes_stops_the_bulk_and_leaves_the_rows(path):
    twilio = StubTwilio()

    report = client(twilio, opt_outs=FailingList()).messages.send_bulk(rows(3), journal=path)

    assert "the opt-out list raised KeyError" in report.stopped
    assert twilio.posts == []
    assert {row.state for row in journal_rows(path)} == {State.PENDING}


def test_a_part_that_raises_what_is_no_error_of_ours_ends_the_bulk_and_nothing_goes_twice(path):
    def fail(form: dict[str, str]) -> None:
        if form["Body"] == "row 1":
            raise KeyError("a transport of one's own")

    with pytest.raises(KeyError, match="of one's own"):
        client(StubTwilio(fail)).messages.send_bulk(rows(3), journal=path)
    again = StubTwilio()

    report = client(again).messages.send_bulk(rows(3), journal=path)

    assert "row 1" not in again.bodies()
    assert (report.counts[State.ACCEPTED], report.counts[State.UNKNOWN]) == (2, 1)


def test_a_rehearsal_stops_where_the_opt_outs_cannot_be_read():
    class NoList:
        def check(self, *_recipient, fresh: bool = False) -> None:
            raise OptOutUnknownError("the list cannot be read")

    made = client(StubTwilio())
    made.messages._send_path._opt_outs = NoList()

    report = made.messages.send_bulk(rows(5), dry_run=True)

    assert isinstance(report.error, OptOutUnknownError)
    assert report.stopped == "the list cannot be read"


def test_rows_that_were_changed_are_refused_by_name(path):
    twilio = StubTwilio()
    client(twilio).messages.send_bulk(rows(5), journal=path)
    changed = rows(5)
    changed[3]["body"] = "another"

    with pytest.raises(JournalError, match=r"^row 3 \(key [0-9a-f]{16}\) is not the message that it was"):
        client(twilio).messages.send_bulk(changed, journal=path)

    assert len(twilio.posts) == 5


def test_scheduled_rows_can_be_gone_on_with_when_their_time_has_passed(path):
    clock, twilio = HandClock(), StubTwilio()
    at = clock.now() + timedelta(hours=1)
    service = "MG" + "0f" * 16
    source = [{**row, "from_": None, "messaging_service_sid": service, "send_at": at} for row in rows(3)]
    terms = {"journal": path, "price_per_segment": 1}
    client(twilio, clock).messages.send_bulk(source, budget=2, **terms)
    clock.sleep(3600)

    report = client(twilio, clock).messages.send_bulk(source, **terms)

    assert (report.counts[State.ACCEPTED], report.counts[State.REJECTED]) == (2, 1)


def test_a_journal_in_use_is_refused_and_nothing_is_sent(path):
    twilio = StubTwilio()
    with open_journal(path.parent), pytest.raises(JournalError, match="the journal is written by process"):
        client(twilio).messages.send_bulk(rows(5), journal=path)

    assert twilio.posts == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [({"account_sid": "AC" + "0e" * 16}, "belongs to account"), ({"base_url": "http://127.0.0.1:2"}, "was sent to")],
    ids=["account", "address"],
)
def test_a_journal_of_another_account_or_address_is_refused_and_nothing_is_sent(path, changes, message):
    twilio = StubTwilio()
    client(twilio).messages.send_bulk(rows(5), journal=path)

    with pytest.raises(JournalError, match=message):
        client(twilio, **changes).messages.send_bulk(rows(9), journal=path)

    assert len(twilio.posts) == 5


def test_many_rows_take_no_more_memory_than_few():
    def peak_bytes(count: int) -> int:
        source = (row for number in range(count) for row in rows(range(number, number + 1)))
        made = client(Forgetful(), config=Config(retry=ONCE, rate_limits=UNLIMITED, opt_out_cache_seconds=0))
        tracemalloc.start()
        report = made.messages.send_bulk(source)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert report.counts[State.ACCEPTED] == count
        return peak

    peak_bytes(300)

    assert peak_bytes(2_400) < 1.2 * peak_bytes(600)


class Forgetful(StubTwilio):
    """Keeps nothing of what it accepted."""

    def send(self, request):
        response = super().send(request)
        self.posts.clear()
        self.messages.clear()
        return response


def test_open_rows_that_are_not_given_again_are_missing(path):
    twilio = StubTwilio(lambda _form: refused(401, 20003))
    client(twilio).messages.send_bulk(rows(9), journal=path)
    twilio.react = accept

    report = client(twilio).messages.send_bulk(rows(4), journal=path)

    assert (report.counts[State.ACCEPTED], report.missing_rows, report.is_complete) == (4, 5, False)


def test_rows_that_have_ended_may_go(path):
    twilio = StubTwilio()
    client(twilio).messages.send_bulk(rows(9), journal=path)

    assert client(twilio).messages.send_bulk(rows(4), journal=path).is_complete


def test_half_a_character_in_a_row_stops_that_row_alone(path):
    twilio = StubTwilio()
    bad = {"to": "\ud800" * 20, "from_": "\ud800", "body": "\ud800"}

    report = client(twilio).messages.send_bulk([bad, *rows(2)], journal=path)

    assert (report.counts[State.REJECTED], report.counts[State.ACCEPTED]) == (1, 2)


def test_a_code_too_large_for_the_journal_is_no_code(path):
    twilio = StubTwilio(lambda _form: refused(400, 10**30))

    report = client(twilio).messages.send_bulk(rows(2), journal=path)

    assert (type(report.error), report.counts[State.PENDING]) == (RequestError, 2)


def test_rows_that_a_stopped_bulk_has_not_come_to_are_not_missing(path):
    twilio = StubTwilio(lambda _form: refused(401, 20003))

    report = client(twilio).messages.send_bulk(rows(90), journal=path, workers=1)

    assert (report.stopped is not None, report.missing_rows) == (True, 0)
