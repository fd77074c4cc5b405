"""A run goes on whatever fails, rests where it must, and leaves nothing behind whatever ends it."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from threading import Event

import pytest

from tests.doubles import SENDER, HandClock
from tests.twilio_sms.bulk.stub_twilio import LOST, UNREACHABLE, StubTwilio, client, refused, rows
from tests.twilio_sms.bulk.tasks import BEGAN, failed, failure, lost, send
from twilio_sms.bulk.bookkeeper import Bookkeeper
from twilio_sms.bulk.crew import Crew
from twilio_sms.bulk.journal import Journal
from twilio_sms.bulk.journal_row import Row
from twilio_sms.bulk.ledger import SPENT, Ledger
from twilio_sms.bulk.loader import CHUNK, Loaded, load_rows
from twilio_sms.bulk.no_journal import NoJournal
from twilio_sms.bulk.options import BulkOptions
from twilio_sms.bulk.pauses import Pauses
from twilio_sms.bulk.report import BulkReport
from twilio_sms.bulk.rows import read_rows
from twilio_sms.bulk.runner import Runner
from twilio_sms.bulk.settling import Settling
from twilio_sms.bulk.states import State
from twilio_sms.bulk.tasks import Look, Looked, Result, Send
from twilio_sms.clock import SystemClock
from twilio_sms.config import Config
from twilio_sms.domain.phone import PhoneNumber
from twilio_sms.errors import (
    AmbiguousSendError,
    AuthenticationError,
    CredentialsError,
    InvalidRecipientError,
    JournalError,
    OptOutUnknownError,
)
from twilio_sms.resilience.limits import RateLimits
from twilio_sms.resilience.token_bucket import Rate

PATIENCE_SECONDS = 10.0
HANDED_OUT = 16  # eight rows are under way, and each thread has another one in reserve


class CountingClock(HandClock):
    """Counts how often somebody sleeps."""

    naps = 0

    def sleep(self, seconds: float) -> None:
        self.naps += 1
        super().sleep(seconds)


def in_journal(path: Path) -> Counter[State]:
    return Counter(row.state for row in Journal.read(path).rows())


def crew_threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("twilio-sms-bulk")]


def run(twilio: StubTwilio, journal: NoJournal, count: int, **options) -> BulkReport:
    """Send rows with a journal of the test's own."""
    clock = HandClock()
    bulk = client(twilio, clock).messages._make_bulk()
    loaded = load_rows(read_rows(rows(count)), journal, PhoneNumber.parse, clock.now)
    return bulk._run(loaded, journal, BulkOptions(**options))


class Trouble:
    """A callback that raises when it is called for the first time, or each time."""

    def __init__(self, error: BaseException, *, is_lasting: bool = False) -> None:
        self.is_raised = Event()
        self._error = error
        self._is_lasting = is_lasting

    def __call__(self, _told: object) -> None:
        if self._is_lasting or not self.is_raised.is_set():
            self.is_raised.set()
            raise self._error

    def hold_up_all_but(self, body: str):
        """Return how Twilio keeps all but one request waiting until the trouble is there."""

        def react(form: dict[str, str]) -> None:
            if form["Body"] != body:
                self.is_raised.wait(PATIENCE_SECONDS)

        return react


@pytest.mark.parametrize("is_lasting", [False, True], ids=["once", "each time"])
@pytest.mark.parametrize("error", [KeyboardInterrupt(), ValueError("x")], ids=["an interrupt", "a fault"])
def test_what_is_under_way_is_booked_when_a_callback_raises(tmp_path, error, is_lasting):
    trouble = Trouble(error, is_lasting=is_lasting)
    twilio = StubTwilio(trouble.hold_up_all_but("row 0"))
    with pytest.raises(type(error)) as caught:
        client(twilio).messages.send_bulk(rows(100), journal=tmp_path / "j.db", on_result=trouble)

    states = in_journal(tmp_path / "j.db")
    assert caught.value is error
    assert 1 <= states[State.ACCEPTED] == len(twilio.messages) <= 1 + HANDED_OUT
    assert states[State.INFLIGHT] == states[State.UNKNOWN] == 0
    assert crew_threads() == []

    assert client(twilio).messages.send_bulk(rows(100), journal=tmp_path / "j.db").is_complete
    assert twilio.bodies() == [row["body"] for row in rows(100)]


