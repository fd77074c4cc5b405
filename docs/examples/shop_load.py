"""A load on the order shop: its staff ship orders, and customers ask after theirs.

    python -m fake_twilio.load -f shop_load.py --headless -u 6 -t 30s --slo p99_ship=500ms,p99_known=4s,p99_reply=2s

in a shell into which the line was pasted that ``fake-twilio serve`` prints, while ``flask_app.py`` runs. Tasks are due
by a schedule, whatever became of those before, so a shop that stands still is as slow as its people find it.
"""

from collections.abc import Callable
from time import sleep
from typing import ClassVar

import requests
from locust import events, task

from fake_twilio.load import RequestFailed, TwilioUser, attach, offer

PATIENCE_SECONDS = 20.0
LOOK_SECONDS = 0.1

offer(events, app_url="http://127.0.0.1:5000")  # --app-url says another one
attach(events)


class Staff(TwilioUser):
    """Ships an order, and looks until the shop knows that its text was delivered."""

    weight = 2
    rate = 0.4  # one in two and a half seconds: a delivery takes one and a half
    measures: ClassVar[tuple[str, ...]] = ("ship", "known")

    def on_start(self) -> None:
        super().on_start()
        self.shop = Shop(self.environment.parsed_options.app_url)

    @task
    def ship(self) -> None:
        sid, known = None, self.from_schedule("known")  # both count from when this task was due
        with self.from_schedule("ship"):
            sid = self.shop.ship(self.fresh_recipient())
        if sid is not None:
            with known:
                wait_until(lambda: self.shop.status_of(sid) == "delivered")


class Customer(TwilioUser):
    """Asks after an order, and waits for the answer."""

    weight = 1
    rate = 0.4

    @task
    def ask(self) -> None:
        person = self.fresh_recipient()
        with self.from_schedule("reply"):
            self.people.text(person, self.number, "Order 17")
            wait_until(lambda: any(self.client.messages.list(to=person, limit=1)))


class Shop:
    """The shop's own addresses, as its staff use them."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")
        self._session = requests.Session()

    def ship(self, to: str) -> str:
        """Ship an order; return the SID of the text about it."""
        return str(self._ask("POST", "/orders/17/ship", {"to": to})["sid"])

    def status_of(self, sid: str) -> str | None:
        """Return what the shop knows of a text."""
        return self._ask("GET", f"/messages/{sid}")["status"]

    def _ask(self, method: str, path: str, form: dict[str, str] | None = None) -> dict[str, str]:
        try:
            answer = self._session.request(method, self._url + path, data=form, timeout=PATIENCE_SECONDS)
        except requests.RequestException as error:
            raise RequestFailed(type(error).__name__) from None
        if not answer.ok:
            raise RequestFailed(f"HTTP {answer.status_code}")  # in few words: each text is a line of the statistics
        return dict(answer.json())


def wait_until(is_so: Callable[[], bool]) -> None:
    """Look until it is so; raise `RequestFailed` if that takes too long."""
    for _ in range(int(PATIENCE_SECONDS / LOOK_SECONDS)):
        if is_so():
            return
        sleep(LOOK_SECONDS)
    raise RequestFailed("not in time")
