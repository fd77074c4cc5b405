"""A fake in which something of every kind happened, and the addresses of all its views."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from docs.screenshots import PICTURES, START, views
from fake_twilio.commands.demo import SCENARIO, SEED, live_through
from fake_twilio.commands.demo_day import SHOP, day_of
from fake_twilio.scenario_files.load import parse_scenario
from fake_twilio.server import FakeTwilio

APP = "https://broken.test"  # an app of this process, whose webhooks fail
CUSTOMER = "+16505550199"
TEXT = "Your code for the door is 482913, see https://shop.demo/door and bring a 🔑"  # UCS-2, a code and a link
NOWHERE = "/v1/Nothing/Here"


@contextmanager
def lived_fake() -> Iterator[FakeTwilio]:
    """Run a fake that lived through a day, and then met each kind of trouble that a view shows."""
    paced = parse_scenario(f"{Path(SCENARIO).read_text('utf-8')}\nlimits: {{senders: true, concurrency: 50}}\n")
    with FakeTwilio(paced, start=START, seed=SEED) as fake:
        live_through(fake, day_of(SEED))
        fake.freeze()
        fake.mount(APP, broken)
        send(fake, status_callback=f"{APP}/status")
        fake.advance("1m")
        send(fake, media="https://shop.demo/door.png")  # it waits: time stands still
        fake.opt_out(CUSTOMER, SHOP)
        requests.get(f"{fake.url}{NOWHERE}", timeout=5)
        open_accounts(fake)
        yield fake


LESS = (
    "message in trouble",
    "message that waits",
    "phone in trouble",
    "nothing found",
    "older messages",
    "silent phone",
)
VIEWS = (*PICTURES, *LESS)


def views_of(fake: FakeTwilio) -> dict[str, str]:
    """Return the address of each view: those that have a picture, and what they are where there is less to see."""
    paths = (
        f"/messages/{fake.messages[-2].sid}",
        f"/messages/{fake.messages[-1].sid}",
        f"/phones/{CUSTOMER}/{SHOP}",
        "/?q=nothing-is-like-that",
        f"/?before={fake.messages[60].sid}",
        "/phones/+15550009999/+15550008888",
    )
    return {**views(fake), **dict(zip(LESS, paths, strict=True))}


def send(fake: FakeTwilio, status_callback: str = "", media: str = "") -> None:
    form = [("To", CUSTOMER), ("From", SHOP), ("Body", TEXT), ("Unheard", "of")]
    form += [("StatusCallback", status_callback), ("MediaUrl", media), ("PersistentAction", "geo:1,1")]
    fake.submit(tuple(pair for pair in form if pair[1]))


def open_accounts(fake: FakeTwilio) -> None:
    """Let there be a subaccount that is suspended, a key, and a service with a number."""
    accounts = f"{fake.url}/2010-04-01/Accounts"
    with requests.Session() as api:
        api.auth = (fake.account_sid, fake.auth_token)
        opened = api.post(f"{accounts}.json", {"FriendlyName": "Branch"}).json()
        api.post(f"{accounts}/{opened['sid']}.json", {"Status": "suspended"}).raise_for_status()
        api.post(f"{accounts}/{fake.account_sid}/Keys.json", {"FriendlyName": "Till"}).raise_for_status()
        service = api.post(f"{fake.url}/v1/Services", {"FriendlyName": "Campaigns", "InboundRequestUrl": f"{APP}/sms"})
        numbers = api.get(f"{accounts}/{fake.account_sid}/IncomingPhoneNumbers.json").json()["incoming_phone_numbers"]
        pool = f"{fake.url}/v1/Services/{service.json()['sid']}/PhoneNumbers"
        api.post(pool, {"PhoneNumberSid": numbers[0]["sid"]}).raise_for_status()


def broken(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Fail, as an app does that has a bug."""
    start_response("500 Internal Server Error", [("Content-Type", "text/html")])
    return [b"<h1>Traceback</h1>"]
