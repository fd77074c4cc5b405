"""The Account resource on the wire, with nothing but HTTP between."""

from typing import Any

import pytest
import requests

from fake_twilio.fixture import FakeTwilioFixture


def call(
    fake: FakeTwilioFixture, method: str, rest: str, auth: tuple[str, str] | None = None, **form: str
) -> tuple[int, dict[str, Any]]:
    """Return status and JSON of a request below the 2010 API."""
    url = f"{fake.url}/2010-04-01/Accounts{rest}"
    asking = auth or (fake.account_sid, fake.auth_token)
    response = requests.request(method, url, auth=asking, data=form, timeout=5)
    return response.status_code, response.json()


def open_shop(fake: FakeTwilioFixture) -> tuple[str, str]:
    """Return the credentials of a new subaccount."""
    _, tree = call(fake, "POST", ".json", FriendlyName="shop")
    return tree["sid"], tree["auth_token"]


def test_an_account_is_fetched_with_its_links(fake_twilio: FakeTwilioFixture) -> None:
    sid = fake_twilio.account_sid

    status, tree = call(fake_twilio, "GET", f"/{sid}.json")

    assert (status, tree["sid"], tree["status"], tree["type"]) == (200, sid, "active", "Full")
    assert tree["owner_account_sid"] == sid
    assert tree["subresource_uris"]["messages"] == f"/2010-04-01/Accounts/{sid}/Messages.json"
    assert tree["subresource_uris"]["incoming_phone_numbers"].endswith("/IncomingPhoneNumbers.json")


def test_a_subaccount_sees_itself_alone_and_has_none_below_it(fake_twilio: FakeTwilioFixture) -> None:
    shop = open_shop(fake_twilio)

    _, listed = call(fake_twilio, "GET", ".json", shop)
    status, refused = call(fake_twilio, "POST", ".json", shop, FriendlyName="x")
    above, _ = call(fake_twilio, "GET", f"/{fake_twilio.account_sid}.json", shop)

    assert [account["sid"] for account in listed["accounts"]] == [shop[0]]
    assert (status, refused["code"], above) == (400, 20001, 401)


def test_messages_of_a_subaccount_are_its_own(fake_twilio: FakeTwilioFixture) -> None:
    shop = open_shop(fake_twilio)
    form = {"To": "+15551234567", "From": "+15005550006", "Body": "x"}

    _, made = call(fake_twilio, "POST", f"/{shop[0]}/Messages.json", **form)
    _, of_shop = call(fake_twilio, "GET", f"/{shop[0]}/Messages.json", shop)

    assert made["account_sid"] == shop[0]
    assert [message["sid"] for message in of_shop["messages"]] == [made["sid"]]
    assert call(fake_twilio, "GET", f"/{fake_twilio.account_sid}/Messages.json")[1]["messages"] == []
    assert [message.account_sid for message in fake_twilio.messages] == [shop[0]]


@pytest.mark.parametrize("status", ["suspended", "closed"])
def test_an_account_that_is_not_active_is_refused_everywhere(fake_twilio: FakeTwilioFixture, status: str) -> None:
    shop = open_shop(fake_twilio)

    _, changed = call(fake_twilio, "POST", f"/{shop[0]}.json", Status=status)
    by_itself = call(fake_twilio, "GET", f"/{shop[0]}/Messages.json", shop)
    from_above = call(fake_twilio, "GET", f"/{shop[0]}/Keys.json")

    assert changed["status"] == status
    assert [(code, tree["code"]) for code, tree in (by_itself, from_above)] == [(403, 20403)] * 2
    assert call(fake_twilio, "GET", f"/{shop[0]}.json")[0] == 200


def test_the_list_is_filtered_and_paged(fake_twilio: FakeTwilioFixture) -> None:
    shop = open_shop(fake_twilio)[0]
    call(fake_twilio, "POST", f"/{shop}.json", Status="suspended")

    _, first = call(fake_twilio, "GET", ".json?PageSize=1")
    _, suspended = call(fake_twilio, "GET", ".json?Status=suspended&FriendlyName=shop")

    assert first["next_page_uri"].endswith(f"PageToken=PA{shop}")
    assert [account["sid"] for account in suspended["accounts"]] == [shop]


def test_an_unknown_status_is_refused_with_what_was_wanted(fake_twilio: FakeTwilioFixture) -> None:
    status, tree = call(fake_twilio, "POST", f"/{open_shop(fake_twilio)[0]}.json", Status="asleep")

    assert (status, tree["code"]) == (400, 20001)
    assert "suspended" in tree["message"]
