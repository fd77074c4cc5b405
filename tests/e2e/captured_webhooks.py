"""Webhooks as they go over the wire: the fake brings them, and they are kept before anybody answers."""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from fake_twilio.server import FakeTwilio
from twilio_sms.client import Client
from twilio_sms.config import Config
from twilio_sms.resilience.limits import RateLimits
from twilio_sms.webhooks.request import WebhookRequest

ORIGIN = "https://shop.test"
SHOP = "+14155550101"
SCENARIO = f"about: A shop.\ninclude: callbacks_duplicated\ninbound: {{url: '{ORIGIN}/sms'}}\n"
BODIES = ("hello", "order 17", "STOP", "START", "HELP", "é 😀", "order 18 & more")
TEXTS_FOR_EACH_SEND = 2


class Captured(NamedTuple):
    """A webhook, and which event it tells of: what says the same is the same event."""

    event: str
    request: WebhookRequest

    @property
    def is_inbound(self) -> bool:
        return self.request.url.endswith("/sms")


def capture(webhooks: int, seed: int) -> tuple[list[Captured], str, str]:
    """Return that many webhooks in the order in which they came, with the account and the token that signed them."""
    kept: list[Captured] = []
    lock = Lock()

    def keep(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        request = WebhookRequest.from_wsgi(environ)
        with lock:
            kept.append(Captured(_event(request), request))
        start_response("204 No Content", [])
        return []

    with TemporaryDirectory() as folder:
        scenario = Path(folder, "shop.yaml")
        scenario.write_text(SCENARIO)
        with FakeTwilio(scenario, clock="manual", seed=seed) as fake:
            fake.mount(ORIGIN, keep)
            _let_live(fake, kept, webhooks, random.Random(seed))
            return sorted(kept[:webhooks], key=lambda one: one.is_inbound), fake.account_sid, fake.auth_token


def _let_live(fake: FakeTwilio, kept: list[Captured], webhooks: int, chance: random.Random) -> None:
    """Have people text and be texted until there are enough webhooks."""
    config = Config(rate_limits=RateLimits(global_rate=None, recipient_rate=None))
    with Client(fake.account_sid, fake.auth_token, base_url=fake.url, config=config) as client:
        while len(kept) < webhooks:
            for _ in range(50):
                _text_and_be_texted(fake, client, chance)
            fake.settle()


def _text_and_be_texted(fake: FakeTwilio, client: Client, chance: random.Random) -> None:
    for _ in range(TEXTS_FOR_EACH_SEND):
        fake.receive(f"+1555{chance.randrange(10**6):07}", SHOP, chance.choice(BODIES))
    recipient = f"+1556{chance.randrange(10**7):07}"
    client.messages.send(to=recipient, from_=SHOP, body="It is on its way", status_callback=f"{ORIGIN}/status")


def _event(request: WebhookRequest) -> str:
    form = dict(parse_qsl(request.body.decode()))
    return " ".join((form["MessageSid"], form.get("MessageStatus", "inbound"), form.get("ErrorCode", "")))


def twice_told(effects: Mapping[str, int]) -> int:
    """Return how many effects came after the first of their event."""
    return sum(Counter(effects).values()) - len(effects)
