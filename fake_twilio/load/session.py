"""A load as Locust's events bring it along: who takes which part in which process.

Errors are one line and exit status 1. An exception in a listener is logged by Locust with its trace and forgotten;
`SystemExit` is not, so errors end as that.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from threading import Event
from typing import Any

from fake_twilio.load.checks import check_account, host_of
from fake_twilio.load.course import Course, Given, Writer, end, line_of
from fake_twilio.load.errors import LoadError
from fake_twilio.load.gathering import WorkerSide
from fake_twilio.load.ran import write_text
from fake_twilio.load.seams import Environment, Events
from fake_twilio.load.share import share_of

_FORK_SECONDS, _FORK_LOOKS = 0.1, 50  # until forked workers are there to be told


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
    events.init.add_listener(partial(_begin, given=Given(tuple(writers), environ, pause or Event().wait)))


def _begin(*, environment: Environment, given: Given, **_: Any) -> None:
    if getattr(environment.parsed_options, "worker", False):
        _Worker(environment, given.environ).listen()
        return
    try:
        Course(environment, given).listen()
    except LoadError as error:
        _dismiss_workers(environment, given.pause)
        end(error)


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
            self._side.refuse(line_of(error))
            end(error)
