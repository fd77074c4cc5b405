"""A summary as text for a terminal, and as CSV for a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence

from fake_twilio.load.summary import QUANTILES, Figure, Summary

MEASURED = ("count", "mean", *QUANTILES, "max")


def to_text(summary: Summary) -> str:
    """Return what a person reads at the end of a run: figures, counts, verdicts, and whether all agree."""
    parts = [
        f"Load of {summary.began_at}, {summary.seconds:.1f} s: {summary.outcome}",
        _lines(f"{name}: {value}" for name, value in (*summary.ran, *summary.versions)),
        _table(summary.figures),
        _lines(f"{name} {count}" for name, count in summary.counts),
        _lines(judged_lines(summary)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def to_csv(summary: Summary) -> str:
    """Return a line for each measure and each count; durations are in milliseconds."""
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\n")
    lines.writerow(["name", "count", *(f"{name}_ms" for name in MEASURED[1:])])
    lines.writerows([figure.name, figure.times, *map(_plain, _durations(figure))] for figure in summary.figures)
    lines.writerows([name, count] + [""] * (len(MEASURED) - 1) for name, count in summary.counts)
    return written.getvalue()


def judged_lines(summary: Summary) -> tuple[str, ...]:
    """Return a line for each objective, and whether all who counted agree."""
    return *(verdict.line for verdict in summary.verdicts), *agreement_lines(summary)


def agreement_lines(summary: Summary) -> tuple[str, ...]:
    """Return in words whether load, fake and sink agree; nothing if nobody compared them."""
    lost = (f"{summary.missing_workers} workers did not tell all that they saw",) if summary.missing_workers else ()
    if summary.differences is None:
        return lost
    return *lost, *(summary.differences or ("load, fake and sink agree to the message",))


def shown_seconds(seconds: float) -> str:
    """Return a duration with three digits that count: ``4.21 ms``, ``1.5 s``."""
    if seconds >= 1:
        return f"{seconds:.3g} s" if seconds < 1000 else f"{seconds:.0f} s"
    return f"{seconds * 1000:.3g} ms"


def figure_cells(figure: Figure) -> tuple[str, ...]:
    """Return what stands behind a measure's name, as `MEASURED` has it."""
    return str(figure.times), *map(shown_seconds, _durations(figure))


def _durations(figure: Figure) -> tuple[float, ...]:
    return figure.mean_seconds, *figure.quantiles_seconds, figure.max_seconds


def _plain(seconds: float) -> str:
    return f"{seconds * 1000:.3f}"


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines)


def _table(figures: Sequence[Figure]) -> str:
    if not figures:
        return "nothing was measured"
    rows = [("", *MEASURED), *((figure.name, *figure_cells(figure)) for figure in figures)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return _lines("  ".join(_cells(row, widths)).rstrip() for row in rows)


def _cells(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    first, *others = zip(row, widths, strict=True)
    return [first[0].ljust(first[1]), *(text.rjust(width) for text, width in others)]
