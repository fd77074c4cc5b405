"""What the admin API needs of a fake: a few of the things that `FakeTwilio` offers."""

from collections.abc import Mapping, MutableMapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from fake_twilio.accounts.opt_out_book import OptOut
from fake_twilio.delivery.replays import Waiting
from fake_twilio.delivery.webhook import Delivery, Webhook
from fake_twilio.domain.inbound.alert import Alert
from fake_twilio.domain.messages.message import Event, Message
from fake_twilio.domain.rules.scenario import Scenario

Span = float | str | timedelta


class Control(Protocol):
    """A fake that runs."""

    @property
    def account_sid(self) -> str:
        """The main account."""

    @property
    def seed(self) -> int:
        """What this run's SIDs come from."""

    @property
    def now(self) -> float:
        """What time it is in this run, in seconds since 1970."""

    @property
    def clock_kind(self) -> str:
        """How time passes."""

    @property
    def scenario(self) -> Scenario:
        """The scenario that decides now."""

    @property
    def messages(self) -> tuple[Message, ...]:
        """All messages, in the order in which they were made."""

    @property
    def callbacks(self) -> tuple[Delivery, ...]:
        """What was delivered to the customer."""

    def find(self, sid: str) -> Message | None:
        """Return a message of any account by its SID, ``None`` if there is none."""

    def callbacks_since(self, mark: int) -> tuple[int, tuple[Delivery, ...]]:
        """Return a new mark, and what was delivered since an earlier one."""

    @property
    def pending(self) -> tuple[Webhook, ...]:
        """Webhooks that are queued or under way."""

    @property
    def replays(self) -> tuple[Waiting, ...]:
        """Replays that wait for their moment."""

    @property
    def evicted(self) -> int:
        """How many messages were forgotten because a store was full."""

    @property
    def unknown_routes(self) -> Mapping[str, int]:
        """What was asked and is no route."""

    @property
    def alerts(self) -> tuple[Alert, ...]:
        """What Twilio's debugger would show."""

    @property
    def opt_outs(self) -> tuple[OptOut, ...]:
        """Who opted out of hearing from whom."""

    @property
    def faults(self) -> MutableMapping[str, float]:
        """The faults that are turned up and their shares; raises `ValueError` for what is no fault, or no share."""

    def receive(self, from_: str, to: str, body: str = "", media: Sequence[str] = ()) -> Message | None:
        """Have somebody send a message to a number of the fake; raise `ValueError` if nobody has it."""

    def opt_out(self, to: str, sender: str) -> None:
        """Have *to* hear nothing more from *sender*; raise `ValueError` for what is no number."""

    def opt_in(self, to: str, sender: str) -> None:
        """Have *to* hear from *sender* again; raise `ValueError` for what is no number."""

    def freeze(self) -> None:
        """Let time stand still; raise `TimeError` on a manual clock."""

    def thaw(self) -> None:
        """Let time go on."""

    def set_speed(self, speed: float) -> None:
        """Let time pass *speed* times as fast; raise `TimeError` unless the clock is real."""

    def use(self, scenario: Scenario | str | Path) -> None:
        """Let another scenario decide from now on."""

    def restart(self, seed: int | None = None) -> None:
        """Begin a new world with the same scenario and kind of clock, at the same start if one was given."""

    def forget(self, *, account_sid: str | None = None, number: str | None = None) -> int:
        """Forget messages and their deliveries; return how many messages."""

    def advance(self, span: Span) -> list[Event]:
        """Move the time."""

    def settle(self, max: Span = "30d") -> list[Event]:  # noqa: A002 - as `FakeTwilio` names it
        """Jump from due event to due event."""

    def replay(self, token: str, *, signature: str = "same", times: int = 1, after: Span = 0) -> Webhook:
        """Bring a webhook once more; raise `LookupError` if none has this token."""
