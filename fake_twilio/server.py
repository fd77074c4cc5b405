"""Puts a fake Twilio together: an engine and its API on a port of this machine."""

import secrets
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, Literal, Self, get_args

from flask import Blueprint

from fake_twilio.admin.blueprint import admin_blueprint
from fake_twilio.delivery.courier import PER_TARGET
from fake_twilio.delivery.mounts import Application, Mounts
from fake_twilio.delivery.outbound import Outbound
from fake_twilio.delivery.replays import Manner
from fake_twilio.delivery.webhook import Webhook
from fake_twilio.domain.accounts.account import AUTH_TOKEN, Account, check_credentials
from fake_twilio.domain.inbound.opt_outs import check_pair
from fake_twilio.domain.messages.message import Event, Message
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.domain.twilio.form import Form
from fake_twilio.domain.values.durations import to_seconds
from fake_twilio.domain.webhooks.signer import SigningKey
from fake_twilio.domain.webhooks.targets import Targets
from fake_twilio.inspector.blueprint import inspector_blueprint
from fake_twilio.inspector.live import Live
from fake_twilio.records.feed import Feed
from fake_twilio.records.request_log import LoggedRequests
from fake_twilio.records.unknown_routes import UnknownRoutes
from fake_twilio.run_view import RunView
from fake_twilio.scenario_files.load import DEFAULT, NO_SETTINGS
from fake_twilio.scenario_files.shelf import Shelf
from fake_twilio.signing import Params, SignedRequest, signed_form, signed_json
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


class FakeTwilio(RunView):
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
        self._unknown = UnknownRoutes()
        self._clock_kind: ClockKind = clock
        app = create_app(lambda: self._world.realm, monotonic, self._unknown, self._own(admin_token))
        self._server = Server(host, port, self._at_the_door(app.wsgi_app, allowed_hosts), monotonic)
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
    def faults(self) -> MutableMapping[str, float]:
        """The faults that are turned up in this world and their shares: ``fake.faults["callback_drop"] = 0.2``."""
        return self._world.realm.fates.faults

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

        Its time runs, at the speed that the fake began with. Mounted apps stay: they are the customer's, not the
        world's. Raises `RuntimeError` once the fake was stopped: nobody would end that world.
        """
        played, chosen_clock = self._read(scenario, settings), self._make_clock(clock, start)
        with self._swapping:
            if self._is_stopped:
                raise RuntimeError("the fake was stopped: make another one")
            old, self._world = self._world, self._new_world(played, chosen_clock, seed)
            self._clock_kind = clock
            self._watch_unread()
        self._unknown.clear()
        old.end()
        self.feed.begin_anew()

    def restart(self, seed: int | None = None) -> None:
        """Begin a new world with the scenario and the kind of clock of this one."""
        self.reset(self.scenario, clock=self._clock_kind, seed=seed)

    def forget(self, *, account_sid: str | None = None, number: str | None = None) -> int:
        """Forget the messages of an account, or those to or from a number, or all; return how many.

        So are their webhooks, their alerts and the opt-outs. Accounts, numbers, services and the time stay, and so do
        the opt-outs that the scenario lists. What the messages had planned does not happen.
        """
        return self._world.forget(account_sid=account_sid, number=number)

    def replay(
        self, token: str, *, signature: str = "same", times: int = 1, after: float | str | timedelta = 0
    ) -> Webhook:
        """Bring a webhook once more, and return it as it leaves; what the app answers is logged and not acted upon.

        Its *signature* is the ``"same"``, ``"wrong"`` or left out (``"none"``); it comes so many *times* in a row (at
        most 100), *after* a span of the run's time. Raises `LookupError` if no webhook in the log has this token.
        """
        return self._world.replay(token, Manner.parse(signature, times, to_seconds(after)))

    def use(self, scenario: Scenario | str | Path, settings: Mapping[str, str] = NO_SETTINGS) -> None:
        """Let another scenario decide from now on; what is there stays, and lives on as it was planned."""
        played = self._read(scenario, settings)
        with self._swapping:
            self._world.realm.use(played)
            self._watch_unread()

    def submit(self, form: Form) -> Message:
        """Take a message of the main account by its form, as ``POST Messages`` does; raises Twilio's `Refusal`."""
        return self._world.engine.accept(form)

    def receive(self, from_: str, to: str, body: str = "", media: Sequence[str] = ()) -> Message | None:
        """Have somebody send a message to a number of the fake; *media* are the addresses of up to 10 files.

        It is told to the app at this moment, once time moves; what the app answers is done. ``None`` if the number's
        service has no address for it: Twilio then receives nothing. Raises `ValueError` if nobody has the number *to*.
        """
        return self._world.inbox.receive(from_, to, body, media)

    def opt_out(self, to: str, sender: str) -> None:
        """Have the recipient *to* hear nothing more from *sender*: a number, or the SID of a service.

        Raises `ValueError` for what is no number: it would be found in no message.
        """
        check_pair(to, sender)
        self._world.engine.senders.opt_outs.put(to, sender)

    def opt_in(self, to: str, sender: str) -> None:
        """Have the recipient *to* hear from *sender* again; raises `ValueError` as `opt_out` does."""
        check_pair(to, sender)
        self._world.engine.senders.opt_outs.lift(to, sender)

    def advance(self, span: float | str | timedelta) -> list[Event]:
        """Move the time by *span* (seconds, ``"36h"`` or a timedelta); return what happened, webhooks included.

        Raises `ValueError` for a span that is none, and `TimeError` on a clock that is neither manual nor a frozen real
        one.
        """
        return self._world.hand.advance(to_seconds(span))

    def settle(self, max: float | str | timedelta = "30d") -> list[Event]:  # noqa: A002 - the word that reads best
        """Jump from due event to due event until none is left within *max*; return what happened."""
        return self._world.hand.settle(to_seconds(max))

    def share_key(self, key: SigningKey) -> None:
        """Sign the main account's webhooks with *key* from now on; older keys stay alive.

        A reset brings back those of the constructor.
        """
        self._world.directory.share_key(self.account_sid, key)

    def revoke_key(self, key_id: str) -> None:
        """End a shared key: the one before it signs, or the auth token; raises `LookupError` if there is none."""
        self._world.directory.revoke_key(self.account_sid, key_id)

    def sign(self, url: str, params: Params = ()) -> SignedRequest:
        """Sign a form posted to *url* as the account's webhooks are signed now; see `fake_twilio.sign`."""
        return signed_form(url, params, self._world.directory.get(self.account_sid).signer)

    def sign_json(self, url: str, body: Any) -> SignedRequest:
        """Sign a JSON *body* posted to *url* as the account's webhooks are signed now; see `fake_twilio.sign_json`."""
        return signed_json(url, body, self._world.directory.get(self.account_sid).signer)

    def freeze(self) -> None:
        """Let time stand still on a real or an instant clock: nothing falls due until `thaw`.

        Requests are answered, and webhooks that were under way are delivered.
        """
        self._world.freezer.freeze()

    def thaw(self) -> None:
        """Let time go on from where it stands."""
        self._world.freezer.thaw()

    def set_speed(self, speed: float) -> None:
        """Let time pass *speed* times as fast from now on, on a real clock and in this run."""
        self._world.ticker.set_speed(speed)

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

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
