"""A load as Locust's events bring it along: who takes which part in which process."""

import os
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from threading import Event
from typing import Any

from fake_twilio.load.around import set_shape, start_own_sink
from fake_twilio.load.course import Course, Given, Writer
from fake_twilio.load.ending import dismiss_workers, end
from fake_twilio.load.errors import LoadError
from fake_twilio.load.forks import end_forks
from fake_twilio.load.options import Options
from fake_twilio.load.seams import Environment, Events
from fake_twilio.load.summary_files import write_summary
from fake_twilio.load.worker import Worker


def attach(
    events: Events,
    *,
    writers: Sequence[Writer] = (write_summary,),
    environ: Mapping[str, str] = os.environ,
    pause: Callable[[float], object] | None = None,
    end_forks: Callable[[], object] = end_forks,
) -> None:
    """Have loads checked at their start and judged at their end; to be called in a locustfile, where it is loaded.

    *writers* write the summary. The account, the fake's admin token and, without ``--host``, the host come from
    *environ*. *pause* waits for so many seconds, until what is under way at the fake has come to an end. *end_forks*
    ends the workers that Locust forked, if the load cannot begin.
    """
    given = Given(tuple(writers), environ, pause or Event().wait, end_forks)
    events.init.add_listener(partial(_begin, given=given))


def _begin(*, environment: Environment, given: Given, **_: Any) -> None:
    try:
        if Options.of(environment.parsed_options).worker:
            Worker(environment, given.environ).listen()
        else:
            _begin_course(environment, given)
    except LoadError as error:
        dismiss_workers(environment, given.end_forks)
        end(error)


def _begin_course(environment: Environment, given: Given) -> None:
    course = Course(environment, given)
    start_own_sink(environment)
    set_shape(environment)
    course.listen()
