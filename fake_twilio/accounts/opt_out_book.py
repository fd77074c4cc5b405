"""Who opted out of hearing from whom, in one account."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from fake_twilio.domain.inbound.opt_outs import Word
from fake_twilio.domain.values.logged import printable
from fake_twilio.timing.clock import Clock

MAX_LIFTED = 10_000  # that are remembered


@dataclass(frozen=True, slots=True, repr=False)
class OptOut:
    """A recipient who does not hear from a number, or from a whole messaging service if *sender* is its SID."""

    to: str
    sender: str
    since: float  # seconds since 1970

    def __repr__(self) -> str:
        return f"<OptOut of {printable(self.to)} from {printable(self.sender)} since {self.since:.3f}>"


@dataclass(frozen=True, slots=True)
class OptIn:
    """The end of an opt-out that nobody asked for by a word: it was made by hand, *at* so many seconds since 1970."""

    opt_out: OptOut
    at: float


class OptOutBook:
    """Pairs of recipient and sender; those that *listed* names, of the scenario of the moment, are there by themselves.

    Source: Twilio, support article 223134027: what is blocked is the pair of recipient and number, or the pair of
    recipient and service if the number is in one.
    """

    def __init__(self, clock: Clock, listed: Callable[[], tuple[tuple[str, str], ...]] = tuple) -> None:
        self._clock = clock
        self._listed = listed
        self._since: dict[tuple[str, str], float] = {}
        self._taken: tuple[tuple[str, str], ...] = ()
        self._undone: set[tuple[str, str]] = set()  # of those that are listed
        self._lifted: deque[OptIn] = deque(maxlen=MAX_LIFTED)
        self._lock = Lock()

    def all(self) -> tuple[OptOut, ...]:
        """Return the opt-outs, the oldest first."""
        with self._lock:
            self._take_listed()
            return tuple(OptOut(to, sender, since) for (to, sender), since in self._since.items())

    @property
    def is_empty(self) -> bool:
        """Whether nobody opted out."""
        with self._lock:
            self._take_listed()
            return not self._since

    def has(self, to: str, *senders: str | None) -> bool:
        """Whether *to* opted out of one of *senders*: numbers, or SIDs of services."""
        with self._lock:
            self._take_listed()
            return any((to, sender) in self._since for sender in senders if sender)

    def change(self, word: Word, to: str, number: str, service_sid: str | None) -> bool:
        """Do what *to* asked for with a word sent to a number; return whether that changed anything."""
        if word is Word.HELP:
            return False
        if word is Word.STOP:
            return self._add(to, service_sid or number)
        with self._lock:
            ended = [self._drop(to, sender) for sender in (service_sid, number) if sender]
        return any(ended)

    def put(self, to: str, sender: str) -> None:
        """Let *to* hear nothing more from *sender*: a number, or the SID of a service."""
        self._add(to, sender)

    def lift(self, to: str, sender: str) -> bool:
        """Let *to* hear from *sender* again; return whether that changed anything."""
        with self._lock:
            ended = self._drop(to, sender)
            if ended is not None:
                self._lifted.append(OptIn(ended, self._clock.now()))
        return ended is not None

    def lifted(self) -> tuple[OptIn, ...]:
        """Return the last opt-outs that were lifted, the first first."""
        with self._lock:
            return tuple(self._lifted)

    def forget(self, number: str | None) -> None:
        """Forget the opt-outs of and from *number*, or all; those that the scenario lists stay."""
        with self._lock:
            self._take_listed()
            for to, sender in list(self._since):
                if number in (None, to, sender) and (to, sender) not in self._taken:
                    del self._since[to, sender]
            kept = [one for one in self._lifted if number not in (None, one.opt_out.to, one.opt_out.sender)]
            self._lifted.clear()
            self._lifted.extend(kept)

    def _add(self, to: str, sender: str) -> bool:
        with self._lock:
            self._take_listed()
            is_new = (to, sender) not in self._since
            self._since.setdefault((to, sender), self._clock.now())
            return is_new

    def _drop(self, to: str, sender: str) -> OptOut | None:
        """End an opt-out, and return it if there was one."""
        self._take_listed()
        if (to, sender) in self._taken:
            self._undone.add((to, sender))
        since = self._since.pop((to, sender), None)
        return None if since is None else OptOut(to, sender, since)

    def _take_listed(self) -> None:
        listed = self._listed()
        if listed is self._taken:  # it is asked for each message, and a scenario may list many
            return
        self._taken = listed
        for pair in listed:
            if pair not in self._undone:
                self._since.setdefault(pair, self._clock.now())
