"""How a bulk is sent: its settings, refused by name where they cannot work."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Literal, Self

from twilio_sms.bulk.report import Progress, RowResult
from twilio_sms.domain.problems import Problems
from twilio_sms.domain.send_options import SendOptions
from twilio_sms.domain.settings import is_number, is_whole
from twilio_sms.errors import ValidationError

OnUnknown = Literal["keep", "resend"]
MAX_WORKERS = 256
MAX_SECONDS = 7 * 86_400  # a week: what is not in Twilio's list by then never will be


class BulkArguments(SendOptions, total=False):
    """What a bulk may be told: what its rows have in common, as `Messages.send` takes it, and how it is sent.

    *settle_seconds* is how long a row in doubt is looked for; one that is not found by then stays UNKNOWN
    (``on_unknown="keep"``), or is sent again (``"resend"``), which gives up "never twice" where Twilio's list lags for
    longer than that. *clock_skew_seconds* is how far this clock may be ahead of Twilio's: where its answers show that
    it is more, nothing is sent again. *budget* stops the bulk before it is overrun; it needs *price_per_segment*, in
    the same currency. *dry_run* checks and counts, and sends nothing. *on_result* is told of each row and
    *on_progress* of all of them, in the calling thread; what they raise ends the bulk, once what is under way is
    booked.
    """

    to: str
    from_: str
    body: str
    media_url: str | Sequence[str]
    messaging_service_sid: str
    workers: int
    on_progress: Callable[[Progress], None] | None
    on_result: Callable[[RowResult], None] | None
    on_unknown: OnUnknown
    settle_seconds: float
    clock_skew_seconds: float
    budget: Decimal | int | str | None
    price_per_segment: Decimal | int | str | None
    dry_run: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkOptions:
    """How a bulk is sent. Times are in seconds, money in whatever currency the price is in.

    *on_progress* and *on_result* are called in the thread that sends the bulk; what they raise ends it, once what is
    under way is booked.
    """

    journal: Path | None = None
    workers: int = 8
    on_progress: Callable[[Progress], None] | None = None
    on_result: Callable[[RowResult], None] | None = None
    on_unknown: OnUnknown = "keep"
    settle_seconds: float = 120.0  # Twilio publishes no bound for how late a message shows up in the list
    clock_skew_seconds: float = 300.0  # how far our clock may be ahead of Twilio's
    budget: Decimal | None = None
    price_per_segment: Decimal | None = None
    dry_run: bool = False

    @classmethod
    def parse(
        cls,
        *,
        journal: object,
        budget: object = None,
        price_per_segment: object = None,
        **others: object,
    ) -> Self:
        """Read the settings of a bulk; raise one `ValidationError` that names everything that is wrong."""
        problems = Problems()
        money: dict[str, Decimal | None] = {}
        for name, value in (("budget", budget), ("price_per_segment", price_per_segment)):
            money[name] = problems.read(name, _money, value)
        if not isinstance(journal, str | Path | None) or journal == "":
            problems.append(f"journal must be the path of a file, is {journal!r}")
            journal = None
        path = Path(journal) if journal is not None else None
        options = cls(journal=path, **money, **others)  # type: ignore[arg-type] # what others hold is checked below
        problems.extend(options._wrong())
        if problems:
            problems.raise_all()
        return options

    def _wrong(self) -> list[str]:
        checks = {
            f"workers must be a whole number from 1 to {MAX_WORKERS}, is {self.workers!r}": is_whole(self.workers)
            and 1 <= self.workers <= MAX_WORKERS,
            f"on_unknown must be 'keep' or 'resend', is {self.on_unknown!r}": self.on_unknown in ("keep", "resend"),
            f"dry_run must be True or False, is {self.dry_run!r}": isinstance(self.dry_run, bool),
            **{
                f"{name} must be a number of seconds from 0 to {MAX_SECONDS}, is {value!r}": _is_seconds(value)
                for name, value in (
                    ("settle_seconds", self.settle_seconds),
                    ("clock_skew_seconds", self.clock_skew_seconds),
                )
            },
            **{
                f"{name} must be a function, is {value!r}": value is None or callable(value)
                for name, value in (("on_progress", self.on_progress), ("on_result", self.on_result))
            },
            "on_unknown='resend' needs a journal: without one nobody knows which messages are accounted for": (
                self.on_unknown != "resend" or self.journal is not None
            ),
            "budget needs price_per_segment: what a segment costs, in the same currency": (
                self.budget is None or self.price_per_segment is not None
            ),
        }
        return [problem for problem, is_right in checks.items() if not is_right]


SETTINGS = frozenset(field.name for field in fields(BulkOptions))  # what else is an argument is what the rows share


def _money(value: object) -> Decimal | None:
    if value is None:
        return None
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount < 0:
        raise ValidationError(f"must be an amount from 0 on, such as Decimal('0.0079'), is {value!r}")
    return amount


def _is_seconds(value: object) -> bool:
    return is_number(value) and 0 <= value <= MAX_SECONDS
