"""The course of a load in the process that judges it: the only one, or Locust's master.

Before anything is sent: the objectives, the host, the fake that answers there, its token, the account, the scenario. At
the end: what all processes saw is compared with what fake and sink have counted, judged, and summed up.
"""

import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any, NamedTuple

from fake_twilio.load.around import surroundings_of
from fake_twilio.load.by_count import ByCount
from fake_twilio.load.checks import check_fake, check_options, host_users
from fake_twilio.load.comparison import Comparison
from fake_twilio.load.counting import counts_of
from fake_twilio.load.ending import dismiss_workers, end
from fake_twilio.load.errors import LoadError
from fake_twilio.load.gathering import MasterSide
from fake_twilio.load.options import Options
from fake_twilio.load.ports import find_obstacle
from fake_twilio.load.ran import requests_by_second, versions, what_ran
from fake_twilio.load.seams import Environment, Runner
from fake_twilio.load.share import share_of
from fake_twilio.load.slo import ERRORS, Objective, judge
from fake_twilio.load.summary import Summary, figures_of, rates_of
from fake_twilio.load.summary_text import judged_lines
from fake_twilio.load.surroundings import Surroundings
from fake_twilio.timing.clock import monotonic, this_second

Writer = Callable[[Path, Summary], None]  # writes a run into a folder

_GATHERING_SECONDS = 10.0  # for what is left at the workers, beyond what their users have to end what they do


class Given(NamedTuple):
    """The world around a load."""

    writers: tuple[Writer, ...]  # of its summary
    environ: Mapping[str, str]
    pause: Callable[[float], object]  # waits for so many seconds
    end_forks: Callable[[], object]  # ends the workers of this machine


class Course:
    """One load, from its checks to its verdict; another may follow in the same process, started by hand."""

    def __init__(self, environment: Environment, given: Given) -> None:
        self._environment = environment
        self._given = given
        self._options = Options()
        self._tally = share_of(environment).tally
        self._objectives: tuple[Objective, ...] = ()
        self._checked_host: str | None = None
        self._began: float | None = None
        self._began_at = datetime.min
        self._ended: float | None = None
        self._comparison = Comparison()
        self._by_count = ByCount(environment)
        self._summary: Summary | None = None
        self._problems: list[str] = []
        runner: Any = environment.runner
        is_master = Options.of(environment.parsed_options).master
        self._side = MasterSide(runner, self._tally, self._give_up) if is_master else None
        if self._side is not None:
            environment.events.worker_report.add_listener(self._side.take)  # they report while the rest is set up
        self._is_stopping = False
        self._has_stopped = Event()
        self._is_finishing = False
        self._finished = Event()

    def listen(self) -> None:
        """Check what is known already, and listen; raises `LoadError`."""
        events = self._environment.events
        self._options = Options.of(self._environment.parsed_options)
        self._objectives = check_options(self._options, _measures(self._environment))
        self._check_web_port()
        if self._environment.web_ui is None:
            self._check_fake()  # a person at the web interface may still choose another host
        self._by_count.listen()
        events.test_start.add_listener(self._start)
        events.test_stopping.add_listener(self._gather)
        events.test_stop.add_listener(self._stop)
        events.quitting.add_listener(self._finish)
        events.quit.add_listener(self._tell)

    def _check_web_port(self) -> None:
        web = self._environment.web_ui
        obstacle = None if web is None else find_obstacle(web.host, web.port)
        if web is not None and obstacle is not None:
            raise LoadError(f"the port {web.port} of Locust's page {obstacle}: give --web-port another, or --headless")

    def _check_fake(self) -> None:
        host = host_users(self._environment, self._given.environ)
        if host != self._checked_host:
            check_fake(host, self._options, self._given.environ)
            self._checked_host = host

    def _start(self, **_: Any) -> None:
        self._tally.empty()
        self._is_stopping = False
        self._has_stopped.clear()
        if self._side is not None:
            self._side.begin()
        try:
            self._check_fake()
            self._comparison.begin(self._surroundings())
            self._by_count.begin()
        except LoadError as error:
            dismiss_workers(self._environment, self._given.end_forks)
            end(error)
        self._began, self._ended, self._began_at = monotonic(), None, datetime.fromtimestamp(this_second(), UTC)

    def _surroundings(self) -> Surroundings:
        host, given = self._checked_host or "", self._given
        return surroundings_of(host, self._options, given.environ, self._tally, given.pause)

    def _gather(self, **_: Any) -> None:
        self._is_stopping = True
        if self._side is not None:
            self._side.finish(self._environment.stop_timeout + _GATHERING_SECONDS)

    def _stop(self, **_: Any) -> None:
        """Compare what was counted; to wait until nothing is under way is no part of the load."""
        if self._ended is None:
            self._ended = monotonic()
        self._has_stopped.set()
        self._comparison.end()

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
        self._end_load(runner)
        ended = monotonic() if self._ended is None else self._ended
        self._summary = self._sum_up(ended - self._began)
        self._problems += self._comparison.problems + self._by_count.problems
        self._write(self._summary)
        self._settle_status(self._summary, has_mistakes=bool(runner.exceptions))

    def _end_load(self, runner: Runner) -> None:
        """Have the load end, if it has not; who stops it just now is waited for, since to quit would cut that short."""
        if self._is_stopping:
            self._has_stopped.wait(self._environment.stop_timeout + 2 * _GATHERING_SECONDS)
        if self._ended is None:
            runner.quit()
        if self._ended is None:
            self._stop()

    def _sum_up(self, seconds: float) -> Summary:
        fake, sink, differences = self._comparison.result()
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
        """Tell how it is judged, once, after Locust has told its own."""
        summary, self._summary = self._summary, None
        if summary is None:
            return
        for line in judged_lines(summary):
            print(line, flush=True)
        for problem in self._problems:
            print(problem, file=sys.stderr, flush=True)


def _measures(environment: Environment) -> set[str]:
    """Return what the users measure besides what all know."""
    return {name for user in environment.user_classes for name in getattr(user, "measures", ())}
