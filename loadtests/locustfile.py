"""Load through the client, by users who behave as programs do.

``Campaign`` sends bulks, ``Transactional`` one-time codes that somebody waits for, ``Conversation`` texts that an app
answers, ``StatusPoller`` looks again and again. ``RawApi`` sends as fast as it can, for the limit of the fake; it only
comes when it is named. Each has a rate of its own until ``--rate`` says another.

``make load``, or: ``python -m fake_twilio.load -f loadtests/locustfile.py --headless -u 8 -t 10s`` in a shell into
which the line was pasted that ``fake-twilio serve`` prints. README.md beside this file has all of it.
"""

import itertools
import os
from threading import Thread
from time import sleep
from typing import Any, ClassVar

from locust import FastHttpUser, events, task
from locust.exception import StopUser

from fake_twilio.load import RequestFailed, TwilioUser, attach, offer
from fake_twilio.load.addresses import OWN, addresses_of
from fake_twilio.load.counting import MESSAGES_ROUTE
from fake_twilio.load.number import basic_auth
from fake_twilio.load.options import FINISH_SECONDS, Options
from fake_twilio.load.share import share_of

ROWS = 50  # of a bulk
PATIENCE_SECONDS = 60.0  # how long somebody waits for a code or a reply
LOOK_SECONDS = 0.05


def leave_out(environment: Any, **_: Any) -> None:
    """Let those users out that only come when they are named."""
    if not environment.parsed_options.user_classes:
        environment.user_classes = [user for user in environment.user_classes if not hasattr(user, "only_by_name")]


offer(events, sink=OWN)
attach(events)
events.init.add_listener(leave_out)  # type: ignore[no-untyped-call] # Locust has it so


class Campaign(TwilioUser):
    """Sends a bulk, then the next one."""

    weight = 1
    rate = 0.2
    measures: ClassVar[tuple[str, ...]] = ("bulk",)

    @task
    def send_out(self) -> None:
        rows = [{"to": to, "name": f"{number}"} for number, to in enumerate(self.fresh_recipients(ROWS))]
        body = "Customer $name, the sale has begun."
        with self.from_schedule("bulk"):
            report = self.client.messages.send_bulk(rows, from_=self.sender, body_template=body, **self.told())
            if report.counts["ACCEPTED"] != len(rows):
                raise RequestFailed("rows were not accepted")


class Transactional(TwilioUser):
    """Sends one-time codes; each is waited for while the next ones go out, as by people who do not know each other."""

    weight = 4
    rate = 1.0

    def on_start(self) -> None:
        super().on_start()
        self.codes = itertools.count(100_000)
        self.waiting: list[Thread] = []

    @task
    def log_in(self) -> None:
        sid, delivered = None, self.from_schedule("delivered")  # both count from when this task was due
        with self.from_schedule("send"):
            body = f"Your code is {next(self.codes)}."
            sid = self.client.messages.send(to=self.fresh_recipient(), from_=self.sender, body=body, **self.told()).sid
        if sid is not None:
            self.waiting = [each for each in self.waiting if each.is_alive()]
            self.waiting.append(Thread(target=self._wait, args=(sid, delivered), daemon=True))
            self.waiting[-1].start()

    def on_stop(self) -> None:
        """Let who waits for a code see it arrive."""
        for each in getattr(self, "waiting", ()):
            each.join(FINISH_SECONDS)
        super().on_stop()

    def _wait(self, sid: str, delivered: Any) -> None:
        with delivered as timing:
            timing.ended_at = self.delivered_at(sid, PATIENCE_SECONDS)


class Conversation(TwilioUser):
    """Somebody texts the number of the app, and waits for its reply."""

    weight = 2
    rate = 0.5

    @task
    def ask(self) -> None:
        person = self.fresh_recipient()
        with self.from_schedule("reply"):
            self.people.text(person, self.number, "Where is my parcel?")
            self._wait_for_reply(person)

    def _wait_for_reply(self, person: str) -> None:
        for _ in range(int(PATIENCE_SECONDS / LOOK_SECONDS)):
            if next(self.client.messages.list(to=person, from_=self.number, limit=1), None) is not None:
                return
            sleep(LOOK_SECONDS)
        raise RequestFailed("no reply in time")


class StatusPoller(TwilioUser):
    """Sends, and looks at the message until it is delivered, as an app does that takes no callbacks."""

    weight = 1
    rate = 0.2
    measures: ClassVar[tuple[str, ...]] = ("polled",)

    @task
    def send_and_look(self) -> None:
        to, body = self.fresh_recipient(), "Your parcel has arrived."
        with self.from_schedule("polled"):
            message = self.client.messages.send(to=to, from_=self.sender, body=body, **self.told())
            assert message.sid is not None
            self.client.messages.wait_until(message.sid, "delivered", timeout=PATIENCE_SECONDS)


class RawApi(FastHttpUser):
    """Posts messages without a client, one after the other."""

    only_by_name = True

    def on_start(self) -> None:
        self.path = MESSAGES_ROUTE.replace("{Sid}", os.environ["TWILIO_ACCOUNT_SID"])
        self.headers = {"Authorization": basic_auth(os.environ)}
        addresses = addresses_of(Options.of(self.environment.parsed_options))
        told = {} if addresses is None else {"StatusCallback": addresses.status_callback}
        self.form = {"From": TwilioUser.sender, "Body": "Your parcel has arrived.", **told}

    @task
    def send(self) -> None:
        recipients = share_of(self.environment).fresh_recipients(1)
        if not recipients:
            raise StopUser
        form = {**self.form, "To": recipients[0]}
        self.client.post(self.path, data=form, headers=self.headers, name=MESSAGES_ROUTE, allow_redirects=False)
