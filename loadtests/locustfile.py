"""Load through the client: each user sends messages to a Twilio, and looks at what became of one now and then.

The host is where the fake answers; the credentials come from the ``TWILIO_*`` variables that ``fake-twilio serve``
prints. Run ``make load``, or: ``locust -f loadtests/locustfile.py --headless -u 10 -t 10s --host http://127.0.0.1:7670``.
"""

import itertools
import os
from collections.abc import Callable
from time import perf_counter
from typing import TypeVar
from urllib.parse import urlsplit

from locust import User, constant, task
from locust.exception import StopUser

from twilio_sms import Client, Config, Message, RateLimits, TwilioError

T = TypeVar("T")
SENDER = "+15005550006"
UNLIMITED = RateLimits(global_rate=None, recipient_rate=None)  # how much the fake takes is the question
LOOPBACK = ("127.0.0.1", "localhost", "::1")
RECIPIENTS = (f"+1555{number:07}" for number in itertools.count(1_000_000))


class SmsUser(User):
    """Someone who sends messages with `twilio_sms.Client`."""

    wait_time = constant(0)

    def on_start(self) -> None:
        """Make a client for this machine's fake; other machines are not loaded."""
        host = self.host or ""
        if urlsplit(host).hostname not in LOOPBACK:
            raise StopUser(f"loads go to this machine only, {host} is not it")
        self.client = Client.from_env({**os.environ, "TWILIO_BASE_URL": host}, config=Config(rate_limits=UNLIMITED))
        self.sent: Message | None = None

    def on_stop(self) -> None:
        self.client.close()

    @task(9)
    def send(self) -> None:
        self.sent = self._measure(
            "messages.send",
            lambda: self.client.messages.send(to=next(RECIPIENTS), from_=SENDER, body="Your parcel has arrived."),
        )

    @task(1)
    def look(self) -> None:
        sid = self.sent.sid if self.sent else None
        if sid:
            self._measure("messages.get", lambda: self.client.messages.get(sid))

    def _measure(self, name: str, call: Callable[[], T]) -> T | None:
        """Make a call and report it under *name*: never under a SID or a number, which would split the statistics."""
        began, result, error = perf_counter(), None, None
        try:
            result = call()
        except TwilioError as failed:
            error = failed
        milliseconds = (perf_counter() - began) * 1000
        self.environment.events.request.fire(
            request_type="twilio_sms", name=name, response_time=milliseconds, response_length=0, exception=error
        )
        return result
