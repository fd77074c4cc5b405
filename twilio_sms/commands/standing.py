"""Where a campaign stands: rows by state, segments, cost."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from twilio_sms.bulk.journal_view import Total
from twilio_sms.bulk.ledger import spent_segments
from twilio_sms.bulk.report import BulkReport
from twilio_sms.bulk.states import State
from twilio_sms.commands.endings import Ending
from twilio_sms.commands.terminal import aligned, show

LEFT = frozenset({State.PENDING, State.INFLIGHT})
_TO_LOOK_AT = LEFT | {State.UNKNOWN, State.REJECTED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is known of all rows. *cost* is ``None`` without a price; *stopped* says why a run ended early."""

    rows: Mapping[str, int]  # by `State`
    segments: int
    cost: Decimal | None = None
    stopped: str | None = None

    @classmethod
    def of_journal(
        cls, totals: Mapping[State, Total], price_per_segment: Decimal | None, stopped: str | None = None
    ) -> Self:
        """Return what the *totals* of a journal say."""
        segments = spent_segments(totals)
        return cls(
            rows={state: totals[state].rows for state in State},
            segments=segments,
            cost=None if price_per_segment is None else segments * price_per_segment,
            stopped=stopped,
        )

    @classmethod
    def of_rehearsal(cls, report: BulkReport) -> Self:
        """Return what a dry run says; its PENDING rows are those that would be sent."""
        return cls(rows=report.counts, segments=report.segments, cost=report.cost)

    @property
    def ending(self) -> Ending:
        """How a command that found it so ends."""
        is_clean = self.stopped is None and not any(self.rows[state] for state in _TO_LOOK_AT)
        return Ending.COMPLETE if is_clean else Ending.OPEN

    @property
    def left(self) -> int:
        """Rows that were not sent, or not to their end."""
        return sum(self.rows[state] for state in LEFT)

    def show(self, *, as_json: bool) -> None:
        """Print it to stdout."""
        for line in [json.dumps(self.to_json())] if as_json else self.to_lines():
            show(line)

    def to_json(self) -> dict[str, Any]:
        return {
            "counts": dict(self.rows),
            "segments": self.segments,
            "cost": None if self.cost is None else f"{self.cost:f}",
            "stopped": self.stopped,
        }

    def to_lines(self) -> list[str]:
        """Return a table for a person: the states in which there are rows, and the sums."""
        table = [(state, str(count)) for state, count in self.rows.items() if count]
        table += [("rows read", str(sum(self.rows.values()))), ("segments", str(self.segments))]
        if self.cost is not None:
            table.append(("cost", f"{self.cost:f}"))
        if self.stopped is not None:
            table.append(("stopped", self.stopped))
        return aligned(table)
