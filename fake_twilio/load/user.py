"""A user for Locust that sends as a program does: by `twilio_sms.Client`."""

import os
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, ClassVar

from locust import User
from locust.exception import StopUser
from locust.user.task import LOCUST_STATE_STOPPING, LOCUST_STATE_WAITING

from fake_twilio.load.arrivals import constant_arrivals, parse_rate
from fake_twilio.load.checks import host_of
from fake_twilio.load.clients import QUIET, new_client
from fake_twilio.load.errors import NothingLeft
from fake_twilio.load.kept import Kept
from fake_twilio.load.number import NUMBER
from fake_twilio.load.options import Options
from fake_twilio.load.people import People
from fake_twilio.load.remote import admin_headers
from fake_twilio.load.share import share_of
from fake_twilio.load.taker import Taker, Told
from fake_twilio.load.tally import Tally
from fake_twilio.load.timed import Timing, timed
from fake_twilio.timing.clock import monotonic
from twilio_sms.config import Config

if TYPE_CHECKING:
    from twilio_sms.client import Client


class Spent(NothingLeft, StopUser):
    """Ends a user that has nothing left to send."""


class TwilioUser(User):
    """Somebody who sends messages; to be subclassed in a locustfile, with tasks.

    Its `client` is on Locust's ``--host``, of the account in the ``TWILIO_*`` variables. It has its own connections,
    breaker and quota: a user stands for a process of its own. Tasks are due by ``--rate``, else by its own `rate`.
    """

    abstract = True
    config: ClassVar[Config] = QUIET  # without limits; another one brings them back
    measures: ClassVar[tuple[str, ...]] = ()  # names of `from_schedule` of its own, for ``--slo``
    rate: ClassVar[float | None] = None  # tasks a second, if ``--rate`` says nothing; without both, one after the other
    sender: ClassVar[str] = "+15005550006"
    number: ClassVar[str] = NUMBER  # that people write to; its texts go to the app, or to the sink

    client: "Client"
    people: People  # who write to the number
    due: float | None = None  # when the task of the moment was due, on the monotonic clock

    def __init__(self, environment: Any) -> None:
        super().__init__(environment)
        self.tally: Tally = share_of(environment).tally
        self.began = monotonic()
        self._is_ended = False

    def on_start(self) -> None:
        """Make the client; a subclass that overrides it calls this first."""
        self.client = self.new_client()
        self._taker = Taker(
            Options.of(self.environment.parsed_options), lambda sid: self.client.messages.get(sid).status_text
        )
        self._fake = Kept(self._host(), admin_headers(os.environ))
        self.people = People(self._fake, self.environment.events.request.fire)
        self.began = monotonic()

    def on_stop(self) -> None:
        """Close its connections."""
        for name in ("client", "_taker", "_fake"):
            if name in vars(self):
                vars(self)[name].close()

    def stop(self, force: bool = False) -> bool:
        """End it as Locust does. One that waits is killed, and may have woken in the same moment: it begins nothing.

        It may be told twice: after Ctrl-C by its process and by the master, where Locust would raise.
        """
        if self._state == LOCUST_STATE_STOPPING and not force:
            return False
        self._is_ended = force or self._state == LOCUST_STATE_WAITING
        return bool(super().stop(force))

    def new_client(self) -> "Client":
        """Return the client of this user; raises `LoadError` for a host that a load may not go to."""
        return new_client(self._host(), os.environ, self.config, self.environment.events.request.fire)

    def wait_time(self) -> float:
        """Wait until the next task is due by ``--rate``, or by the user's own; without both, not at all."""
        given = Options.of(self.environment.parsed_options).rate
        rate = self.rate if given is None else parse_rate(given)
        return 0.0 if rate is None else constant_arrivals(rate)(self)

    def fresh_recipient(self) -> str:
        """Return a number that no user of any worker was given before: that of the next message that the user sends.

        The user ends if all of ``--messages`` were begun.
        """
        return self.fresh_recipients(1)[0]

    def fresh_recipients(self, most: int) -> list[str]:
        """Return *most* such numbers, for as many messages; fewer if fewer of ``--messages`` are left."""
        recipients = share_of(self.environment).fresh_recipients(most)
        if not recipients:
            raise Spent
        return recipients

    def told(self) -> Told:
        """Return what a message must say to be told of to the app, or to the sink: ``send(..., **self.told())``."""
        return self._taker.told()

    def delivered_at(self, sid: str, seconds: float) -> float:
        """Return when a message was delivered, on the monotonic clock, as soon as that is known.

        That is when its callback came to the sink; without a sink, when a look at the message shows it. Raises
        `RequestFailed` if that takes longer than *seconds*, or the message ends otherwise.
        """
        return self._taker.delivered_at(sid, seconds)

    def from_schedule(self, name: str) -> AbstractContextManager[Timing]:
        """Time a block from when this task was due, under *name*; failures in it are counted and go no further.

        To be used as ``with self.from_schedule("send"):``. Without a schedule it counts from the block's beginning.
        """
        if self._is_ended:
            raise StopUser
        return timed(name, self.due, tally=self.tally, fire=self.environment.events.request.fire)

    def _host(self) -> str:
        return host_of(self.environment, os.environ, self.host)
