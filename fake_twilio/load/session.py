"""A load from its start to its verdict, as Locust's events bring it along.

Before anything is sent: the objectives, the host, the fake that answers there, its token, the account, the scenario. At
the end: what all processes saw is judged, and the summary written. Errors are one line and exit status 1. An exception
in a listener is logged by Locust with its trace and forgotten; `SystemExit` is not, so errors end as that.
"""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any, NamedTuple, NoReturn

from fake_twilio.load.checks import check_account, check_fake, check_options, host_of, remote_of
from fake_twilio.load.errors import LoadError
from fake_twilio.load.gathering import MasterSide, WorkerSide
from fake_twilio.load.options import Options
from fake_twilio.load.ports import is_taken
from fake_twilio.load.ran import Ran, write_text
from fake_twilio.load.remote import sink_counts
from fake_twilio.load.seams import Environment, Events
from fake_twilio.load.share import share_of
from fake_twilio.load.slo import ERRORS, Objective, judge
from fake_twilio.timing.clock import monotonic

Writer = Callable[[Path, Ran], None]  # writes a run into a folder

_FORK_SECONDS, _FORK_LOOKS = 0.1, 50  # until forked workers are there to be told
_GATHERING_SECONDS = 10.0  # for what is left at the workers, beyond what their users have to end what they do


class _Given(NamedTuple):
    writers: tuple[Writer, ...]
    environ: Mapping[str, str]
    pause: Callable[[float], object]


def attach(
    events: Events,
    *,
    writers: Sequence[Writer] = (write_text,),
    environ: Mapping[str, str] = os.environ,
    pause: Callable[[float], object] | None = None,
) -> None:
    """Have loads checked at their start and judged at their end; to be called in a locustfile, where it is loaded.

    *writers* write the summary. The account, the fake's admin token and, without ``--host``, the host come from
    *environ*. *pause* waits for so many seconds, until what is under way at the fake has come to an end.
    """
    events.init.add_listener(partial(_begin, given=_Given(tuple(writers), environ, pause or Event().wait)))


def _begin(*, environment: Environment, given: _Given, **_: Any) -> None:
    if getattr(environment.parsed_options, "worker", False):
        _Worker(environment, given.environ).listen()
        return
    try:
        _Session(environment, given).listen()
    except LoadError as error:
        _dismiss_workers(environment, given.pause)
        _end(error)


def _dismiss_workers(environment: Environment, pause: Callable[[float], object]) -> None:
    """Have the workers that Locust forked end: without a word from their master they would wait for a minute."""
    if not getattr(environment.parsed_options, "master", False):
        return
    runner: Any = environment.runner
    for _ in range(_FORK_LOOKS):
        if len(runner.clients) >= (environment.parsed_options.processes or 0):
            break
        pause(_FORK_SECONDS)
    runner.quit()


def _end(error: LoadError) -> NoReturn:
    sys.exit(_line_of(error))


def _line_of(error: LoadError) -> str:
    return f"load: {' '.join(str(error).split())}"


class _Worker:
    """A worker of a load: it tells what it saw, and goes where it may itself."""

    def __init__(self, environment: Environment, environ: Mapping[str, str]) -> None:
        self._environment = environment
        self._environ = environ
        runner: Any = environment.runner
        self._side = WorkerSide(runner, share_of(environment).tally)

    def listen(self) -> None:
        events = self._environment.events
        events.report_to_master.add_listener(self._side.report)
        events.test_start.add_listener(self._check)
        events.quitting.add_listener(self._side.leave)

    def _check(self, **_: Any) -> None:
        """The host comes from the master; whether an account is let in may differ from machine to machine."""
        try:
            check_account(host_of(self._environment, self._environ), self._environ)
        except LoadError as error:
            _end(error)


