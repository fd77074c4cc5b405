"""The official client, pointed at the fake."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.http.response import Response
from twilio.rest import Client

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.kit import official_sdk
from fake_twilio.kit.no_escape import EscapeError
from tests.doubles import ACCOUNT_SID, AUTH_TOKEN, RECIPIENT, SENDER


@pytest.fixture
def stranger() -> Iterator[Client]:
    """A client as an app has it, of an account that the fake does not know."""
    client = Client(ACCOUNT_SID, AUTH_TOKEN)
    yield client
    client.http_client.session.close()


def test_every_product_asks_the_fake(fake_twilio: FakeTwilioFixture) -> None:
    sdk = fake_twilio.sdk()

    sent = [sdk.messages.create(to=RECIPIENT, from_=SENDER, body=str(n)).sid for n in range(3)]
    listed = [message.sid for message in sdk.messages.list(page_size=2)]
    service = sdk.messaging.v1.services.create(friendly_name="shop")
    looked_up = sdk.lookups.v2.phone_numbers("+14159929960").fetch()
    token = sdk.accounts.v1.secondary_auth_token().create()

    assert listed == sent[::-1]
    assert (service.sid[:2], looked_up.valid, token.account_sid) == ("MG", True, fake_twilio.account_sid)


def test_a_product_that_the_fake_has_not_is_asked_there_too(fake_twilio: FakeTwilioFixture) -> None:
    with pytest.raises(TwilioRestException):
        fake_twilio.sdk().verify.v2.services.create(friendly_name="x")

    assert fake_twilio.unknown_routes


def test_options_win_and_an_edge_leads_to_the_fake(fake_twilio: FakeTwilioFixture) -> None:
    sdk = fake_twilio.sdk(edge="dublin", region="ie1")
    wrong = fake_twilio.sdk(password="wrong")

    assert sdk.messages.create(to=RECIPIENT, from_=SENDER, body="x").status == "queued"
    with pytest.raises(TwilioRestException, match="HTTP 401"):
        wrong.messages.create(to=RECIPIENT, from_=SENDER, body="x")


def test_a_client_that_exists_is_pointed_and_let_in_until_the_end(
    fake_twilio: FakeTwilioFixture, stranger: Client
) -> None:
    with pytest.raises(EscapeError):
        stranger.messages.list()  # so that it has made up its mind about its account
    before = stranger.http_client

    with fake_twilio.patch_sdk(stranger) as same:
        sent = same.messages.create(to=RECIPIENT, from_=SENDER, body="x")
        fetched = same.messages(sent.sid).fetch()

    assert same is stranger
    assert fetched.account_sid == fake_twilio.account_sid
    assert stranger.http_client is before
    with pytest.raises(EscapeError):
        stranger.messages.list()


def test_the_end_of_a_test_undoes_a_patch(fake_twilio: FakeTwilioFixture, stranger: Client) -> None:
    before = stranger.http_client
    patch = fake_twilio.patch_sdk(stranger)
    fake_twilio.patch_sdk(stranger)
    assert stranger.messages.list() == []

    fake_twilio.end_test()
    patch.undo()

    assert stranger.http_client is before


def test_a_client_of_a_known_account_stays_that_account(fake_twilio: FakeTwilioFixture) -> None:
    subaccount = fake_twilio.sdk().api.v2010.accounts.create(friendly_name="shop")
    client = Client(subaccount.sid, subaccount.auth_token)
    fake_twilio.patch_sdk(client)

    sent = client.messages.create(to=RECIPIENT, from_=SENDER, body="x")

    client.http_client.session.close()
    assert sent.account_sid == subaccount.sid


def test_addresses_elsewhere_stay_as_they_are(fake_twilio: FakeTwilioFixture, stranger: Client) -> None:
    fake_twilio.patch_sdk(stranger)

    answer = stranger.request("GET", f"{fake_twilio.url}/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json")

    assert answer.status_code == 200


class AsyncHttpClient:
    """An asynchronous HTTP client of an app, which notes what it is asked."""

    is_async = True

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def request(self, method: str, url: str, **_rest: object) -> Response:
        self.asked.append(url)
        return Response(200, '{"messages": [], "page": 0}')


def test_an_asynchronous_client_is_pointed_too(fake_twilio: FakeTwilioFixture) -> None:
    inner = AsyncHttpClient()
    client = Client(ACCOUNT_SID, AUTH_TOKEN, http_client=inner)
    fake_twilio.patch_sdk(client)

    asyncio.run(client.messages.list_async(limit=1))

    assert client.http_client.is_async
    assert [url.partition("?")[0] for url in inner.asked] == [
        f"{fake_twilio.url}/2010-04-01/Accounts/{fake_twilio.account_sid}/Messages.json"
    ]


def test_without_the_sdk_it_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['twilio'] = None\n"
        "from fake_twilio.fixture import FakeTwilioFixture\n"
        "with FakeTwilioFixture() as fake:\n"
        "    try: fake.sdk()\n"
        "    except ModuleNotFoundError as error: print(error)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "fake_twilio.sdk() needs the official client: pip install twilio\n"


def test_a_login_shows_no_token() -> None:
    assert "a-token" not in repr(official_sdk.Login("AC" + "1" * 32, "a-token"))
