"""What stands in for a journal where nobody asked for one: every row is new, and nothing outlives the process."""

from collections.abc import Mapping, Sequence

from twilio_sms.bulk.journal_row import NewRow, Row
from twilio_sms.bulk.journal_view import Total
from twilio_sms.bulk.states import State


class NoJournal:
    """Takes every note and keeps none."""

    job_id = "-"

    def load(self, rows: Sequence[NewRow]) -> list[Row]:
        return [Row.pending(row) for row in rows]

    def totals(self) -> Mapping[State, Total]:
        """Return nothing: there was no earlier run."""
        return {}

    def mark(self, index: int) -> None:
        """Let the row go; a crash forgets that it did."""

    def claim(self, _index: int, _sid: str) -> bool:
        """Match nothing: nobody knows which messages belong to other rows."""
        return False

    def accept(self, index: int, sid: str) -> None:
        pass

    def take_losses(self) -> Sequence[tuple[int, str]]:
        """Return nothing: no row is matched with a message, so none can lose it."""
        return ()

    def accept_without_sid(self, index: int, reason: str) -> None:
        pass

    def reject(self, index: int, code: int | None, reason: str) -> None:
        pass

    def skip(self, index: int, reason: str) -> None:
        pass

    def doubt(self, index: int, reason: str) -> None:
        pass

    def give_back(self, index: int, reason: str | None = None) -> None:
        pass

    def resend(self, index: int) -> None:
        pass

    def flush(self) -> None:
        pass
