"""Puts a fake Twilio together: an engine and its API on a port of this machine."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from fake_twilio.app import create_app
from fake_twilio.clock import ManualClock, RealClock, monotonic, this_second
from fake_twilio.domain.account import Account
from fake_twilio.domain.durations import to_seconds
from fake_twilio.domain.message import Event, Message
from fake_twilio.domain.scenario import Scenario
from fake_twilio.domain.sids import is_account_sid
from fake_twilio.guard import Guard
from fake_twilio.http_server import Server
from fake_twilio.outbound import Outbound
from fake_twilio.scenario_files.load import DEFAULT, load_scenario
from fake_twilio.timekeeper import Hand, TimeError
from fake_twilio.unknown_routes import UnknownRoutes
from fake_twilio.webhooks import Delivery, Webhook
from fake_twilio.world import WORKERS, World

ACCOUNT_SID = "AC" + "fa4e" * 8  # fixed and documented, so that it can stand in a file
AUTH_TOKEN = "f00d" * 8
TEST_ACCOUNT_SID = "AC" + "7e57" * 8  # what Twilio calls test credentials
TEST_AUTH_TOKEN = "c0de" * 8
LATEST_START = 221_845_392_000.0  # the year 9000: what is planned from there still has a date
ClockKind = Literal["real", "manual"]


class FakeTwilio:
    """A fake Twilio on a port of this machine; a context manager, or `start` and `stop`.

    *scenario* is a `Scenario`, a file, or the name of one. On a ``"real"`` clock time passes by itself, *speed* times
    as fast; on a ``"manual"`` one `advance` and `settle` move it, from *start* (seconds since 1970; this second, if
    not given). The same *seed* gives the same SIDs. Besides the account there is one with test credentials
    (`test_account_sid`, `test_auth_token`): it refuses Twilio's magic numbers, stores nothing and tells nobody.
    """

    def __init__(
        self,
        scenario: Scenario | str | Path = DEFAULT,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        account_sid: str = ACCOUNT_SID,
        auth_token: str = AUTH_TOKEN,
        seed: int | None = None,
        clock: ClockKind = "real",
        speed: float = 1.0,
        start: float | datetime | None = None,
        allowed_hosts: tuple[str, ...] = (),
    ) -> None:
        _check_account(account_sid, auth_token)
        self.account_sid = account_sid
        self._auth_token = auth_token
        self.test_account_sid = TEST_ACCOUNT_SID
        self.test_auth_token = TEST_AUTH_TOKEN
        self._host = host
        self._outbound = Outbound(connections=WORKERS, monotonic=monotonic)
        self._speed = speed
        played, chosen_clock = _read(scenario), self._make_clock(clock, start)
        self._unknown = UnknownRoutes()
        app = create_app(lambda: self._world.realm, monotonic, self._unknown)
        guarded = Guard(app.wsgi_app, {host, *allowed_hosts})
        self._server = Server(host, port, guarded, monotonic)
        self.port: int = self._server.port
        self._world = self._new_world(played, chosen_clock, seed)

    @property
    def auth_token(self) -> str:
        """The primary auth token of the moment: it lets the account in, and signs."""
        return self._world.directory.get(self.account_sid).auth_token

    @property
    def url(self) -> str:
        """Where the fake answers: what stands for ``https://api.twilio.com``."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self.port}"

    @property
    def seed(self) -> int:
        """What this run's SIDs come from; the same seed gives the same run."""
        return self._world.seed

    @property
    def start_moment(self) -> float:
        """When this run began in its own time, in seconds since 1970."""
        return self._world.start

    @property
    def now(self) -> float:
        """What time it is in this run, in seconds since 1970."""
        return self._world.clock.now()

    @property
    def scenario_name(self) -> str:
        """The name of the scenario that decides now."""
        return self._world.engine.scenario.name

    @property
    def messages(self) -> tuple[Message, ...]:
        """All messages, those of subaccounts included, in the order in which they were made."""
        return self._world.realm.messages()

    @property
    def evicted(self) -> int:
        """How many messages were forgotten, the oldest finished ones, because an account holds 100,000 at most."""
        return self._world.realm.evicted

    @property
    def callbacks(self) -> tuple[Delivery, ...]:
        """What was requested of the customer, each attempt and redirect of its own, in the order in which it ended."""
        return self._world.courier.deliveries()

    @property
    def pending(self) -> tuple[Webhook, ...]:
        """Webhooks that are queued or under way."""
        return self._world.courier.pending()

    @property
    def unknown_routes(self) -> Mapping[str, int]:
        """What was asked and is no route here, as ``GET /v1/Addresses/{Sid}``, and how often; a reset forgets it."""
        return self._unknown.counts()

    def start(self) -> Self:
        """Begin to answer."""
        self._server.start()
        return self

    def stop(self, grace_seconds: float = 5.0) -> tuple[Webhook, ...]:
        """Stop at once, but give pending webhooks *grace_seconds*; return those that were not delivered."""
        self._server.stop(min(grace_seconds, 1.0))
        world = self._world
        world.scheduler.close()
        world.courier.wait_until_idle(grace_seconds)
        undelivered = world.end()
        world.workers.join(0.0 if undelivered else 1.0)
        self._outbound.close()
        return undelivered

    def reset(
        self,
        scenario: Scenario | str | Path = DEFAULT,
        *,
        clock: ClockKind = "manual",
        seed: int | None = None,
        start: float | datetime | None = None,
    ) -> None:
        """Begin a new world; the old one is dropped, not wiped, so that what is under way in it disturbs nobody."""
        old = self._world
        self._unknown.clear()
        self._world = self._new_world(_read(scenario), self._make_clock(clock, start), seed)
        old.end()

    def use(self, scenario: Scenario | str | Path) -> None:
        """Let another scenario decide from now on; what is there stays, and lives on as it was planned."""
        self._world.realm.use(_read(scenario))

    def advance(self, span: float | str | timedelta) -> list[Event]:
        """Move the time by *span* (seconds, ``"36h"`` or a timedelta); return what happened, webhooks included.

        Raises `ValueError` for a span that is none, and `TimeError` on a real clock.
        """
        return self._hand().advance(to_seconds(span))

    def settle(self, max: float | str | timedelta = "30d") -> list[Event]:  # noqa: A002 - the word that reads best
        """Jump from due event to due event until none is left within *max*; return what happened."""
        return self._hand().settle(to_seconds(max))

    def _hand(self) -> Hand:
        if self._world.hand is None:
            raise TimeError("this clock is real, time passes by itself: use clock='manual' to move it")
        return self._world.hand

    def _make_clock(self, kind: ClockKind, start: float | datetime | None) -> ManualClock | RealClock:
        return RealClock(self._speed) if kind == "real" else ManualClock(_moment(start))

    def _new_world(self, scenario: Scenario, clock: ManualClock | RealClock, seed: int | None) -> World:
        return World(
            account=Account(self.account_sid, self._auth_token),
            test_account=Account(self.test_account_sid, self.test_auth_token, is_test=True),
            scenario=scenario,
            seed=secrets.randbelow(1 << 32) if seed is None else seed,
            clock=clock,
            outbound=self._outbound,
        )

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def _read(scenario: Scenario | str | Path) -> Scenario:
    return scenario if isinstance(scenario, Scenario) else load_scenario(scenario)


def _check_account(sid: str, auth_token: str) -> None:
    if not is_account_sid(sid):
        raise ValueError("the account SID must be AC and 32 hexadecimal digits")
    if not auth_token.strip():
        raise ValueError("the auth token must not be empty: anybody could sign with it")


def _moment(start: float | datetime | None) -> float:
    if start is None:
        return this_second()
    if isinstance(start, datetime) and start.tzinfo is None:
        raise ValueError("start must have a time zone: datetime(..., tzinfo=UTC)")
    moment = start.timestamp() if isinstance(start, datetime) else float(start)
    if not 0 <= moment <= LATEST_START:
        raise ValueError("start must lie between the years 1970 and 9000")
    return moment
