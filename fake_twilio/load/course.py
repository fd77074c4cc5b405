"""The course of a load in the process that judges it: the only one, or Locust's master.

Before anything is sent: the objectives, the host, the fake that answers there, its token, the account, the scenario. At
the end: what all processes saw is judged, and the summary written.
"""

import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any, NamedTuple, NoReturn

from fake_twilio.load.checks import check_fake, check_options, host_of, remote_of
from fake_twilio.load.errors import LoadError
from fake_twilio.load.gathering import MasterSide
from fake_twilio.load.options import Options
from fake_twilio.load.ports import is_taken
from fake_twilio.load.ran import Ran
from fake_twilio.load.remote import sink_counts
from fake_twilio.load.seams import Environment
from fake_twilio.load.share import share_of
from fake_twilio.load.slo import ERRORS, Objective, judge
from fake_twilio.timing.clock import monotonic

Writer = Callable[[Path, Ran], None]  # writes a run into a folder

_GATHERING_SECONDS = 10.0  # for what is left at the workers, beyond what their users have to end what they do


class Given(NamedTuple):
    """The world around a load."""

    writers: tuple[Writer, ...]  # of its summary
    environ: Mapping[str, str]
    pause: Callable[[float], object]  # waits for so many seconds


class Course:
    """One load, from its checks to its verdict; another may follow in the same process, started by hand."""

    def __init__(self, environment: Environment, given: Given) -> None:
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
        self._side = MasterSide(runner, self._tally, self._give_up) if is_master else None
        self._is_finishing = False
        self._finished = Event()

    def listen(self) -> None:
        """Check what is known already, and listen; raises `LoadError`."""
        events = self._environment.events
        if self._side is not None:
            events.worker_report.add_listener(self._side.take)  # workers report while the fake is still being checked
        self._objectives = check_options(self._options, _measures(self._environment))
        self._check_web_port()
        if self._environment.web_ui is None:
            self._check_fake()  # a person at the web interface may still choose another host
        events.test_start.add_listener(self._start)
        events.test_stopping.add_listener(self._gather)
        events.test_stop.add_listener(self._stop)
        events.quitting.add_listener(self._finish)
        events.quit.add_listener(self._tell)

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
            end(error)
        self._tally.empty()
        if self._side is not None:
            self._side.begin()
        self._began, self._ended = monotonic(), None

    def _gather(self, **_: Any) -> None:
        if self._side is not None:
            self._side.finish(self._environment.stop_timeout + _GATHERING_SECONDS)

    def _stop(self, **_: Any) -> None:
        self._ended = monotonic()

    def _give_up(self, why: str) -> None:
        """End a load in which a worker cannot take part."""
        self._problems.append(why)
        if self._environment.runner is not None:
            self._environment.runner.quit()

    def _finish(self, **_: Any) -> None:
        """Judge, once nobody sends any more. After a signal Locust may shut down twice: one waits."""
        if self._is_finishing:
            self._finished.wait()
            return
        self._is_finishing = True
        try:
            self._conclude()
        finally:
            self._finished.set()

    def _conclude(self) -> None:
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
        fake = self._asked(partial(remote_of(host, self._given.environ).quiet_health, self._given.pause))
        sink = {} if self._options.sink is None else self._asked(partial(sink_counts, self._options.sink))
        return Ran(
            host=host,
            options=self._options,
            seconds=ended - began,
            workers=1 if self._side is None else self._side.workers,
            missing_workers=0 if self._side is None else self._side.missing,
            tally=self._tally,
            verdicts=tuple(judge(self._objectives, self._tally)),
            fake=fake,
            sink=sink,
        )

    def _asked(self, ask: Callable[[], Mapping[str, Any]]) -> Mapping[str, Any]:
        try:
            return ask()
        except LoadError as error:
            self._problems.append(line_of(error))
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
        """Tell how it is judged, once, after Locust has told its own."""
        ran, self._ran = self._ran, None
        if ran is None:
            return
        for verdict in ran.verdicts:
            print(verdict.line, flush=True)
        if ran.missing_workers:
            self._problems.append(f"load: {ran.missing_workers} workers did not tell all that they saw")
        for problem in self._problems:
            print(problem, file=sys.stderr, flush=True)


def end(error: LoadError) -> NoReturn:
    """End the process: one line, and status 1."""
    sys.exit(line_of(error))


def line_of(error: LoadError) -> str:
    """Return an error as the one line that is said of it."""
    return f"load: {' '.join(str(error).split())}"


def _measures(environment: Environment) -> set[str]:
    """Return what the users measure besides what all know."""
    return {name for user in environment.user_classes for name in getattr(user, "measures", ())}