def test_a_source_that_breaks_ends_the_bulk_and_loses_nothing(tmp_path):
    def source():
        yield from rows(CHUNK)
        raise OSError("the database is gone")

    twilio = StubTwilio()
    with pytest.raises(OSError, match="gone"):
        client(twilio).messages.send_bulk(source(), journal=tmp_path / "j.db")

    assert in_journal(tmp_path / "j.db")[State.ACCEPTED] == len(twilio.messages)
    client(twilio).messages.send_bulk(rows(CHUNK), journal=tmp_path / "j.db")
    assert len(twilio.bodies()) == len(set(twilio.bodies())) == CHUNK


def test_a_progress_bar_that_breaks_ends_the_bulk_and_loses_nothing(tmp_path):
    clock = HandClock()
    twilio = StubTwilio(lambda _form: clock.sleep(1))

    with pytest.raises(ValueError, match="x"):
        client(twilio, clock).messages.send_bulk(
            rows(100), journal=tmp_path / "j.db", on_progress=Trouble(ValueError("x"))
        )

    assert in_journal(tmp_path / "j.db")[State.ACCEPTED] == len(twilio.messages)


def test_a_fault_of_the_transport_ends_the_bulk_and_its_row_is_in_doubt(tmp_path):
    def react(form: dict[str, str]) -> None:
        if form["Body"] == "row 3":
            raise RuntimeError("a bug")

    twilio = StubTwilio(react)
    with pytest.raises(RuntimeError, match="a bug"):
        client(twilio).messages.send_bulk(rows(5), journal=tmp_path / "j.db", workers=1)

    assert in_journal(tmp_path / "j.db")[State.INFLIGHT] == 1
    twilio.react = lambda _form: None
    report = client(twilio).messages.send_bulk(rows(5), journal=tmp_path / "j.db")
    assert (report.counts[State.UNKNOWN], len(twilio.bodies())) == (1, 4)


@pytest.mark.parametrize("note", ["accept", "doubt"])
def test_a_result_that_cannot_be_written_ends_the_bulk_and_nothing_more_is_sent(note):
    class FullDisk(NoJournal):
        def tell(self, *_note) -> None:
            raise JournalError("the disk is full")

    journal = FullDisk()
    setattr(journal, note, journal.tell)
    twilio = StubTwilio((lambda _form: LOST) if note == "doubt" else (lambda _form: None))

    with pytest.raises(JournalError, match="full"):
        run(twilio, journal, 100)

    assert len(twilio.posts) <= HANDED_OUT
    assert crew_threads() == []


@pytest.mark.parametrize(
    ("react", "kind"),
    [
        (lambda _form: refused(401, 20003), AuthenticationError),
        (lambda _form: refused(403, None), AuthenticationError),
    ],
    ids=["wrong credentials", "not allowed"],
)
def test_credentials_that_are_wrong_stop_the_bulk(tmp_path, react, kind):
    twilio = StubTwilio(react)

    report = client(twilio).messages.send_bulk(rows(100), journal=tmp_path / "j.db")

    assert isinstance(report.error, kind)
    assert report.stopped == str(report.error)
    assert not report.is_complete
    assert set(+Counter(report.counts)) == {State.PENDING}
    assert len(twilio.posts) <= HANDED_OUT
    assert set(in_journal(tmp_path / "j.db")) == {State.PENDING}
    twilio.react = lambda _form: None
    assert client(twilio).messages.send_bulk(rows(100), journal=tmp_path / "j.db").is_complete


class NoSecret:
    def basic_auth(self):
        raise CredentialsError("the vault is closed")


class NoList:
    def check(self, *_recipient, fresh: bool = False) -> None:
        if fresh:
            raise OptOutUnknownError("the list cannot be read")


@pytest.mark.parametrize(
    ("parts", "kind"),
    [({"credentials": NoSecret()}, CredentialsError), ({"opt_outs": NoList()}, OptOutUnknownError)],
    ids=["no secret", "no list"],
)
def test_what_no_row_can_help_stops_the_bulk_before_anything_is_sent(tmp_path, parts, kind):
    twilio = StubTwilio()
    made = client(twilio, credentials=parts.get("credentials", NoSecret()))
    if "opt_outs" in parts:
        made = client(twilio)
        made.messages._send_path._opt_outs = parts["opt_outs"]

    report = made.messages.send_bulk(rows(100), journal=tmp_path / "j.db")

    assert isinstance(report.error, kind)
    assert twilio.posts == []
    assert set(in_journal(tmp_path / "j.db")) == {State.PENDING}


