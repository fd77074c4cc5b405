"""The applications of one account."""

from collections.abc import Callable
from threading import Lock

from fake_twilio.domain.accounts.application import Application, ApplicationPlan
from fake_twilio.domain.twilio.errors import Refusal
from fake_twilio.domain.twilio.form import Form
from fake_twilio.domain.values.sids import is_application_sid, make_sid
from fake_twilio.timing.clock import Clock


class ApplicationBook:
    """Applications by SID: those that *listed* names, of the scenario of the moment, and those that were made.

    An account that never had one takes any well-formed SID for an application without addresses.
    """

    def __init__(
        self, account_sid: str, seed: int, clock: Clock, listed: Callable[[], tuple[ApplicationPlan, ...]]
    ) -> None:
        self._account_sid = account_sid
        self._seed = seed
        self._clock = clock
        self._listed = listed
        self._applications: dict[str, Application] = {}
        self._deleted: set[str] = set()
        self._made = 0
        self._lock = Lock()

    def all(self) -> list[Application]:
        """Return the applications, the newest first."""
        with self._lock:
            self._take_listed()
            return list(self._applications.values())[::-1]

    def get(self, sid: str) -> Application:
        """Return an application; raise `LookupError` if there is none with this SID."""
        with self._lock:
            self._take_listed()
            return self._applications[sid]

    def find(self, sid: str) -> Application | None:
        """Return an application, if there is one with this SID."""
        with self._lock:
            self._take_listed()
            return self._applications.get(sid)

    def named(self, sid: str) -> Application:
        """Return the application that a request names; raise a refusal (20001, inferred) if that is none.

        Twilio's own code for this, 21218, is told of calls alone.
        """
        found = self.find(sid)
        if found is None and (self._is_strict() or not is_application_sid(sid)):
            raise Refusal(20001, 400, "The SID of an application must be AP, 32 hexadecimal digits, and this account's")
        return found or Application(sid=sid, account_sid=self._account_sid)

    def make(self, form: Form) -> Application:
        """Make an application; raise Twilio's refusal of a setting."""
        with self._lock:
            self._take_listed()
            now = self._clock.now()
            sid = make_sid("AP", self._seed, self._made + 1)
            made = Application(sid=sid, account_sid=self._account_sid, created_at=now).changed(form, now)
            self._made += 1
            self._applications[sid] = made
            return made

    def change(self, sid: str, form: Form) -> Application:
        """Change the settings of an application; raise `LookupError` if it is not there."""
        with self._lock:
            self._take_listed()
            self._applications[sid] = self._applications[sid].changed(form, self._clock.now())
            return self._applications[sid]

    def delete(self, sid: str) -> None:
        """Forget an application; raise `LookupError` if it is not there."""
        with self._lock:
            self._take_listed()
            del self._applications[sid]
            self._deleted.add(sid)

    def _is_strict(self) -> bool:
        with self._lock:
            return bool(self._applications or self._deleted)

    def _take_listed(self) -> None:
        now = self._clock.now()
        for plan in self._listed():
            if plan.sid not in self._applications and plan.sid not in self._deleted:
                self._applications[plan.sid] = plan.to_application(self._account_sid, now)
