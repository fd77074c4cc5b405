"""Judges the life of messages by rules of its own, and never by the tables of the fake.

Source: reference, sections 3 (what may follow), 4 (what is told), 5.2 (attempts), 8 (opt-outs). Not in the diagram of
section 3, but in its words, are `scheduled` and `sending` before `failed`: whatever stops a message before it is sent.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from fake_twilio.domain.messages.message import Message

FIRST = {"queued", "accepted", "scheduled", "receiving", "received"}
FOLLOWS = {
    "accepted": {"queued", "failed"},
    "scheduled": {"queued", "canceled", "failed"},
    "queued": {"sending", "sent", "failed"},
    "sending": {"sent", "failed"},
    "sent": {"delivered", "undelivered"},
    "receiving": {"received"},
}
FINAL = {"delivered", "undelivered", "failed", "canceled", "received"}
TOLD = {"queued", "sent", "delivered", "undelivered", "failed", "canceled"}
STOP_WORDS = {"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"}
START_WORDS = {"START", "YES", "UNSTOP"}
SUSPENDED, OPTED_OUT = 30002, 21610


@dataclass(frozen=True)
class Request:
    """What the customer was asked, and whether it answered well."""

    path: str
    sid: str
    status: str
    token: str
    is_signed: bool
    is_taken: bool


@dataclass(frozen=True)
class Patience:
    """How often a callback may be tried: once and *retries* times again, if a bad answer is tried again at all."""

    retries: int = 0

    def attempts(self, taken: Sequence[bool]) -> bool:
        """Whether these answers, in order, are all that may come and all that must."""
        return len(taken) == self.retries + 1 or (bool(taken) and taken[-1])


@dataclass
class Judge:
    """What must hold of a fake, and what is known of it; *pool* is the numbers of *service*."""

    service: str
    pool: tuple[str, ...]
    patience: dict[str, Patience] = field(default_factory=dict)  # by path
    opted_out: set[tuple[str, str]] = field(default_factory=set)
    suspended: set[str] = field(default_factory=set)
    redacted: set[str] = field(default_factory=set)
    gone: dict[str, int] = field(default_factory=dict)  # canceled or deleted: how many requests told of them by then
    lives: dict[str, tuple[str, ...]] = field(default_factory=dict)
    now: float = 0.0

    def hear(self, person: str, number: str, text: str) -> None:
        """Note what a person wrote to a number; a number of the service stands for all of it."""
        word, sender = text.strip().upper(), self.service if number in self.pool else number
        if word in STOP_WORDS:
            self.opted_out.add((person, sender))
        elif word in START_WORDS:
            self.opted_out.discard((person, sender))

    def is_opted_out(self, person: str, sender: str | None, service: str | None = None) -> bool:
        scope = self.service if service or sender in self.pool else sender or ""
        return (person, scope) in self.opted_out

    def look(self, messages: Iterable[Message], requests: Sequence[Request], now: float, *, is_idle: bool) -> None:
        """Raise `AssertionError` for whatever is wrong."""
        assert now >= self.now, "time ran backwards"
        self.now = now
        told = self._told(requests, is_idle=is_idle)
        for message in messages:
            self._look_at(message)
            if message.direction != "inbound":
                self._compare(message, told.get(message.sid, []), is_idle=is_idle)
        for sid, count in self.gone.items():
            assert sum(request.sid == sid for request in requests) == count, f"{sid} is gone, and yet it tells"

    def _look_at(self, message: Message) -> None:
        life = tuple(str(change.status) for change in message.timeline)
        moments = [change.at for change in message.timeline]
        before = self.lives.get(message.sid, ())
        assert moments == sorted(moments), f"{message.sid} went back in time"
        assert life[: len(before)] == before, f"{message.sid} forgot what it was"
        assert life[0] in FIRST, f"{message.sid} began as {life[0]}"
        if not before and message.direction != "inbound" and life[0] != "scheduled":
            is_out = self.is_opted_out(message.to, message.sender, message.service_sid)
            assert not is_out, f"{message.sid} goes to who opted out"
        for index in range(max(len(before), 1), len(life)):
            self._look_at_step(message, index, life[index - 1], life[index])
        assert message.sid not in self.redacted or message.body == "", f"{message.sid} has a text again"
        self.lives[message.sid] = life

    def _look_at_step(self, message: Message, index: int, before: str, after: str) -> None:
        code = message.timeline[index].error_code
        assert after in FOLLOWS.get(before, ()), f"{after} after {before}"
        assert (code is not None) == (after in ("failed", "undelivered")), f"{after} with code {code}"
        if message.account_sid in self.suspended and before not in ("sent", "receiving") and after != "canceled":
            assert (after, code) == ("failed", SUSPENDED), f"{after} in a suspended account"
        elif before in ("accepted", "scheduled") and after == "queued":
            is_out = self.is_opted_out(message.to, message.sender, message.service_sid)
            assert not is_out, f"{message.sid} is queued for who opted out"

    def _told(self, requests: Iterable[Request], *, is_idle: bool) -> dict[str, list[str]]:
        """Return the statuses that were told of each message, in order, after a look at each attempt."""
        attempts: dict[str, list[Request]] = defaultdict(list)
        told: dict[str, list[str]] = defaultdict(list)
        for request in requests:
            assert request.is_signed, f"{request.path}: the signature is wrong"
            if request.path.startswith("/status") and request.token not in attempts:
                told[request.sid].append(request.status)
            attempts[request.token].append(request)
        for tries in attempts.values():
            assert len({(request.sid, request.status) for request in tries}) == 1, "one token for two"
            self._count(tries, is_idle=is_idle)
        return told

    def _count(self, tries: Sequence[Request], *, is_idle: bool) -> None:
        patience = self.patience.get(tries[0].path, Patience())
        taken = [request.is_taken for request in tries]
        assert len(taken) <= patience.retries + 1, f"{len(taken)} attempts, {patience.retries} retries were asked for"
        assert not any(taken[:-1]), "what was taken is told again"
        assert not is_idle or patience.attempts(taken), "what was not taken is not told again"

    def _compare(self, message: Message, told: list[str], *, is_idle: bool) -> None:
        """Each status that is told comes once and in order, but the first; and none, if nobody asked for it."""
        life = self.lives[message.sid]
        due = [status for status in life[1:] if status in TOLD and message.status_callback]
        assert told == (due if is_idle else due[: len(told)]), f"{message.sid} lived {life} and told {told}"
