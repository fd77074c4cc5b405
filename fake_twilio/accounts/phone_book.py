"""The numbers of all accounts: those that the scenario lists for the main one, and those that were bought."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from threading import Lock

from fake_twilio.domain.accounts.incoming_number import IncomingNumber
from fake_twilio.domain.twilio.errors import refusal
from fake_twilio.domain.twilio.form import Form, first
from fake_twilio.domain.values.numbers import is_e164
from fake_twilio.domain.values.sids import make_sid
from fake_twilio.timing.clock import Clock

AREA_CODES = range(200, 1000)
LINES = 10_000  # numbers of one exchange of an area
NOT_TWILIOS, ANOTHER_ACCOUNTS = 21659, 21660
DEFAULT_SENDER = "+15005550006"  # of an account without numbers, in a world that lists none


class PhoneBook:
    """Numbers by SID; *listed* names the main account's of the scenario of the moment, there until they are released.

    In a world that lists none, every account may send from whatever no other account has.
    """

    def __init__(
        self,
        main_sid: str,
        seed: int,
        clock: Clock,
        listed: Callable[[], tuple[str, ...]],
        preset: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        self._main_sid = main_sid
        self._seed = seed
        self._clock = clock
        self._listed = listed
        self._preset = preset  # what is set for the listed numbers, until somebody sets something else
        self._numbers: dict[str, IncomingNumber] = {}
        self._taken: dict[str, str] = {}  # SIDs by number
        self._released: set[str] = set()
        self._made = 0
        self._lock = Lock()

    def refusal_code(self, account_sid: str, sender: str) -> int | None:
        """Return why the account may not send from *sender*: 21659 nobody can, 21660 another account can; or none."""
        with self._lock:
            owner_sid = self._owner_sid(sender)
            is_free = not self._listed() and sender not in self._released
        if owner_sid == account_sid or (owner_sid is None and is_free):
            return None
        return NOT_TWILIOS if owner_sid is None else ANOTHER_ACCOUNTS

    def senders(self, account_sid: str) -> tuple[str, ...]:
        """Return what the account may send from; `DEFAULT_SENDER` stands for the many of a world that lists none."""
        with self._lock:
            listed = self._listed()
            own = [sender for sender in listed if self._owner_sid(sender) == account_sid]
            bought = [n.phone_number for n in self._numbers.values() if n.account_sid == account_sid]
            return tuple(dict.fromkeys([*own, *bought])) or (() if listed else (DEFAULT_SENDER,))

    def owner_sid(self, number: str) -> str | None:
        """Return who that gets what is sent to *number*; the main one gets what is nobody's, if none is listed."""
        with self._lock:
            is_free = not self._listed() and number not in self._released
            return self._owner_sid(number) or (self._main_sid if is_free else None)

    def settings(self, number: str) -> Mapping[str, str]:
        """Return what is set for a number, by the names of the parameters."""
        with self._lock:
            self._take_listed()
            sid = self._taken.get(number)
            return self._numbers[sid].settings if sid else self._preset()

    def everyones(self) -> tuple[str, ...]:
        """Return the numbers of all accounts."""
        with self._lock:
            listed = [number for number in self._listed() if number not in self._released]
            return tuple(dict.fromkeys([*listed, *self._taken]))

    def registered(self) -> list[IncomingNumber]:
        """Return the numbers of all accounts that have a SID, in the order in which they came."""
        with self._lock:
            self._take_listed()
            return list(self._numbers.values())

    def all(self, account_sid: str) -> list[IncomingNumber]:
        """Return the numbers of an account, the newest first."""
        with self._lock:
            self._take_listed()
            return [number for number in self._numbers.values() if number.account_sid == account_sid][::-1]

    def get(self, account_sid: str, sid: str) -> IncomingNumber:
        """Return a number; raise `LookupError` if the account has none with this SID."""
        with self._lock:
            return self._get(account_sid, sid)

    def buy(self, account_sid: str, form: Form) -> IncomingNumber:
        """Take the ``PhoneNumber`` of *form*, or one in its ``AreaCode``; raise Twilio's refusal."""
        with self._lock:
            self._take_listed()
            number = self._wanted(form)
            bought = self._new(account_sid, number).changed(form, self._clock.now())
            self._keep(bought)
            self._released.discard(number)
            return bought

    def quote(self, account_sid: str, form: Form) -> IncomingNumber:
        """Return what `buy` would, and keep nothing."""
        with self._lock:
            return self._new(account_sid, self._wanted(form)).changed(form, self._clock.now())

    def change(self, account_sid: str, sid: str, form: Form) -> IncomingNumber:
        """Change the settings of a number; raise `LookupError` if the account has none with this SID."""
        with self._lock:
            self._numbers[sid] = self._get(account_sid, sid).changed(form, self._clock.now())
            return self._numbers[sid]

    def release(self, account_sid: str, sid: str) -> IncomingNumber:
        """Give a number up, and return it; raise `LookupError` if the account has none with this SID."""
        with self._lock:
            released = self._get(account_sid, sid)
            del self._numbers[sid], self._taken[released.phone_number]
            self._released.add(released.phone_number)
            return released

    def _owner_sid(self, sender: str) -> str | None:
        if sender in self._taken:
            return self._numbers[self._taken[sender]].account_sid
        is_listed = sender in self._listed() and sender not in self._released
        return self._main_sid if is_listed else None

    def _get(self, account_sid: str, sid: str) -> IncomingNumber:
        self._take_listed()
        found = self._numbers[sid]
        if found.account_sid != account_sid:
            raise LookupError(sid)
        return found

    def _take_listed(self) -> None:
        for number in self._listed():
            if number not in self._taken and number not in self._released and is_e164(number):
                self._keep(replace(self._new(self._main_sid, number), settings=self._preset()))

    def _keep(self, number: IncomingNumber) -> None:
        self._numbers[number.sid] = number
        self._taken[number.phone_number] = number.sid

    def _wanted(self, form: Form) -> str:
        number, area = first(form, "PhoneNumber"), first(form, "AreaCode")
        if not number and area:
            return self._in_area(area)
        if not number or not is_e164(number):
            raise refusal(21421)
        if number in self._taken:
            raise refusal(21422)
        return number

    def _in_area(self, area: str) -> str:
        if not (area.isascii() and area.isdigit() and len(area) == 3 and int(area) in AREA_CODES):
            raise refusal(21452)
        found = (f"+1{area}555{(self._made + step) % LINES:04}" for step in range(LINES))
        free = next((number for number in found if number not in self._taken), None)
        if free is None:
            raise refusal(21452)
        return free

    def _new(self, account_sid: str, number: str) -> IncomingNumber:
        self._made += 1
        now = self._clock.now()
        return IncomingNumber(
            sid=make_sid("PN", self._seed, self._made),
            account_sid=account_sid,
            phone_number=number,
            created_at=now,
            updated_at=now,
        )
