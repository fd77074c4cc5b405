"""The official Python SDK, unchanged, against the fake's accounts, keys and tokens: it alone judges the first two."""

from collections.abc import Iterator

import pytest
from pytest_httpserver import HTTPServer
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator
from twilio.rest import Client
from werkzeug import Request, Response

from fake_twilio.fixture import FakeTwilioFixture
from tests.doubles import RECIPIENT, SENDER


@pytest.fixture
def sdk(fake_twilio: FakeTwilioFixture) -> Iterator[Client]:
    client = make_client(fake_twilio, fake_twilio.account_sid, fake_twilio.auth_token)
    yield client
    client.http_client.session.close()


def make_client(fake: FakeTwilioFixture, user: str, password: str, account_sid: str | None = None) -> Client:
    client = Client(user, password, account_sid)
    client.api.base_url = client.accounts.base_url = fake.url
    return client


def test_a_subaccount_is_opened_renamed_suspended_and_listed(fake_twilio: FakeTwilioFixture, sdk: Client) -> None:
    made = sdk.api.v2010.accounts.create(friendly_name="shop")
    renamed = sdk.api.v2010.accounts(made.sid).update(friendly_name="the shop")
    suspended = sdk.api.v2010.accounts(made.sid).update(status="suspended")
    fetched = sdk.api.v2010.accounts(made.sid).fetch()
    listed = sdk.api.v2010.accounts.list(status="active")

    assert (made.status, made.owner_account_sid) == ("active", fake_twilio.account_sid)
    assert (renamed.friendly_name, suspended.status) == ("the shop", "suspended")
    assert (fetched.status, fetched.friendly_name, fetched.date_created) == (
        "suspended",
        "the shop",
        made.date_created,
    )
    assert [account.sid for account in listed] == [fake_twilio.account_sid]


def test_a_suspended_account_can_send_nothing_until_it_is_active_again(
    fake_twilio: FakeTwilioFixture, sdk: Client
) -> None:
    shop = sdk.api.v2010.accounts.create(friendly_name="shop")
    client = make_client(fake_twilio, shop.sid, shop.auth_token)
    sdk.api.v2010.accounts(shop.sid).update(status="suspended")

    with pytest.raises(TwilioRestException) as refused:
        client.messages.create(to=RECIPIENT, from_=SENDER, body="x")
    sdk.api.v2010.accounts(shop.sid).update(status="active")
    sent = client.messages.create(to=RECIPIENT, from_=SENDER, body="x")

    client.http_client.session.close()
    assert (refused.value.status, refused.value.code) == (403, 20403)
    assert sent.account_sid == shop.sid


def test_a_key_is_made_listed_renamed_used_and_deleted(fake_twilio: FakeTwilioFixture, sdk: Client) -> None:
    made = sdk.new_keys.create(friendly_name="ci")
    by_key = make_client(fake_twilio, made.sid, made.secret, fake_twilio.account_sid)

    sent = by_key.messages.create(to=RECIPIENT, from_=SENDER, body="x")
    renamed = sdk.keys(made.sid).update(friendly_name="deploy")
    listed = [key.sid for key in sdk.keys.list()]
    deleted = sdk.keys(made.sid).delete()
    with pytest.raises(TwilioRestException) as refused:
        by_key.messages.create(to=RECIPIENT, from_=SENDER, body="x")

    by_key.http_client.session.close()
    assert sent.account_sid == fake_twilio.account_sid
    assert (renamed.friendly_name, listed, deleted) == ("deploy", [made.sid], True)
    assert (refused.value.status, refused.value.code) == (401, 20003)


def test_keys_are_paged(sdk: Client) -> None:
    made = [sdk.new_keys.create(friendly_name=str(n)).sid for n in range(5)]

    first = sdk.keys.page(page_size=2)
    second = first.next_page()

    assert [key.sid for key in sdk.keys.list(page_size=2)] == made[::-1]
    assert [key.sid for key in second.previous_page()] == made[::-1][:2]


def test_the_primary_token_signs_until_the_secondary_is_promoted(
    fake_twilio: FakeTwilioFixture, sdk: Client, httpserver: HTTPServer
) -> None:
    signed_by: list[str] = []
    tokens = {"old": fake_twilio.auth_token}

    def take(request: Request) -> Response:
        genuine = (
            name
            for name, token in tokens.items()
            if RequestValidator(token).validate(request.url, request.form, request.headers["X-Twilio-Signature"])
        )
        signed_by.append(next(genuine, "nobody"))
        return Response(status=204)

    def send() -> None:
        sdk.messages.create(to=RECIPIENT, from_=SENDER, body="x", status_callback=httpserver.url_for("/status"))
        fake_twilio.settle()

    httpserver.expect_request("/status").respond_with_handler(take)
    tokens["new"] = sdk.accounts.v1.secondary_auth_token().create().secondary_auth_token
    send()
    sdk.accounts.v1.auth_token_promotion().update()
    sdk.auth = (fake_twilio.account_sid, tokens["new"])
    send()

    assert signed_by == ["old", "old", "new", "new"]
    assert sdk.accounts.v1.secondary_auth_token().delete() is True


def test_test_credentials_refuse_magic_numbers_in_every_scenario(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.use("carrier_reject")
    test = make_client(fake_twilio, fake_twilio.test_account_sid, fake_twilio.test_auth_token)

    sent = test.messages.create(to=RECIPIENT, from_="+15005550006", body="x")
    codes = []
    for to, sender in (("+15005550004", "+15005550006"), (RECIPIENT, "+15005550008"), (RECIPIENT, "+15551230000")):
        with pytest.raises(TwilioRestException) as refused:
            test.messages.create(to=to, from_=sender, body="x")
        codes.append(refused.value.code)

    test.http_client.session.close()
    assert (sent.status, codes) == ("queued", [21610, 21611, 21606])
    assert fake_twilio.messages == ()
