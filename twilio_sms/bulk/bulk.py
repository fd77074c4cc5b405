"""Sends many messages, each at most once."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event

from twilio_sms.bulk.bookkeeper import Bookkeeper
from twilio_sms.bulk.crew import Crew
from twilio_sms.bulk.journal import Journal
from twilio_sms.bulk.ledger import SPENT, WANTED, Ledger, spent_segments
from twilio_sms.bulk.loader import Loaded, load_rows
from twilio_sms.bulk.no_journal import NoJournal
from twilio_sms.bulk.options import SETTINGS, BulkArguments, BulkOptions
from twilio_sms.bulk.pauses import Pauses
from twilio_sms.bulk.report import OPEN, BulkReport, RowResult
from twilio_sms.bulk.rows import SourceRow, read_rows
from twilio_sms.bulk.runner import Runner
from twilio_sms.bulk.settling import Settling
from twilio_sms.bulk.states import State
from twilio_sms.bulk.worker import Worker
from twilio_sms.clock import Clock
from twilio_sms.domain.phone import ReadNumber
from twilio_sms.errors import JournalError, LocalOptOutError, OptOutUnknownError
from twilio_sms.reconcile import Reconciler
from twilio_sms.sending import SendPath
from twilio_sms.transport.clock_lead import ClockLead

_log = logging.getLogger("twilio_sms")
Source = str | Path | Iterable[Mapping[str, object]]


class Bulk:
    """The bulks of one account."""

    def __init__(
        self,
        send_path: SendPath,
        reconciler: Reconciler,
        read_number: ReadNumber,
        clock: Clock,
        *,
        account_sid: str,
        base_url: str,
        clock_lead: ClockLead,
    ) -> None:
        self._send_path = send_path
        self._reconciler = reconciler
        self._read_number = read_number
        self._clock = clock
        self._account_sid = account_sid
        self._base_url = base_url
        self._clock_lead = clock_lead

    def send(
        self, source: Source, journal_path: str | Path | None, body_template: str | None, arguments: BulkArguments
    ) -> BulkReport:
        """Send what *source* holds; see `Messages.send_bulk`."""
        settings = {name: value for name, value in arguments.items() if name in SETTINGS}
        defaults = {name: value for name, value in arguments.items() if name not in SETTINGS}
        options = BulkOptions.parse(journal=journal_path, **settings)
        rows = read_rows(source, defaults=defaults, body_template=body_template)
        if options.dry_run:
            return self._rehearse(self._loaded(rows, NoJournal()), options)
        with self._journal(options.journal) as journal:
            report = self._run(self._loaded(rows, journal), journal, options)
        if isinstance(report.error, JournalError):
            raise report.error
        return report

    def _journal(self, path: Path | None) -> AbstractContextManager[Journal | NoJournal]:
        if path is None:
            return nullcontext(NoJournal())
        return Journal.open(path, account_sid=self._account_sid, base_url=self._base_url, clock=self._clock)

    def _run(self, rows: Iterator[Loaded], journal: Journal | NoJournal, options: BulkOptions) -> BulkReport:
        clock, tell = self._clock, options.on_result or _nobody
        ledger = Ledger(
            options.price_per_segment,
            options.budget,
            clock.monotonic(),
            SPENT,
            segments=spent_segments(journal.totals()),
        )
        settling = Settling(journal, ledger, options, clock.monotonic, tell)
        pauses = Pauses(clock.monotonic)
        books = Bookkeeper(journal, ledger, settling, pauses, tell)
        is_stopped = Event()
        worker = self._worker(journal, options, is_stopped)
        with Crew(options.workers, worker.do, is_stopped) as crew:
            report = Runner(
                rows,
                crew,
                books,
                settling,
                ledger,
                pauses,
                clock,
                save=journal.flush,
                on_progress=options.on_progress,
            ).run()
        self._tell_clock_lead(report, options)
        return replace(report, missing_rows=_missing_rows(report, journal))

    def _tell_clock_lead(self, report: BulkReport, options: BulkOptions) -> None:
        """Warn of what kept rows from being sent again, which nobody would think of."""
        lead = self._clock_lead.most.total_seconds()
        if options.on_unknown == "resend" and report.counts[State.UNKNOWN] and lead > options.clock_skew_seconds:
            _log.warning(
                "the clock of this machine is %.0f s ahead of Twilio's, so rows in doubt are not sent again: set it, "
                "or raise clock_skew_seconds",
                lead,
            )

    def _worker(self, journal: Journal | NoJournal, options: BulkOptions, is_stopped: Event) -> Worker:
        return Worker(
            self._send_path,
            self._reconciler,
            journal,
            self._clock,
            skew=timedelta(seconds=options.clock_skew_seconds),
            clock_lead=self._clock_lead,
            should_stop=is_stopped.is_set,
        )

    def _rehearse(self, rows: Iterator[Loaded], options: BulkOptions) -> BulkReport:
        """Read every row and ask the opt-out list, but send nothing and write nothing."""
        ledger = Ledger(options.price_per_segment, None, self._clock.monotonic(), WANTED)
        tell = options.on_result or _nobody
        for loaded in rows:
            try:
                result = self._rehearsed(loaded)
            except OptOutUnknownError as error:
                return ledger.report(self._clock.monotonic(), str(error), error)
            ledger.enter(result.state, result.segments)
            tell(result)
            if options.on_progress:
                options.on_progress(ledger.progress(self._clock.monotonic()))
        return ledger.report(self._clock.monotonic(), None, None)

    def _rehearsed(self, loaded: Loaded) -> RowResult:
        index, send = loaded.known.index, loaded.send
        if send is None or loaded.problem is not None:
            return RowResult(index=index, state=State.REJECTED, error=loaded.problem)
        try:
            self._send_path.check_opt_out(send.draft)
        except LocalOptOutError as error:
            return RowResult(index=index, state=State.SKIPPED, error=error, segments=send.segments)
        return RowResult(index=index, state=State.PENDING, segments=send.segments)

    def _loaded(self, rows: Iterator[SourceRow], journal: Journal | NoJournal) -> Iterator[Loaded]:
        return load_rows(rows, journal, self._read_number, self._clock.now)


def _missing_rows(report: BulkReport, journal: Journal | NoJournal) -> int:
    """Return how many rows the journal has open that a source which was read to its end does not have."""
    if report.stopped is not None:
        return 0
    open_rows = sum(total.rows for state, total in journal.totals().items() if state in OPEN)
    return max(0, open_rows - sum(report.counts[state] for state in OPEN))


def _nobody(_result: RowResult) -> None:
    """Tell nobody."""
