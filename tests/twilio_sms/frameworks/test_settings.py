"""A client and a handler made of settings: what is read, what is shared, what is refused."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, ClassVar

import pytest

from fake_twilio.signing import sign
from tests.doubles import ACCOUNT_SID, AUTH_TOKEN, RECIPIENT
from tests.twilio_sms.frameworks.hooks import SHOP, TEXT
from twilio_sms.errors import ValidationError
from twilio_sms.frameworks.settings import SETTINGS, Parts
from twilio_sms.webhooks.handler import WebhookHandler
from twilio_sms.webhooks.request import WebhookRequest

TOKEN = {"TWILIO_AUTH_TOKEN": AUTH_TOKEN}
ACCOUNT = {**TOKEN, "TWILIO_ACCOUNT_SID": ACCOUNT_SID}


def text(url: str = "http://shop.test/sms", token: str = AUTH_TOKEN, **changes: str) -> WebhookRequest:
    signed = sign(url, {**TEXT, **changes}, auth_token=token)
    headers = tuple((name.lower(), value) for name, value in signed.headers.items())
    return WebhookRequest("POST", "http://shop.test/sms", headers, signed.body, "10.0.0.7")


@contextmanager
def made_of(settings: dict[str, Any]) -> Iterator[WebhookHandler]:
    """Give the handler of an application that ends."""
    parts = Parts.of(settings)
    with parts.handler as handler, ExitStack() as opened:
        if parts.client is not None:
            opened.enter_context(parts.client)
        yield handler


@pytest.mark.parametrize("settings", [{}, {"TWILIO_AUTH_TOKEN": ""}, {"TWILIO_AUTH_TOKEN": " "}, {"AUTH_TOKEN": "x"}])
def test_without_a_token_nothing_begins(settings: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="TWILIO_AUTH_TOKEN is missing"):
        Parts.of(settings)


@pytest.mark.parametrize(
    "settings",
    [
        {**TOKEN, "TWILIO_PUBLIC_URL": 7},
        {**TOKEN, "TWILIO_TRUSTED_PROXIES": 7},
        {**TOKEN, "TWILIO_TRUSTED_PROXIES": [7]},
        {"TWILIO_AUTH_TOKEN": b"bytes"},
        {**TOKEN, "TWILIO_ACCOUNT_SID": "AC1"},
    ],
)
def test_what_cannot_work_is_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Parts.of(settings)


def test_a_token_alone_takes_webhooks_and_sends_nothing() -> None:
    parts = Parts.of(TOKEN)

    assert parts.client is None
    assert parts.handler.handle_inbound(text()).status == 200


def test_each_token_of_a_list_may_sign() -> None:
    handler = Parts.of({**ACCOUNT, "TWILIO_AUTH_TOKEN": [AUTH_TOKEN, "new" * 10]}).handler

    statuses = [handler.handle_inbound(text(token=token)).status for token in (AUTH_TOKEN, "new" * 10, "other")]

    assert statuses == [200, 200, 403]


def test_the_client_signs_in_with_the_first_token() -> None:
    client = Parts.of({**ACCOUNT, "TWILIO_AUTH_TOKEN": f"{AUTH_TOKEN}, {'new' * 10}"}).client

    assert client is not None
    assert client._credentials.basic_auth().secret.expose() == AUTH_TOKEN


def test_webhooks_of_another_account_are_refused() -> None:
    handler = Parts.of(ACCOUNT).handler

    assert handler.handle_inbound(text(AccountSid="AC" + "ff" * 16)).status == 403


def test_who_says_stop_gets_nothing_from_the_client_at_once() -> None:
    parts = Parts.of(ACCOUNT)
    assert parts.client is not None

    parts.handler.handle_inbound(text(Body="STOP"))

    assert parts.client.opt_outs.is_opted_out(RECIPIENT, SHOP)


@pytest.mark.parametrize("account", [TOKEN, ACCOUNT], ids=["token", "account"])
@pytest.mark.parametrize("as_path", [str, Path])
def test_files_outlive_the_process(account: dict[str, str], as_path: Any, tmp_path: Path) -> None:
    files = {"TWILIO_WEBHOOK_STORE": as_path(tmp_path / "w.db"), "TWILIO_OPT_OUTS": as_path(tmp_path / "o.db")}
    with made_of({**account, **files}) as handler:
        handler.handle_inbound(text(Body="STOP"))
    told: list[object] = []

    with made_of({**account, **files}) as later:
        later.register_handler("*", told.append)
        later.handle_inbound(text(Body="STOP"))

    assert told == []
    assert {path.name for path in tmp_path.iterdir()} >= {"w.db", "o.db"}


@pytest.mark.parametrize("proxies", ["10.0.0.0/8, 192.168.0.0/16", ["10.0.0.0/8"], ("10.0.0.0/8",)])
def test_a_trusted_proxy_says_what_was_asked_for(proxies: object) -> None:
    handler = Parts.of({**ACCOUNT, "TWILIO_TRUSTED_PROXIES": proxies}).handler
    request = text("https://shop.test/sms")

    forwarded = request._replace(headers=(*request.headers, ("x-forwarded-proto", "https")))

    assert [handler.handle_inbound(one).status for one in (request, forwarded)] == [403, 200]


def test_a_public_url_is_what_twilio_was_given() -> None:
    handler = Parts.of({**ACCOUNT, "TWILIO_PUBLIC_URL": "https://sms.example"}).handler

    assert handler.handle_inbound(text("https://sms.example/sms")).status == 200


def test_the_client_goes_where_the_settings_say() -> None:
    client = Parts.of({**ACCOUNT, "TWILIO_BASE_URL": "http://127.0.0.1:1"}).client

    assert client is not None
    assert client.base_url == "http://127.0.0.1:1"


def test_all_settings_that_are_looked_at_are_named() -> None:
    class Watched(dict[str, object]):
        asked: ClassVar[set[str]] = set()

        def get(self, name: str, default: object = None) -> Any:
            self.asked.add(name)
            return super().get(name, default)

    Parts.of(Watched(ACCOUNT))

    assert Watched.asked == set(SETTINGS)
