"""What a part that was handed in must be able to do, and what stands in for one that was not."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple, TypeVar

from twilio_sms.errors import ValidationError

T = TypeVar("T")


class Wanted(NamedTuple):
    """The *abilities* that are asked of a part, and *what* to give, in words; a path does as well if *or_path*."""

    abilities: tuple[str, ...]
    what: str
    or_path: bool = False

    def fits(self, part: object) -> bool:
        """Whether *part* will do."""
        if self.or_path and isinstance(part, str | Path):
            return True
        return all(hasattr(part, ability) for ability in self.abilities)


A_FUNCTION = ("__call__",)
CLOCK = Wanted(("now", "monotonic", "monotonic_ns", "sleep"), "a clock such as ManualClock()")
LOGGER = Wanted(("log", "warning", "error", "exception"), 'a logger such as logging.getLogger("shop")')
METRICS = Wanted(("count", "observe", "shift"), "metrics such as PrometheusMetrics(registry)")
OPT_OUTS = Wanted(("head", "verify"), "a path, a store such as SqliteOptOuts(path), or OptOuts(...)", or_path=True)
STATUS_STORE = Wanted(("record", "find"), "a store such as SqliteWebhooks(path)")
WEBHOOK_STORE = Wanted(
    ("claim", "finish", "release", *STATUS_STORE.abilities),
    "a path, or a store such as SqliteWebhooks(path)",
    or_path=True,
)


def given_or(part: T | None, usual: Callable[[], T]) -> T:
    """Return *part*, or the *usual* one if there is none; a store that is still empty may count as false."""
    return usual() if part is None else part


def check_parts(given: Mapping[str, object], wanted: Mapping[str, Wanted]) -> None:
    """Raise `ValidationError` for the first part that is there and cannot do its work: it would fail much later."""
    for name, one in wanted.items():
        part = given.get(name)
        if part is not None and not one.fits(part):
            raise ValidationError(f"{name} must be {one.what}, is {type(part).__name__}")
