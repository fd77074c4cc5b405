"""A load from its start to its verdict, as Locust's events bring it along.

Before anything is sent: the objectives, the host, the fake that answers there, its token, the account, the scenario. At
the end: what all processes saw is compared with what fake and sink have counted, judged, and summed up.
"""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any, NamedTuple

from fake_twilio.load.around import set_shape, start_own_sink, surroundings_of
from fake_twilio.load.checks import check_fake, check_options, host_of
from fake_twilio.load.counting import counts_of
from fake_twilio.load.ending import dismiss_workers, end, line_of
from fake_twilio.load.errors import LoadError
from fake_twilio.load.gathering import MasterSide
from fake_twilio.load.options import Options
from fake_twilio.load.ports import is_taken
from fake_twilio.load.ran import requests_by_second, versions, what_ran
from fake_twilio.load.seams import Environment, Events
from fake_twilio.load.share import share_of
from fake_twilio.load.slo import ERRORS, Objective, judge
from fake_twilio.load.summary import Summary, figures_of, rates_of
from fake_twilio.load.summary_files import write_summary
from fake_twilio.load.summary_text import judged_lines
from fake_twilio.load.surroundings import Counted, Surroundings
from fake_twilio.load.worker import Worker
from fake_twilio.timing.clock import monotonic, this_second

Writer = Callable[[Path, Summary], None]  # writes a run into a folder

_GATHERING_SECONDS = 10.0  # for what is left at the workers, beyond what their users have to end what they do


class _Given(NamedTuple):
    writers: tuple[Writer, ...]
    environ: Mapping[str, str]
    pause: Callable[[float], object]


def attach(
    events: Events,
    *,
    writers: Sequence[Writer] = (write_summary,),
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
        Worker(environment, given.environ).listen()
        return
    try:
        start_own_sink(environment)
        set_shape(environment)
        _Session(environment, given).listen()
    except LoadError as error:
        dismiss_workers(environment, given.pause)
        end(error)


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
        self._began_at = datetime.min
        self._ended: float | None = None
        self._around: Surroundings | None = None
        self._counted = Counted()
        self._summary: Summary | None = None
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
        self._tally.empty()
        if self._side is not None:
            self._side.begin()
        try:
            self._check_fake()
            self._around = self._surroundings()
            self._around.begin()
        except LoadError as error:
            end(error)
        self._counted = Counted()
        self._began, self._ended, self._began_at = monotonic(), None, datetime.fromtimestamp(this_second(), UTC)

    def _surroundings(self) -> Surroundings:
        host, given = self._checked_host or "", self._given
        return surroundings_of(host, self._options, given.environ, self._tally, given.pause)

    def _gather(self, **_: Any) -> None:
        if self._side is not None:
            self._side.finish(self._environment.stop_timeout + _GATHERING_SECONDS)

    def _stop(self, **_: Any) -> None:
        """Compare what was counted, once nothing is under way; to wait for that is no part of the load."""
        self._ended = monotonic()
        try:
            if self._around is not None:
                with closing(self._around) as around:
                    self._counted = around.end()
        except LoadError as error:
            self._problems.append(line_of(error))

    def _finish(self, **_: Any) -> None:
        """Judge, once nobody sends any more; what is told waits until Locust has told its own."""
        runner = self._environment.runner
        if self._began is None or runner is None:
            return
        if self._ended is None:
            runner.quit()
        ended = monotonic() if self._ended is None else self._ended
        self._summary = self._sum_up(ended - self._began)
        self._write(self._summary)
        self._settle_status(self._summary, has_mistakes=bool(runner.exceptions))

    def _sum_up(self, seconds: float) -> Summary:
        fake, sink, differences = self._counted
        workers, missing = (1, 0) if self._side is None else (self._side.workers, self._side.missing)
        return Summary(
            began_at=self._began_at.isoformat(),
            seconds=seconds,
            ran=what_ran(self._checked_host or "", self._options, workers, fake),
            versions=versions(),
            figures=figures_of(self._tally),
            counts=counts_of(self._tally, fake, sink),
            verdicts=tuple(judge(self._objectives, self._tally)),
            differences=differences,
            rates=rates_of(*requests_by_second(self._environment), int(self._began_at.timestamp())),
            may_differ=self._options.may_differ,
            missing_workers=missing,
        )

    def _write(self, summary: Summary) -> None:
        folder = self._options.summary
        if folder is None:
            return
        try:
            for write in self._given.writers:
                write(Path(folder), summary)
        except OSError as error:
            self._problems.append(f"load: the summary cannot be written to {folder}: {error.strerror or error}")

    def _settle_status(self, summary: Summary, *, has_mistakes: bool) -> None:
        """Fail for what was missed; what `errors` allows is no failure, as it would be by Locust's own rule."""
        if self._problems or not summary.is_met:
            self._environment.process_exit_code = 1
        elif not has_mistakes and any(verdict.name == ERRORS for verdict in summary.verdicts):
            vars(self._environment.parsed_options)["exit_code_on_error"] = 0

    def _tell(self, **_: Any) -> None:
        if self._summary is None:
            return
        for line in judged_lines(self._summary):
            print(line, flush=True)
        for problem in self._problems:
            print(problem, file=sys.stderr, flush=True)


def _measures(environment: Environment) -> set[str]:
    """Return what the users measure besides what all know."""
    return {name for user in environment.user_classes for name in getattr(user, "measures", ())}
