"""The messaging services of one account and their pools of senders."""

from collections.abc import Callable, Sequence
from threading import Lock
from typing import NamedTuple

from fake_twilio.accounts.sender_pool import SenderPool
from fake_twilio.domain.accounts.service import MAX_POOL, Service, ServicePlan
from fake_twilio.domain.twilio.errors import Refusal, refusal
from fake_twilio.domain.twilio.form import Form, first
from fake_twilio.domain.values.sids import make_sid
from fake_twilio.timing.clock import Clock

UNKNOWN, ALREADY_HERE, NOT_HERE, ELSEWHERE, FULL = 21701, 21710, 21711, 21712, 21714


class Pool(NamedTuple):
    """A service, and the senders in its pool in the order in which they joined."""

    service: Service
    senders: tuple[str, ...]

    def __repr__(self) -> str:
        return f"<Pool of {self.service.sid}: {len(self.senders)} senders>"


class ServiceBook:
    """Services by SID: those that *listed* names, of the scenario of the moment, and those that were opened.

    An account that never had one takes any well-formed SID for a service with all the senders of the account.
    """

    def __init__(
        self, account_sid: str, seed: int, clock: Clock, listed: Callable[[], tuple[ServicePlan, ...]]
    ) -> None:
        self._account_sid = account_sid
        self._seed = seed
        self._clock = clock
        self._listed = listed
        self._services: dict[str, Service] = {}
        self._pools: dict[str, SenderPool] = {}
        self._shared = SenderPool()  # of whatever is taken for a service
        self._closed: set[str] = set()
        self._opened = 0
        self._lock = Lock()

    def all(self) -> list[Service]:
        """Return the services, the newest first."""
        with self._lock:
            self._take_listed()
            return list(self._services.values())[::-1]

    def pools(self) -> list[Pool]:
        """Return the services with their senders, the newest last."""
        with self._lock:
            self._take_listed()
            return [Pool(service, tuple(self._pools[sid].joined)) for sid, service in self._services.items()]

    def get(self, sid: str) -> Service:
        """Return a service; raise `LookupError` if there is none with this SID."""
        with self._lock:
            self._take_listed()
            return self._services[sid]

    def sending(self, sid: str) -> Service:
        """Return the service that is to send a message, or raise Twilio's refusal 21701."""
        with self._lock:
            self._take_listed()
            if sid in self._services:
                return self._services[sid]
            if self._is_strict():
                raise refusal(UNKNOWN)
            return Service(sid=sid, account_sid=self._account_sid)

    def open(self, form: Form) -> Service:
        """Make a service, whose pool is empty; raise Twilio's refusal (20001) of a setting, or without a name."""
        if not first(form, "FriendlyName"):
            raise Refusal(20001, 400, "Missing required parameter FriendlyName in the post body")
        with self._lock:
            self._take_listed()
            now = self._clock.now()
            sid = make_sid("MG", self._seed, self._opened + 1)
            opened = Service(sid=sid, account_sid=self._account_sid, created_at=now).changed(form, now)
            self._opened += 1
            self._services[sid], self._pools[sid] = opened, SenderPool()
            return opened

    def change(self, sid: str, form: Form) -> Service:
        """Change the settings of a service; raise `LookupError` if it is not there."""
        with self._lock:
            self._take_listed()
            self._services[sid] = self._services[sid].changed(form, self._clock.now())
            return self._services[sid]

    def close(self, sid: str) -> None:
        """Forget a service; its senders may join another. Raise `LookupError` if it is not there."""
        with self._lock:
            self._take_listed()
            del self._services[sid], self._pools[sid]
            self._closed.add(sid)

    def pool(self, sid: str) -> dict[str, float]:
        """Return the senders of a service and when each joined; raise `LookupError` if it is not there."""
        with self._lock:
            self._take_listed()
            return dict(self._pools[sid].joined)

    def join(self, sid: str, sender: str) -> float:
        """Put a sender into the pool and return the moment; raise `LookupError`, or Twilio's refusal."""
        with self._lock:
            self._take_listed()
            joined = self._pools[sid].joined
            if sender in joined:
                raise refusal(ALREADY_HERE)
            if any(sender in pool.joined for pool in self._pools.values()):
                raise refusal(ELSEWHERE)
            if len(joined) >= MAX_POOL:
                raise refusal(FULL)
            joined[sender] = self._clock.now()
            return joined[sender]

    def leave(self, sender: str) -> None:
        """Take a sender out of the pool that it is in, if it is in one."""
        with self._lock:
            self._take_listed()
            for pool in self._pools.values():
                pool.joined.pop(sender, None)

    def service_of(self, sender: str) -> Service | None:
        """Return the service whose pool *sender* is in, if it is in one."""
        with self._lock:
            self._take_listed()
            sid = next((sid for sid, pool in self._pools.items() if sender in pool.joined), None)
            return self._services[sid] if sid else None

    def check_pooled(self, sid: str, sender: str) -> None:
        """Raise Twilio's refusal 21711 if *sender* is not in the pool of the service."""
        with self._lock:
            if sid in self._services and sender not in self._pools[sid].joined:
                raise refusal(NOT_HERE)

    def choose(self, service: Service, to: str, own: Sequence[str], intended: str | None = None) -> str:
        """Return who writes to *to*: *intended*, if it is still there; raise Twilio's refusal 21703 or 21704.

        *own* are the senders of what is taken for a service.
        """
        with self._lock:
            pool = self._pools.get(service.sid, self._shared)
            senders = own if pool is self._shared else list(pool.joined)
            return intended if intended and intended in senders else pool.choose(service, senders, to)

    def _is_strict(self) -> bool:
        return bool(self._services or self._closed or self._opened)

    def _take_listed(self) -> None:
        for plan in self._listed():
            if plan.sid not in self._services and plan.sid not in self._closed:
                now = self._clock.now()
                self._services[plan.sid] = plan.to_service(self._account_sid, now)
                self._pools[plan.sid] = SenderPool(dict.fromkeys(plan.senders, now))