def test_an_open_breaker_delays_rows_and_uses_none_up(tmp_path):
    clock = CountingClock()
    twilio = StubTwilio(lambda _form: UNREACHABLE if clock.monotonic() < 100 else None)

    report = client(twilio, clock).messages.send_bulk(rows(300), journal=tmp_path / "j.db")

    assert report.counts[State.ACCEPTED] == 300
    assert len(twilio.posts) < 300 + 30
    assert clock.monotonic() < 200
    assert clock.naps < 50  # no spinning


def test_while_the_breaker_is_open_no_row_is_read():
    clock, read = HandClock(), []
    twilio = StubTwilio(lambda _form: UNREACHABLE if clock.monotonic() < 20 else None)
    source = (read.append(clock.monotonic()) or row for row in rows(20 * CHUNK))

    client(twilio, clock).messages.send_bulk(source)

    assert sum(moment < 20 for moment in read) <= CHUNK
    assert len(read) == 20 * CHUNK


def test_no_more_rows_are_read_than_can_wait():
    read: list[Loaded] = []
    read_at_rest: list[int] = []

    class WatchingClock(HandClock):
        def sleep(self, seconds: float) -> None:
            read_at_rest.append(len(read))
            super().sleep(seconds)

    clock = WatchingClock()
    loaded = load_rows(read_rows(rows(50)), NoJournal(), PhoneNumber.parse, clock.now)

    report = run_losing_all((read.append(row) or row for row in loaded), clock, max_waiting=5)

    assert report.counts[State.UNKNOWN] == 50
    assert read_at_rest[0] <= 5 + 2  # two were with the one thread


@pytest.mark.parametrize(
    ("state", "sid", "kinds"),
    [
        (State.PENDING, None, [Send, Look]),  # its answer is lost, too
        (State.UNKNOWN, None, [Look]),
        (State.ACCEPTED, None, [Look]),  # for its SID
        (State.ACCEPTED, "SM" + "0c" * 16, []),
        (State.REJECTED, None, []),
        (State.SKIPPED, None, []),
    ],
    ids=["pending", "unknown", "accepted, SID lost", "accepted", "rejected", "skipped"],
)
def test_a_row_of_an_earlier_run_goes_on_where_that_left_it(state, sid, kinds):
    asked: list[Send | Look] = []
    row = send(0)
    known = Row(index=0, fingerprint=b"", recipient="", segments=1, state=state, sid=sid, marked_at=BEGAN)

    report = run_losing_all(iter([Loaded(known=known, send=row, problem=None)]), HandClock(), asked=asked.append)

    assert list(dict.fromkeys(type(task) for task in asked)) == kinds
    assert report.counts[State.UNKNOWN if state is State.PENDING else state] == 1


def test_what_would_overrun_the_budget_is_left_and_nothing_after_it_is_read():
    asked: list[Send | Look] = []
    rows_left = iter(
        Loaded(known=pending(n), send=send(n, segments=segments), problem=None)
        for n, segments in enumerate([2, 1, 3, 1])
    )

    report = run_losing_all(rows_left, HandClock(), asked=asked.append, budget=Decimal(3))

    assert [task.index for task in asked if isinstance(task, Send)] == [0, 1]
    assert (report.segments, report.counts[State.PENDING]) == (3, 1)
    assert report.stopped == "the next message would overrun the budget: what is left is PENDING"
    assert next(rows_left).known.index == 3


def test_a_message_that_is_too_dear_waits_for_what_is_under_way_which_may_cost_nothing():
    clock, moments = HandClock(), []
    two = [Loaded(known=pending(n), send=send(n, segments=3), problem=None) for n in range(2)]

    def note(task: Send | Look) -> None:
        if isinstance(task, Send):
            moments.append((task.index, clock.monotonic()))

    report = run_losing_all(iter(two), clock, asked=note, budget=Decimal(3), refused_row=0)

    assert moments == [(0, 0.0), (1, 0.1)]
    assert (report.counts[State.REJECTED], report.counts[State.UNKNOWN], report.segments) == (1, 1, 3)
    assert report.stopped is None


def pending(index: int) -> Row:
    return Row(index=index, fingerprint=b"", recipient="", segments=1, state=State.PENDING)


