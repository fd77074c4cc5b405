"""What the example shops are put through: sends, questions, a STOP, and callbacks in disorder."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from werkzeug.test import Client as Browser

from fake_twilio.delivery.webhook import Kind
from fake_twilio.domain.messages.message import Message
from fake_twilio.server import FakeTwilio
from twilio_sms.domain.number_key import number_key
from twilio_sms.stores.opt_outs_sqlite import SqliteOptOuts

ORIGIN = "https://shop.test"
SHOP = "+14155550101"
CUSTOMERS = tuple(f"+1555123000{digit}" for digit in range(1, 5))
LEAVER = "+15551230009"
App = Callable[..., Any]

# No callback is lost in these: what is never told, nobody can track.
SCENARIOS = (
    "callback_storm",
    "callbacks_before_response",
    "callbacks_duplicated",
    "callbacks_late",
    "callbacks_regress",
    "callbacks_shuffled",
    "carrier_reject",
    "delivered_before_sent",
)


def world(scenario: str, folder: Path, origin: str = ORIGIN) -> Path:
    """Return a scenario file in which texts go to the shop at *origin*."""
    file = folder / "shop.yaml"
    file.write_text(f"about: A shop.\ninclude: {scenario}\ninbound: {{url: '{origin}/twilio/inbound'}}\n")
    return file


def config(fake: FakeTwilio, folder: Path, origin: str = ORIGIN) -> dict[str, str]:
    """Return what a shop is told of its world."""
    return {
        "TWILIO_ACCOUNT_SID": fake.account_sid,
        "TWILIO_AUTH_TOKEN": fake.auth_token,
        "TWILIO_BASE_URL": fake.url,
        "TWILIO_PUBLIC_URL": origin,
        "TWILIO_WEBHOOK_STORE": str(folder / "webhooks.db"),
        "TWILIO_OPT_OUTS": str(folder / "optouts.db"),
        "WEBHOOK_STORE": str(folder / "webhooks.db"),
        "OPT_OUTS": str(folder / "optouts.db"),
        "ORDERS": str(folder / "orders.db"),
    }


class Gatekeeper:
    """Stands before a shop and looks, before an answer leaves, whether the one who said STOP is on disk."""

    def __init__(self, app: App, opt_outs: Path) -> None:
        self._app = app
        self._opt_outs = opt_outs
        self.was_recorded: list[bool] = []

    def __call__(self, environ: Mapping[str, Any], start_response: App) -> Any:
        def start(status: str, headers: Any, exc_info: Any = None) -> Any:
            self.was_recorded.append(is_opted_out(self._opt_outs, LEAVER))
            return start_response(status, headers, exc_info)

        return self._app(environ, start)


def is_opted_out(path: Path, number: str) -> bool:
    store = SqliteOptOuts(path)
    try:
        return bool(store.events(number_key(number)))
    finally:
        store.close()


class Visit:
    """A shop, its staff and its customers, in the world of *fake*."""

    def __init__(self, fake: FakeTwilio, app: App, folder: Path) -> None:
        self.fake = fake
        self.app = Gatekeeper(app, folder / "optouts.db")
        self.browser = Browser(self.app)
        fake.mount(ORIGIN, self.app)

    def ship(self, to: str) -> int:
        return self.browser.post("/orders/17/ship", base_url=ORIGIN, data={"to": to}).status_code

    def tracked(self, sid: str) -> str | None:
        status = json.loads(self.browser.get(f"/messages/{sid}", base_url=ORIGIN).data)["status"]
        assert status is None or isinstance(status, str)
        return status

    def ask_twice(self) -> None:
        """Have the customers ask after an order, and Twilio tell each text a second time."""
        for customer in CUSTOMERS:
            self.fake.receive(customer, SHOP, "Order 17")
        self.fake.settle()
        for delivery in self.fake.callbacks:
            if delivery.webhook.kind is Kind.INBOUND:
                self.fake.replay(delivery.webhook.token)
        self.fake.settle()

    def leave(self) -> list[bool]:
        """Have somebody say STOP; return whether it was on disk when the answer began."""
        before = len(self.app.was_recorded)
        self.fake.receive(LEAVER, SHOP, "Stop!")
        self.fake.settle()
        return self.app.was_recorded[before:]

    def shipped(self) -> list[Message]:
        return [message for message in self.fake.messages if message.body.endswith("on its way.")]

    def answers(self) -> list[Message]:
        return [message for message in self.fake.messages if message.body == "Order 17 is packed."]


def check_a_day(visit: Visit, questions: Callable[[], list[tuple[str, str]]]) -> None:
    """Let a day pass at the shop, and look whether all ended as it should."""
    assert [visit.ship(customer) for customer in CUSTOMERS] == [202] * len(CUSTOMERS)
    visit.ask_twice()
    assert visit.leave() == [True]
    assert visit.ship(LEAVER) == 409

    shipped = visit.shipped()
    assert [message.to for message in shipped] == list(CUSTOMERS)
    assert {m.sid: visit.tracked(m.sid) for m in shipped} == {m.sid: m.status.value for m in shipped}
    assert sorted(message.to for message in visit.answers()) == list(CUSTOMERS)
    assert len({sid for sid, _number in questions()}) == len(questions()) == len(CUSTOMERS)
    assert {delivery.answer.status for delivery in visit.fake.callbacks} == {200}
    assert visit.fake.alerts == ()
