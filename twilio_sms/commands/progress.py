"""How far a bulk is: a bar, lines now and then, or nothing."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from decimal import Decimal
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as RichProgress

from twilio_sms.bulk.report import Progress, RowResult
from twilio_sms.bulk.states import State
from twilio_sms.commands.terminal import tell

LINE_SECONDS = 5.0  # between two lines, where there is no bar
_WORDS = {
    State.ACCEPTED: "accepted",
    State.REJECTED: "rejected",
    State.UNKNOWN: "in doubt",
    State.SKIPPED: "opted out",
    State.INFLIGHT: "on the way",
}


class Watcher(Protocol):
    """Who is told how far a bulk is."""

    def on_progress(self, progress: Progress) -> None: ...

    def on_result(self, result: RowResult) -> None: ...


def watching(
    about_rows: int | None, price_per_segment: Decimal | None, *, is_quiet: bool, console: Console | None = None
) -> AbstractContextManager[Watcher]:
    """Give who shows, on stderr, how far a bulk of *about_rows* is; ``None`` if nobody knows how many there are."""
    console = console or Console(stderr=True)
    if is_quiet:
        return nullcontext(Nobody())
    if not console.is_terminal:
        return nullcontext(Lines(about_rows, Wording(price_per_segment)))
    return _bar(about_rows, Wording(price_per_segment), console)


class Nobody:
    """Shows nothing."""

    def on_progress(self, progress: Progress) -> None:
        """Pass over it."""

    def on_result(self, result: RowResult) -> None:
        """Pass over it."""


class Wording:
    """Says in one line how far a bulk is."""

    def __init__(self, price_per_segment: Decimal | None) -> None:
        self._price = price_per_segment
        self._ended_now = 0

    def note(self, _result: RowResult) -> None:
        """Count a row that ended in this run: those of earlier ones say nothing about how fast this one is."""
        self._ended_now += 1

    def line(self, progress: Progress) -> str:
        words = [f"{progress.counts[state]} {word}" for state, word in _WORDS.items() if progress.counts[state]]
        if progress.seconds > 0:
            words.append(f"{self._ended_now / progress.seconds:.1f}/s")
        words.append(f"{progress.segments} segments")
        if self._price is not None:
            words.append(f"cost {progress.segments * self._price:f}")
        return ", ".join(words)


class Lines:
    """Prints a line every few seconds, for a log."""

    def __init__(self, about_rows: int | None, wording: Wording) -> None:
        self._about = "" if about_rows is None else f" of about {about_rows}"
        self._wording = wording
        self._told_seconds = 0.0
        self.on_result = wording.note

    def on_progress(self, progress: Progress) -> None:
        if progress.seconds - self._told_seconds >= LINE_SECONDS:
            self._told_seconds = progress.seconds
            tell(f"{progress.ended}{self._about} rows: {self._wording.line(progress)}")


class Bar:
    """Moves a bar; rich draws it, some times a second."""

    def __init__(self, bar: RichProgress, about_rows: int | None, wording: Wording) -> None:
        self._bar = bar
        self._total = about_rows
        self._wording = wording
        self._task = bar.add_task("", total=about_rows, counts="")
        self.on_result = wording.note

    def on_progress(self, progress: Progress) -> None:
        total = None if self._total is None else max(self._total, sum(progress.counts.values()))
        self._bar.update(self._task, completed=progress.ended, total=total, counts=self._wording.line(progress))


@contextmanager
def _bar(about_rows: int | None, wording: Wording, console: Console) -> Iterator[Bar]:
    columns = (
        BarColumn(bar_width=30),
        TextColumn("{task.completed:.0f}" if about_rows is None else "{task.completed:.0f}/{task.total:.0f}"),
        TextColumn("{task.fields[counts]}", markup=False),
    )
    with RichProgress(*columns, console=console) as bar:
        yield Bar(bar, about_rows, wording)
