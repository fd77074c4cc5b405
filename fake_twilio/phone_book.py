"""The numbers of one account: those that its scenario lists, and those it bought."""

from collections.abc import Callable
from threading import Lock

from fake_twilio.clock import Clock
from fake_twilio.domain.errors import refusal
from fake_twilio.domain.form import Form, first
from fake_twilio.domain.incoming_number import IncomingNumber
from fake_twilio.domain.numbers import is_e164
from fake_twilio.domain.sids import make_sid

AREA_CODES = range(200, 1000)


class PhoneBook:
    """Numbers by SID; *listed* names those of the scenario of the moment, which are there until they are released."""

    def __init__(self, account_sid: str, seed: int, clock: Clock, listed: Callable[[], tuple[str, ...]]) -> None:
        self._account_sid = account_sid
        self._seed = seed
        self._clock = clock
        self._listed = listed
        self._numbers: dict[str, IncomingNumber] = {}
        self._released: set[str] = set()
        self._made = 0
        self._lock = Lock()

    def owns(self, sender: str) -> bool:
        """Whether the account may send from *sender*; where the scenario lists no numbers, from all but released."""
        with self._lock:
            listed = self._listed()
            if sender in self._released:
                return False
            return not listed or sender in listed or any(n.phone_number == sender for n in self._numbers.values())

    def all(self) -> list[IncomingNumber]:
        """Return the numbers, the newest first."""
        with self._lock:
            self._take_listed()
            return list(self._numbers.values())[::-1]

    def get(self, sid: str) -> IncomingNumber:
        """Return a number; raise `LookupError` if there is none with this SID."""
        with self._lock:
            self._take_listed()
            return self._numbers[sid]

    def buy(self, form: Form) -> IncomingNumber:
        """Take the ``PhoneNumber`` of *form*, or one in its ``AreaCode``; raise Twilio's refusal."""
        with self._lock:
            self._take_listed()
            number = self._wanted(form)
            bought = self._new(number).changed(form, self._clock.now())
            self._numbers[bought.sid] = bought
            self._released.discard(number)
            return bought

    def quote(self, form: Form) -> IncomingNumber:
        """Return what `buy` would, and keep nothing."""
        with self._lock:
            return self._new(self._wanted(form)).changed(form, self._clock.now())

    def change(self, sid: str, form: Form) -> IncomingNumber:
        """Change the settings of a number; raise `LookupError` if it is not there."""
        with self._lock:
            self._take_listed()
            self._numbers[sid] = self._numbers[sid].changed(form, self._clock.now())
            return self._numbers[sid]

    def release(self, sid: str) -> None:
        """Give a number back; nothing is sent from it from now on. Raise `LookupError` if it is not there."""
        with self._lock:
            self._take_listed()
            self._released.add(self._numbers.pop(sid).phone_number)

    def _take_listed(self) -> None:
        known = {number.phone_number for number in self._numbers.values()} | self._released
        for number in self._listed():
            if number not in known and is_e164(number):
                made = self._new(number)
                self._numbers[made.sid] = made

    def _wanted(self, form: Form) -> str:
        number, area = first(form, "PhoneNumber"), first(form, "AreaCode")
        if not number and area:
            return self._in_area(area)
        if not number or not is_e164(number):
            raise refusal(21421)
        if any(taken.phone_number == number for taken in self._numbers.values()):
            raise refusal(21422)
        return number

    def _in_area(self, area: str) -> str:
        if not (area.isascii() and area.isdigit() and len(area) == 3 and int(area) in AREA_CODES):
            raise refusal(21452)
        return f"+1{area}555{self._made % 10_000:04}"

    def _new(self, number: str) -> IncomingNumber:
        self._made += 1
        now = self._clock.now()
        return IncomingNumber(
            sid=make_sid("PN", self._seed, self._made),
            account_sid=self._account_sid,
            phone_number=number,
            created_at=now,
            updated_at=now,
        )
