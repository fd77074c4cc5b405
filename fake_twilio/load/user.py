"""A user for Locust that sends as a program does: by `twilio_sms.Client`."""

import os
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, ClassVar

from locust import User
from locust.exception import StopUser
from locust.user.task import LOCUST_STATE_WAITING

from fake_twilio.load.arrivals import constant_arrivals, parse_rate
from fake_twilio.load.checks import host_of
from fake_twilio.load.clients import QUIET, new_client
from fake_twilio.load.options import Options
from fake_twilio.load.share import share_of
from fake_twilio.load.tally import Tally
from fake_twilio.load.timed import timed
from fake_twilio.timing.clock import monotonic
from twilio_sms.config import Config

if TYPE_CHECKING:
    from twilio_sms.client import Client


class TwilioUser(User):
    """Somebody who sends messages; to be subclassed in a locustfile, with tasks.

    Its `client` is on Locust's ``--host``, of the account in the ``TWILIO_*`` variables. It has its own connections,
    breaker and quota: a user stands for a process of its own. Tasks are due by ``--rate`` or a `wait_time`.
    """

    abstract = True
    config: ClassVar[Config] = QUIET  # without limits; another one brings them back
    measures: ClassVar[tuple[str, ...]] = ()  # names of `from_schedule` of its own, for ``--slo``
    sender: ClassVar[str] = "+15005550006"

    client: "Client"
    due: float | None = None  # when the task of the moment was due, on the monotonic clock

    def __init__(self, environment: Any) -> None:
        super().__init__(environment)
        self.tally: Tally = share_of(environment).tally
        self.began = monotonic()
        self._is_ended = False

    def on_start(self) -> None:
        """Make the client; a subclass that overrides it calls this first."""
        self.client = self.new_client()
        self.began = monotonic()

    def on_stop(self) -> None:
        """Close the client's connections."""
        if "client" in vars(self):
            self.client.close()

    def stop(self, force: bool = False) -> bool:
        """End it as Locust does. One that waits is killed, and may have woken in the same moment: it begins nothing."""
        self._is_ended = force or self._state == LOCUST_STATE_WAITING
        return bool(super().stop(force))

    def new_client(self) -> "Client":
        """Return the client of this user; raises `LoadError` for a host that a load may not go to."""
        host = host_of(self.environment, os.environ, self.host)
        return new_client(host, os.environ, self.config, self.environment.events.request.fire)

    def wait_time(self) -> float:
        """Wait until the next task is due by ``--rate``; without it, not at all."""
        rate = Options.of(self.environment.parsed_options).rate
        return 0.0 if rate is None else constant_arrivals(parse_rate(rate))(self)

    def fresh_recipient(self) -> str:
        """Return a number that no user of any worker was given before."""
        return share_of(self.environment).recipients.fresh()

    def from_schedule(self, name: str) -> AbstractContextManager[None]:
        """Time a block from when this task was due, under *name*; failures in it are counted and go no further.

        To be used as ``with self.from_schedule("send"):``. Without a schedule it counts from the block's beginning.
        """
        if self._is_ended:
            raise StopUser
        return timed(name, self.due, tally=self.tally, fire=self.environment.events.request.fire)
