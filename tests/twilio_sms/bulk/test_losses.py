"""A bulk doubts a row anew whose message turns out to be another row's, whenever the journal says so."""

from pathlib import Path

from tests.doubles import HandClock
from tests.twilio_sms.bulk.stub_twilio import LOST, StubTwilio, client, refused, rows
from twilio_sms.bulk.loader import load_rows
from twilio_sms.bulk.no_journal import NoJournal
from twilio_sms.bulk.options import BulkOptions
from twilio_sms.bulk.report import BulkReport, RowResult
from twilio_sms.bulk.rows import read_rows
from twilio_sms.bulk.states import State
from twilio_sms.domain.phone import PhoneNumber


class LosingJournal(NoJournal):
    """A journal in which a row that was matched loses its message, as is known at once or *at_flush*."""

    def __init__(self, *, at_flush: bool) -> None:
        self.claims: list[int] = []
        self._at_flush = at_flush
        self._unknown: list[tuple[int, str]] = []
        self._losses: list[tuple[int, str]] = []

    def claim(self, index: int, sid: str) -> bool:
        self.claims.append(index)
        is_first = len(self.claims) == 1
        if is_first:
            (self._unknown if self._at_flush else self._losses).append((index, sid))
        return is_first

    def flush(self) -> None:
        self._losses += self._unknown
        self._unknown = []

    def take_losses(self) -> list[tuple[int, str]]:
        losses, self._losses = self._losses, []
        return losses


class Lossy:
    """A bulk whose first answer is lost, though the message is there; each request takes a second."""

    def __init__(self, journal: LosingJournal) -> None:
        self.clock = HandClock()
        self.journal = journal
        self.results: list[RowResult] = []
        self.claims_at_last_post = 0
        self.stops_at: str | None = None
        self.twilio = StubTwilio(self._react)

    def send(self, count: int) -> BulkReport:
        bulk = client(self.twilio, self.clock).messages._make_bulk()
        loaded = load_rows(read_rows(rows(count)), self.journal, PhoneNumber.parse, self.clock.now)
        options = BulkOptions(journal=Path("j.db"), workers=1, on_result=self.results.append, settle_seconds=8)
        return bulk._run(loaded, self.journal, options)

    def told_of(self, index: int) -> list[State]:
        return [result.state for result in self.results if result.index == index]

    def _react(self, form: dict[str, str]):
        self.clock.sleep(1)
        self.claims_at_last_post = len(self.journal.claims)
        if form["Body"] == self.stops_at:
            return refused(401, 20003)
        if form["Body"] != "row 0":
            return None
        self.twilio.keep(form)
        return LOST


def test_a_loss_that_is_known_only_at_the_end_is_looked_into_before_the_bulk_ends():
    lossy = Lossy(LosingJournal(at_flush=True))

    report = lossy.send(1)

    assert lossy.told_of(0) == [State.ACCEPTED, State.UNKNOWN]
    assert report.counts[State.UNKNOWN] == 1


def test_a_loss_is_looked_into_while_other_rows_are_sent():
    lossy = Lossy(LosingJournal(at_flush=False))

    lossy.send(50)

    assert lossy.claims_at_last_post > 1
    assert lossy.told_of(0) == [State.ACCEPTED, State.UNKNOWN]


def test_a_loss_is_counted_also_if_the_bulk_was_stopped():
    lossy = Lossy(LosingJournal(at_flush=True))
    lossy.stops_at = "row 20"

    report = lossy.send(50)

    assert lossy.told_of(0) == [State.ACCEPTED]
    assert report.counts[State.UNKNOWN] == 1
