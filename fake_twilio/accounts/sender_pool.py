"""The senders of one messaging service, and which of them each recipient hears from."""

from collections import OrderedDict
from collections.abc import Sequence

from fake_twilio.domain.accounts.reach import nearest, reaching
from fake_twilio.domain.accounts.service import Service
from fake_twilio.domain.twilio.errors import refusal

MAX_REMEMBERED = 100_000  # recipients, those who were written to last
NO_SENDER, EMPTY_POOL = 21703, 21704


class SenderPool:
    """Senders with the moments at which they joined. Not locked: the book of services holds the lock.

    Source: Twilio, "Messaging Services": a sticky sender is the one that the recipient heard from before; else those
    nearest to the recipient take turns (that they take turns is inferred).
    """

    def __init__(self, joined: dict[str, float] | None = None, *, bound: int = MAX_REMEMBERED) -> None:
        self.joined = joined or {}
        self._bound = bound
        self._heard_from: OrderedDict[str, str] = OrderedDict()
        self._turns = 0

    def choose(self, service: Service, senders: Sequence[str], to: str) -> str:
        """Return the one of *senders* that writes to *to*; raise Twilio's 21704 without any, 21703 if none reaches."""
        if not senders:
            raise refusal(EMPTY_POOL)
        usable = reaching(senders, to)
        if not usable:
            raise refusal(NO_SENDER)
        before = self._heard_from.get(to)
        if service.is_sticky and before in usable:
            self._heard_from.move_to_end(to)
            return before
        return self._remember(to, self._next(nearest(usable, to, by_area=service.matches_area)))

    def _next(self, senders: Sequence[str]) -> str:
        self._turns += 1
        return senders[(self._turns - 1) % len(senders)]

    def _remember(self, to: str, sender: str) -> str:
        self._heard_from[to] = sender
        if len(self._heard_from) > self._bound:
            self._heard_from.popitem(last=False)
        return sender