class _Session:
    """A load in the process that judges it: the only one, or Locust's master."""

    def __init__(self, environment: Environment, given: _Given) -> None:
        self._environment = environment
        self._given = given
        self._options = Options.of(environment.parsed_options)
        self._tally = share_of(environment).tally
        self._objectives: tuple[Objective, ...] = ()
        self._checked_host: str | None = None
        self._began: float | None = None
        self._ended: float | None = None
        self._ran: Ran | None = None
        self._problems: list[str] = []
        runner: Any = environment.runner
        is_master = getattr(environment.parsed_options, "master", False)
        self._side = MasterSide(runner, self._tally) if is_master else None

    def listen(self) -> None:
        """Check what is known already, and listen; raises `LoadError`."""
        self._objectives = check_options(self._options, _measures(self._environment))
        self._check_web_port()
        if self._environment.web_ui is None:
            self._check_fake()  # a person at the web interface may still choose another host
        events = self._environment.events
        events.test_start.add_listener(self._start)
        events.test_stopping.add_listener(self._gather)
        events.test_stop.add_listener(self._stop)
        events.quitting.add_listener(self._finish)
        events.quit.add_listener(self._tell)
        if self._side is not None:
            events.worker_report.add_listener(self._side.take)

    def _check_web_port(self) -> None:
        web = self._environment.web_ui
        if web is not None and is_taken(web.host, web.port):
            raise LoadError(f"the port {web.port} of Locust's page is taken: give --web-port another, or --headless")

    def _check_fake(self) -> None:
        host = host_of(self._environment, self._given.environ)
        if host != self._checked_host:
            check_fake(host, self._options, self._given.environ)
            self._checked_host = host

    def _start(self, **_: Any) -> None:
        try:
            self._check_fake()
        except LoadError as error:
            _end(error)
        self._tally.empty()
        if self._side is not None:
            self._side.begin()
        self._began, self._ended = monotonic(), None

    def _gather(self, **_: Any) -> None:
        if self._side is not None:
            self._side.finish(self._environment.stop_timeout + _GATHERING_SECONDS)

    def _stop(self, **_: Any) -> None:
        self._ended = monotonic()

    def _finish(self, **_: Any) -> None:
        """Judge, once nobody sends any more; what is told waits until Locust has told its own."""
        runner = self._environment.runner
        if self._began is None or runner is None:
            return
        if self._ended is None:
            runner.quit()
        self._ran = self._collect(self._began, monotonic() if self._ended is None else self._ended)
        self._write(self._ran)
        self._settle_status(self._ran, has_mistakes=bool(runner.exceptions))

    def _collect(self, began: float, ended: float) -> Ran:
        host = self._checked_host or ""
        return Ran(
            host=host,
            options=self._options,
            seconds=ended - began,
            workers=1 if self._side is None else self._side.workers,
            missing_workers=0 if self._side is None else self._side.missing,
            tally=self._tally,
            verdicts=tuple(judge(self._objectives, self._tally)),
            fake=self._asked(partial(remote_of(host, self._given.environ).quiet_health, self._given.pause)),
            sink={} if self._options.sink is None else self._asked(partial(sink_counts, self._options.sink)),
        )

    def _asked(self, ask: Callable[[], Mapping[str, Any]]) -> Mapping[str, Any]:
        try:
            return ask()
        except LoadError as error:
            self._problems.append(_line_of(error))
            return {}

    def _write(self, ran: Ran) -> None:
        folder = self._options.summary
        if folder is None:
            return
        try:
            for write in self._given.writers:
                write(Path(folder), ran)
        except OSError as error:
            self._problems.append(f"load: the summary cannot be written to {folder}: {error.strerror or error}")

    def _settle_status(self, ran: Ran, *, has_mistakes: bool) -> None:
        """Fail for what was missed; what `errors` allows is no failure, as it would be by Locust's own rule."""
        if self._problems or not ran.is_kept:
            self._environment.process_exit_code = 1
        elif not has_mistakes and any(verdict.name == ERRORS for verdict in ran.verdicts):
            vars(self._environment.parsed_options)["exit_code_on_error"] = 0

    def _tell(self, **_: Any) -> None:
        if self._ran is None:
            return
        for verdict in self._ran.verdicts:
            print(verdict.line, flush=True)
        if self._ran.missing_workers:
            self._problems.append(f"load: {self._ran.missing_workers} workers did not tell all that they saw")
        for problem in self._problems:
            print(problem, file=sys.stderr, flush=True)


def _measures(environment: Environment) -> set[str]:
    """Return what the users measure besides what all know."""
    return {name for user in environment.user_classes for name in getattr(user, "measures", ())}
