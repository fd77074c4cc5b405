"""What tests of opt-outs hand in: events, texts, and lists that fail or wait."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.doubles import RECIPIENT, SENDER
from twilio_sms.domain.inbound_text import InboundText
from twilio_sms.domain.opt_out import OptOutEvent, State
from twilio_sms.domain.scope import BRAND
from twilio_sms.errors import OptOutUnknownError
from twilio_sms.stores.opt_outs_memory import MemoryOptOuts

NOON = datetime(2025, 12, 31, 12, tzinfo=UTC)  # before a HandClock begins
SERVICE = "MG" + "0d" * 16


def at(second: float) -> datetime:
    return NOON + timedelta(seconds=second)


def opted_out(second: float = 0, **changes: Any) -> OptOutEvent:
    facts: dict[str, Any] = {
        "number": RECIPIENT,
        "scope": BRAND,
        "state": State.OPTED_OUT,
        "source": "api",
        "event_time": at(second),
        "received_time": at(second),
    }
    return OptOutEvent(**{**facts, **changes})


def opted_in(second: float = 0, **changes: Any) -> OptOutEvent:
    return opted_out(second, **{"state": State.OPTED_IN, **changes})


def inbound(body: str, sid: str = "SM" + "0" * 32, **changes: Any) -> InboundText:
    facts: dict[str, Any] = {"sid": sid, "from_": RECIPIENT, "to": SENDER, "body": body, "is_signed": True}
    return InboundText(**{**facts, **changes})


class BrittleStore(MemoryOptOuts):
    """A list that cannot be read or written while it is broken, and counts how often it is read."""

    def __init__(self) -> None:
        super().__init__()
        self.is_broken = False
        self.readings = 0

    def append(self, *events: OptOutEvent) -> int:
        self._check()
        return super().append(*events)

    def events(self, number: str) -> tuple[OptOutEvent, ...]:
        self.readings += 1
        self._check()
        return super().events(number)

    def _check(self) -> None:
        if self.is_broken:
            raise OptOutUnknownError("the list is broken")
