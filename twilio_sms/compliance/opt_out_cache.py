"""A cache before the opt-out list, which can only make it faster.

An opt-out has no end date, so what the cache does not know must be asked, never guessed: an entry that expired or was
evicted is a question to the store. Only if the store cannot answer is an expired entry looked at again, and then only
what it blocks counts (`last_known`).

A reader that asked the store before a write may come back after it, with an answer that is old. So each write raises
the generation, and an answer is kept only if its generation is still the current one.
"""

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from twilio_sms.clock import Clock
from twilio_sms.errors import Evidence, OptOutUnknownError, TwilioError
from twilio_sms.forks import tell_of_forks

if TYPE_CHECKING:
    from twilio_sms.compliance.opt_out_store import CurrentOptOuts
    from twilio_sms.domain.opt_out import OptOutEvent


_PROMISE = "it must answer, or raise OptOutUnknownError"


class _Entry(NamedTuple):
    events: tuple["OptOutEvent", ...]
    expires: float  # on the monotonic clock


class OptOutCache:
    """What the store last said of up to *max_numbers* numbers, each for *rest_seconds*; 0 seconds switches it off.

    *rest_seconds* bounds how late an opt-out is seen that another process wrote; those of this process count at once.
    """

    def __init__(self, store: "CurrentOptOuts", clock: Clock, rest_seconds: float, max_numbers: int) -> None:
        self._store = store
        self._clock = clock
        self._rest_seconds = rest_seconds
        self._max_numbers = max_numbers
        self.begin_anew()
        tell_of_forks(self)

    def begin_anew(self) -> None:
        self._lock = Lock()
        self._generation = 0
        self._entries: OrderedDict[str, _Entry] = OrderedDict()  # what was used longest ago comes first

    def current(self, number: str) -> "tuple[OptOutEvent, ...]":
        """Return what is known of *number*, at most `rest_seconds` old; raises `OptOutUnknownError`."""
        entry = self._find(number)
        if entry is not None and self._clock.monotonic() < entry.expires:
            return entry.events
        return self.ask(number)

    def ask(self, number: str) -> "tuple[OptOutEvent, ...]":
        """Return what the store knows of *number* now, past the cache; raises `OptOutUnknownError`."""
        with self._lock:
            generation = self._generation
        expires = self._clock.monotonic() + self._rest_seconds  # from before the reading: it may take long
        events = self._read(number)
        with self._lock:
            if generation == self._generation and self._rest_seconds > 0:
                self._keep(number, _Entry(events, expires))
        return events

    def last_known(self, number: str) -> "tuple[OptOutEvent, ...]":
        """Return what the store last said of *number*, however old; nothing if that is not known any more."""
        entry = self._find(number)
        return entry.events if entry else ()

    def forget(self, *numbers: str) -> None:
        """Drop what is known of *numbers*, whose events change, and what is being asked just now."""
        with self._lock:
            self._generation += 1
            for number in numbers:
                self._entries.pop(number, None)

    def _read(self, number: str) -> "tuple[OptOutEvent, ...]":
        try:
            return self._store.current(number)
        except TwilioError:
            raise
        except Exception as error:  # a stranger's store; only the name of its error is told: the rest may hold a number
            kind = type(error)
            name = f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.")
            raise OptOutUnknownError(f"the opt-out list raised {name}: {_PROMISE}", Evidence(attempts=0)) from error

    def _find(self, number: str) -> _Entry | None:
        with self._lock:
            entry = self._entries.get(number)
            if entry is not None:
                self._entries.move_to_end(number)
            return entry

    def _keep(self, number: str, entry: _Entry) -> None:
        self._entries[number] = entry
        self._entries.move_to_end(number)
        while len(self._entries) > self._max_numbers:
            self._entries.popitem(last=False)