def run_losing_all(
    loaded: Iterator[Loaded],
    clock: HandClock,
    *,
    max_waiting: int = 100,
    asked: Callable[[Send | Look], None] = lambda _task: None,
    budget: Decimal | None = None,
    refused_row: int | None = None,
) -> BulkReport:
    """Run a bulk of one thread in which every answer but one is lost and nothing is ever found; a segment costs 1."""
    ledger, pauses = Ledger(Decimal(1), budget, 0.0, SPENT), Pauses(clock.monotonic)
    settling = Settling(NoJournal(), ledger, BulkOptions(journal=Path("j.db")), clock.monotonic, ignore)
    books = Bookkeeper(NoJournal(), ledger, settling, pauses, ignore)

    def lose(task: Send | Look) -> Result:
        asked(task)
        if isinstance(task, Send) and task.index == refused_row:
            return failed(task, failure(InvalidRecipientError, status=400, code=21211))
        if isinstance(task, Send):
            return failed(task, lost(AmbiguousSendError))
        return Looked(look=task, sid=None, is_answered=True, began_at=clock.monotonic())

    with Crew(1, lose, Event()) as crew:
        return Runner(
            loaded,
            crew,
            books,
            settling,
            ledger,
            pauses,
            clock,
            save=NoJournal().flush,
            on_progress=None,
            max_waiting=max_waiting,
        ).run()


def ignore(_result: object) -> None:
    return


def test_what_is_known_is_on_disk_before_the_run_rests(tmp_path):
    seen: list[Counter[State]] = []

    class WatchingClock(HandClock):
        def sleep(self, seconds: float) -> None:
            seen.append(in_journal(tmp_path / "j.db"))
            super().sleep(seconds)

    twilio = StubTwilio(lambda form: LOST if form["Body"] == "row 4" else None)

    client(twilio, WatchingClock()).messages.send_bulk(rows(5), journal=tmp_path / "j.db")

    assert seen[0] == {State.ACCEPTED: 4, State.UNKNOWN: 1}


def test_a_full_queue_holds_up_its_sender_and_no_other():
    clock, other = HandClock(), "+15005550009"
    gone = {SENDER: [], other: []}

    def react(form: dict[str, str]):
        if form["From"] == SENDER and clock.monotonic() < 60:
            return refused(429, 21611)
        gone[form["From"]].append(clock.monotonic())
        return None

    twilio = StubTwilio(react)
    mixed = [{**row, "from_": other} if number % 2 else row for number, row in enumerate(rows(100))]
    report = client(twilio, clock).messages.send_bulk(mixed)

    assert report.counts[State.ACCEPTED] == 100
    assert set(gone[other]) == {0.0}
    assert min(gone[SENDER]) >= 60
    assert len(twilio.posts) <= 100 + HANDED_OUT


def test_eight_rows_are_under_way_at_a_time():
    meeting = threading.Barrier(8, timeout=PATIENCE_SECONDS)
    twilio = StubTwilio(lambda _form: meeting.wait() and None)

    report = client(twilio).messages.send_bulk(rows(64), workers=8)

    assert report.counts[State.ACCEPTED] == 64


def test_rows_that_wait_for_the_limiter_are_let_go_when_the_bulk_is_stopped(tmp_path):
    clock = SystemClock()
    slow = Config(rate_limits=RateLimits(global_rate=Rate(0.02, 1), recipient_rate=None))
    twilio = StubTwilio()
    began = clock.monotonic()

    with pytest.raises(ValueError, match="x"):
        client(twilio, clock, slow).messages.send_bulk(
            rows(100), journal=tmp_path / "j.db", on_result=Trouble(ValueError("x"))
        )

    assert clock.monotonic() - began < 40  # the next one would have waited for fifty seconds
    assert len(twilio.posts) <= 2
    assert set(in_journal(tmp_path / "j.db")) == {State.PENDING, State.ACCEPTED}


def test_results_come_once_for_each_row_in_the_calling_thread():
    told, where = Counter(), set()

    def note(result) -> None:
        told[result.index] += 1
        where.add(threading.current_thread())

    client(StubTwilio()).messages.send_bulk(
        rows(300), on_result=note, on_progress=lambda _progress: where.add(threading.current_thread())
    )

    assert told == Counter(range(300))
    assert where == {threading.current_thread()}


def test_progress_ends_with_all_that_was_done():
    clock, told = HandClock(), []
    twilio = StubTwilio(lambda _form: clock.sleep(0.05))

    report = client(twilio, clock).messages.send_bulk(rows(50), on_progress=told.append)

    assert 2 < len(told) < 50
    assert [progress.ended for progress in told] == sorted(progress.ended for progress in told)
    assert told[-1].counts == report.counts
    assert told[-1].ended == 50
