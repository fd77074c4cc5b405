"""A worker of a load: it tells what it saw, and goes where it may itself."""

from collections.abc import Mapping
from typing import Any

from fake_twilio.load.checks import check_account, host_users
from fake_twilio.load.dealing import Dealt
from fake_twilio.load.ending import end, line_of
from fake_twilio.load.errors import LoadError
from fake_twilio.load.gathering import WorkerSide
from fake_twilio.load.seams import Environment
from fake_twilio.load.share import share_of


class Worker:
    """One of the processes that send for a master; its account is the one in *environ*."""

    def __init__(self, environment: Environment, environ: Mapping[str, str]) -> None:
        self._environment = environment
        self._environ = environ
        runner: Any = environment.runner
        share = share_of(environment)
        self._side = WorkerSide(runner, share.tally)
        Dealt(runner, share.allotment)  # Locust calls it

    def listen(self) -> None:
        """Report on the way, and leave with what is left."""
        events = self._environment.events
        events.report_to_master.add_listener(self._side.report)
        events.test_start.add_listener(self._check)
        events.quitting.add_listener(self._side.quit)

    def _check(self, **_: Any) -> None:
        """The host comes from the master; whether an account is let in may differ from machine to machine."""
        try:
            check_account(host_users(self._environment, self._environ), self._environ)
        except LoadError as error:
            self._side.refuse(line_of(error))
            end(error)
