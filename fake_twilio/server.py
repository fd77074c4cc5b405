"""Puts a fake Twilio together: an engine and its API on a port of this machine."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Literal, Self, get_args

from flask import Blueprint

from fake_twilio.admin.blueprint import admin_blueprint
from fake_twilio.delivery.courier import PER_TARGET
from fake_twilio.delivery.mounts import Application, Mounts
from fake_twilio.delivery.outbound import Outbound
from fake_twilio.delivery.webhook import Webhook
from fake_twilio.domain.accounts.account import AUTH_TOKEN, Account, check_credentials
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.domain.values.durations import to_seconds
from fake_twilio.domain.webhooks.signer import SigningKey
from fake_twilio.domain.webhooks.targets import Targets
from fake_twilio.inspector.blueprint import inspector_blueprint
from fake_twilio.inspector.live import Live
from fake_twilio.records.feed import Feed
from fake_twilio.records.request_log import LoggedRequests
from fake_twilio.records.unknown_routes import UnknownRoutes
from fake_twilio.run_control import RunControl
from fake_twilio.scenario_files.load import DEFAULT, NO_SETTINGS
from fake_twilio.scenario_files.shelf import Shelf
from fake_twilio.timing.activity import CountedRequests
from fake_twilio.timing.clock import InstantClock, ManualClock, RealClock, monotonic, starting_moment
from fake_twilio.web.app import create_app
from fake_twilio.web.guard import Guard
from fake_twilio.wire.http_server import Server
from fake_twilio.world import World

ACCOUNT_SID = "AC" + "fa4e" * 8  # fixed and documented, so that it can stand in a file
TEST_ACCOUNT_SID = "AC" + "7e57" * 8  # what Twilio calls test credentials
TEST_AUTH_TOKEN = "c0de" * 8
ClockKind = Literal["real", "manual", "instant"]


class FakeTwilio(RunControl):
    """A fake Twilio on a port of this machine; a context manager, or `start` and `stop`.

    *scenario* is a `Scenario`, a file, or the name of one; *settings* give the variables of a file other values. On a
    ``"real"`` clock time passes by itself, *speed* times as fast; on a ``"manual"`` one `advance` and `settle` move it;
    on an ``"instant"`` one it jumps to what is due next as soon as nobody is at work. It begins at *start* (seconds
    since 1970; now, if not given). The same *seed* gives the same SIDs. Besides the account there is
    one with test credentials (`test_account_sid`, `test_auth_token`): it refuses Twilio's magic numbers, stores nothing
    and tells nobody. Who knows *admin_token* sees and changes all of it under ``/_fake/``; without one everybody on
    this machine does.

    Webhooks go to this machine only. *callback_allow* adds networks and hosts, as ``("10.0.0.0/8", "app.internal")``: a
    host may then have private addresses. Public addresses need *callback_allow_public*; link-local, multicast and
    unspecified ones are never called. Of *signing_keys* the last one signs, in place of the auth token.
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
        admin_token: str | None = None,
        callback_allow: tuple[str, ...] = (),
        callback_allow_public: bool = False,
        signing_keys: tuple[SigningKey, ...] = (),
        settings: Mapping[str, str] = NO_SETTINGS,
    ) -> None:
        check_credentials(account_sid, auth_token)
        self.account_sid, self._auth_token = account_sid, auth_token
        self._signing_keys = tuple(signing_keys)
        self.test_account_sid, self.test_auth_token = TEST_ACCOUNT_SID, TEST_AUTH_TOKEN
        self._host, self._is_guarded = host, admin_token is not None
        targets = Targets.parse(callback_allow, is_public_allowed=callback_allow_public)
        self._speed, self._shelf, self.feed = speed, Shelf(), Feed()
        self._live = Live(self)
        played, chosen_clock = self._read(scenario, settings), self._make_clock(clock, start)
        self._unknown, self._clock_kind, self._start = UnknownRoutes(), clock, start
        app = create_app(lambda: self._world.realm, monotonic, self._unknown, self._own(admin_token))
        door = self._at_the_door(app.wsgi_app, allowed_hosts)
        self._server = Server(host, port, door, monotonic, now=lambda: self.now)
        self.port: int = self._server.port
        targets = replace(targets, own=(str(self._server.server_address[0]), self.port))
        self._outbound = Outbound(connections=PER_TARGET, monotonic=monotonic, targets=targets)
        self._mounts = Mounts(self._outbound.post)
        self._world = self._new_world(played, chosen_clock, seed)
        self._watch_unread()
        self._is_stopped = False
        self._swapping = Lock()  # of worlds and scenarios: two at a time would leave a world running for ever

    @property
    def url(self) -> str:
        """Where the fake answers: what stands for ``https://api.twilio.com``."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self.port}"

    @property
    def is_guarded(self) -> bool:
        """Whether its page and the API under ``/_fake/`` ask for an admin token."""
        return self._is_guarded

    @property
    def clock_kind(self) -> str:
        """How time passes: ``"real"``, ``"manual"`` or ``"instant"``."""
        return self._clock_kind

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
        self._live.end()
        self._server.stop(min(grace_seconds, 1.0))
        with self._swapping:
            world, self._is_stopped = self._world, True
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
        settings: Mapping[str, str] = NO_SETTINGS,
    ) -> None:
        """Begin a new world; the old one is dropped, not wiped, so that what is under way in it disturbs nobody.

        Nothing of the old one counts: without *seed* and *start* it has a seed of its own and begins now. Its time
        runs, at the speed that the fake began with. Mounted apps stay: they are the customer's, not the world's. Raises
        `RuntimeError` once the fake was stopped: nobody would end that world.
        """
        played, chosen_clock = self._read(scenario, settings), self._make_clock(clock, start)
        with self._swapping:
            if self._is_stopped:
                raise RuntimeError("the fake was stopped: make another one")
            old, self._world = self._world, self._new_world(played, chosen_clock, seed)
            self._clock_kind, self._start = clock, start
            self._watch_unread()
        self._unknown.clear()
        old.end()
        self.feed.begin_anew()

    def restart(self, seed: int | None = None) -> None:
        """Begin a new world with the scenario and the kind of clock of this one, at its *start* if it was given one.

        On a real clock it begins now: there time has gone on by itself.
        """
        start = None if self._clock_kind == "real" else self._start
        self.reset(self.scenario, clock=self._clock_kind, seed=seed, start=start)

    def use(self, scenario: Scenario | str | Path, settings: Mapping[str, str] = NO_SETTINGS) -> None:
        """Let another scenario decide from now on; what is there stays, and lives on as it was planned."""
        played = self._read(scenario, settings)
        with self._swapping:
            self._world.realm.use(played)
            self._watch_unread()

    def mount(self, origin: str, app: Application, *, takes: float | str | timedelta = 0) -> None:
        """Deliver webhooks to URLs of *origin*, such as ``https://app.test``, to a WSGI *app* of this process.

        There is no port and no look-up of a name; the signature is that of the URL. The app's answers count as having
        taken *takes* of simulated time: above 15 s they come too late, as at Twilio. It is called from several threads.
        """
        self._mounts.mount(origin, app, to_seconds(takes))

    def unmount(self, origin: str | None = None) -> None:
        """Deliver to the network again what goes to *origin*, or everything if none is given."""
        if origin is None:
            return self._mounts.clear()
        return self._mounts.unmount(origin)

    def _own(self, token: str | None) -> tuple[Blueprint, ...]:
        """Return what the fake offers besides Twilio's API: its own, and its page."""
        return admin_blueprint(self, token), inspector_blueprint(self, self._live, token)

    def _at_the_door(self, application: Application, allowed_hosts: tuple[str, ...]) -> CountedRequests:
        """Return *application* as it is served: foreign hosts are refused, requests are noted and counted."""
        logged = LoggedRequests(application, lambda: self._world.requests, monotonic)
        return CountedRequests(Guard(logged, self._host, allowed_hosts), lambda: self._world.activity)

    def _read(self, scenario: Scenario | str | Path, settings: Mapping[str, str]) -> Scenario:
        if not isinstance(scenario, Scenario):
            return self._shelf.load(scenario, settings)
        if settings:
            raise ValueError("settings are for a scenario that is read: hand in its file or name, not a Scenario")
        return scenario

    def _watch_unread(self) -> None:
        """Have requests judged before they are read only where a rule is about that: it costs each a system call."""
        realm = self._world.realm
        self._server.before_reading = realm.fates.before_reading if realm.scenario.unread_rules else None

    def _make_clock(self, kind: ClockKind, start: float | datetime | None) -> ManualClock | RealClock:
        if kind not in get_args(ClockKind):
            raise ValueError(f"clock: wanted one of {', '.join(get_args(ClockKind))}, got {kind!r}")
        if kind == "real":
            return RealClock(self._speed, start=None if start is None else starting_moment(start))
        return (InstantClock if kind == "instant" else ManualClock)(starting_moment(start))

    def _new_world(self, scenario: Scenario, clock: ManualClock | RealClock, seed: int | None) -> World:
        return World(
            account=Account(self.account_sid, self._auth_token, signing_keys=self._signing_keys),
            test_account=Account(self.test_account_sid, self.test_auth_token, is_test=True),
            scenario=scenario,
            seed=secrets.randbelow(1 << 32) if seed is None else seed,
            clock=clock,
            sender=self._mounts,
            monotonic=monotonic,
            note=self.feed.note,
            base_url=self.url,
        )

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.url}, {self.scenario_name})"

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
