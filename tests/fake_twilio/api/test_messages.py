"""The Message resource on the wire, with nothing but HTTP between."""

from typing import Any

import pytest
import requests

from fake_twilio.fixture import FakeTwilioFixture
from tests.doubles import RECIPIENT, SENDER

FORM = {"To": RECIPIENT, "From": SENDER, "Body": "hello"}
KEYS = ["body", "num_segments", "direction", "from", "date_updated", "price", "error_message", "uri", "account_sid"]
KEYS += ["num_media", "to", "date_created", "status", "sid", "date_sent", "messaging_service_sid", "error_code"]
KEYS += ["price_unit", "api_version", "subresource_uris"]


def url(fake: FakeTwilioFixture, rest: str = ".json") -> str:
    return f"{fake.url}/2010-04-01/Accounts/{fake.account_sid}/Messages{rest}"


def auth(fake: FakeTwilioFixture) -> tuple[str, str]:
    return fake.account_sid, fake.auth_token


def create(fake: FakeTwilioFixture, **changes: str) -> dict[str, Any]:
    tree: dict[str, Any] = requests.post(url(fake), data={**FORM, **changes}, auth=auth(fake), timeout=5).json()
    return tree


def test_a_created_message_has_every_key_and_twilios_types(fake_twilio: FakeTwilioFixture) -> None:
    response = requests.post(url(fake_twilio), data=FORM, auth=auth(fake_twilio), timeout=5)

    tree = response.json()
    assert response.status_code == 201
    assert list(tree) == KEYS
    assert (tree["num_segments"], tree["num_media"], tree["price"], tree["date_sent"]) == ("1", "0", None, None)
    assert tree["date_created"].endswith(" +0000")
    assert list(tree["subresource_uris"]) == ["media"]


def test_the_request_id_of_a_create_has_the_digits_of_the_sid(fake_twilio: FakeTwilioFixture) -> None:
    response = requests.post(url(fake_twilio), data=FORM, auth=auth(fake_twilio), timeout=5)

    assert response.headers["Twilio-Request-Id"] == "RQ" + response.json()["sid"][2:]
    assert float(response.headers["Twilio-Request-Duration"]) >= 0
    assert response.headers["Twilio-Concurrent-Requests"] == "1"
    assert "Access-Control-Allow-Origin" not in response.headers


def test_a_message_with_media_is_an_mm(fake_twilio: FakeTwilioFixture) -> None:
    form = [("To", RECIPIENT), ("From", SENDER), ("MediaUrl", "http://a.test/1"), ("MediaUrl", "http://a.test/2")]

    tree = requests.post(url(fake_twilio), data=form, auth=auth(fake_twilio), timeout=5).json()

    assert (tree["sid"][:2], tree["num_media"], tree["body"]) == ("MM", "2", "")


def test_an_undelivered_message_has_a_whole_number_as_error_code(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.use("carrier_reject")
    sid = create(fake_twilio, To="+15550100001")["sid"]
    fake_twilio.settle()

    tree = requests.get(url(fake_twilio, f"/{sid}.json"), auth=auth(fake_twilio), timeout=5).json()

    assert (tree["error_code"], tree["error_message"]) == (30007, "Message filtered")
    assert tree["subresource_uris"]["feedback"].endswith(f"{sid}/Feedback.json")


@pytest.mark.parametrize(
    ("content_type", "body", "code"),
    [
        pytest.param("application/json", b'{"To": "+15551234567", "Body": "x"}', 21604, id="json holds no parameter"),
        pytest.param("application/x-www-form-urlencoded", b"From=%2B15005550006&Body=x", 21604, id="no recipient"),
        pytest.param("application/x-www-form-urlencoded", b"To=%2B15551234567%FF&Body=x", 21603, id="bad UTF-8"),
        pytest.param("application/x-www-form-urlencoded", b"", 21604, id="nothing"),
    ],
)
def test_what_holds_no_message_is_refused(
    fake_twilio: FakeTwilioFixture, content_type: str, body: bytes, code: int
) -> None:
    response = requests.post(
        url(fake_twilio), data=body, headers={"Content-Type": content_type}, auth=auth(fake_twilio), timeout=5
    )

    tree = response.json()
    assert (response.status_code, tree["code"]) == (400, code)
    assert list(tree) == ["code", "message", "more_info", "status"]
    assert tree["more_info"] == f"https://www.twilio.com/docs/errors/{code}"


def test_an_unknown_parameter_is_ignored_and_noted(
    fake_twilio: FakeTwilioFixture, caplog: pytest.LogCaptureFixture
) -> None:
    tree = create(fake_twilio, Boddy="typo")

    (message,) = fake_twilio.messages
    assert tree["status"] == "queued"
    assert message.notes == ("unknown parameter Boddy was ignored",)
    assert f"{message.sid}: unknown parameter Boddy was ignored" in caplog.text


@pytest.mark.parametrize(
    ("credentials", "text"),
    [
        pytest.param(None, "Authenticate", id="none"),
        pytest.param(("AC" + "0" * 32, "x"), "Authentication Error - invalid username", id="another account"),
        pytest.param(("ACfa4efa4efa4efa4efa4efa4efa4efa4e", "x"), "Authenticate", id="a wrong token"),
        pytest.param(("somebody", "x"), "Authentication Error - invalid username", id="no account at all"),
    ],
)
def test_who_is_not_the_account_gets_401(
    fake_twilio: FakeTwilioFixture, credentials: tuple[str, str] | None, text: str
) -> None:
    response = requests.post(url(fake_twilio), data=FORM, auth=credentials, timeout=5)

    assert (response.status_code, response.json()["code"], response.json()["message"]) == (401, 20003, text)
    assert response.headers["WWW-Authenticate"] == 'Basic realm="Twilio API"'
    assert fake_twilio.messages == ()


def test_another_accounts_messages_are_not_to_be_had(fake_twilio: FakeTwilioFixture) -> None:
    path = f"{fake_twilio.url}/2010-04-01/Accounts/AC{'0' * 32}/Messages.json"

    response = requests.get(path, auth=auth(fake_twilio), timeout=5)

    assert (response.status_code, response.json()["code"]) == (401, 20003)


@pytest.mark.parametrize("account", ["BAD_TOKEN", "AC123", "ac" + "0" * 32])
def test_a_malformed_account_is_no_route_whatever_the_credentials(fake_twilio: FakeTwilioFixture, account: str) -> None:
    path = f"/2010-04-01/Accounts/{account}/Messages.json"

    response = requests.post(fake_twilio.url + path, data=FORM, timeout=5)

    assert (response.status_code, response.json()["code"]) == (404, 20404)
    assert response.json()["message"] == f"The requested resource {path} was not found"


def test_a_method_that_is_not_offered_is_refused_as_twilio_does(fake_twilio: FakeTwilioFixture) -> None:
    response = requests.put(url(fake_twilio), auth=auth(fake_twilio), timeout=5)

    path = url(fake_twilio).removeprefix(fake_twilio.url)
    assert (response.status_code, response.json()["code"]) == (405, 20004)
    assert response.json()["message"] == (
        f"The requested resource {path} does not support the attempted HTTP method PUT"
    )


def test_a_page_has_the_paging_keys_and_one_other(fake_twilio: FakeTwilioFixture) -> None:
    sids = [create(fake_twilio)["sid"] for _ in range(3)][::-1]

    page = requests.get(
        url(fake_twilio), params={"PageSize": "2", "To": RECIPIENT}, auth=auth(fake_twilio), timeout=5
    ).json()

    path = url(fake_twilio).removeprefix(fake_twilio.url)
    assert [message["sid"] for message in page.pop("messages")] == sids[:2]
    assert page == {
        "first_page_uri": f"{path}?To=%2B15551234567&PageSize=2&Page=0",
        "next_page_uri": f"{path}?To=%2B15551234567&PageSize=2&Page=1&PageToken=PA{sids[1]}",
        "previous_page_uri": None,
        "uri": f"{path}?To=%2B15551234567&PageSize=2&Page=0",
        "page": 0,
        "page_size": 2,
        "start": 0,
        "end": 1,
    }


def test_a_list_stays_right_while_messages_arrive(fake_twilio: FakeTwilioFixture) -> None:
    sids = [create(fake_twilio)["sid"] for _ in range(4)][::-1]
    first = requests.get(url(fake_twilio), params={"PageSize": "2"}, auth=auth(fake_twilio), timeout=5).json()
    create(fake_twilio)

    second = requests.get(fake_twilio.url + first["next_page_uri"], auth=auth(fake_twilio), timeout=5).json()

    assert [message["sid"] for message in second["messages"]] == sids[2:]
    assert second["next_page_uri"] is None


def test_a_page_token_of_nobody_is_refused(fake_twilio: FakeTwilioFixture) -> None:
    params = {"PageToken": "PASM" + "0" * 32}

    response = requests.get(url(fake_twilio), params=params, auth=auth(fake_twilio), timeout=5)

    assert (response.status_code, response.json()["code"]) == (400, 21481)


@pytest.mark.parametrize(
    ("form", "status", "code"),
    [
        pytest.param({"Body": "other"}, 400, 20001, id="a new text"),
        pytest.param({"Status": "sent"}, 400, 20001, id="a status of one's own"),
        pytest.param({"Status": "canceled"}, 409, 30409, id="canceling what is not scheduled"),
    ],
)
def test_an_update_that_twilio_does_not_offer_is_refused(
    fake_twilio: FakeTwilioFixture, form: dict[str, str], status: int, code: int
) -> None:
    sid = create(fake_twilio)["sid"]

    response = requests.post(url(fake_twilio, f"/{sid}.json"), data=form, auth=auth(fake_twilio), timeout=5)

    assert (response.status_code, response.json()["code"]) == (status, code)


def test_an_update_without_a_change_shows_the_message(fake_twilio: FakeTwilioFixture) -> None:
    sid = create(fake_twilio)["sid"]

    response = requests.post(url(fake_twilio, f"/{sid}.json"), auth=auth(fake_twilio), timeout=5)

    assert (response.status_code, response.json()["sid"]) == (200, sid)


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_what_is_not_there_is_404(fake_twilio: FakeTwilioFixture, method: str) -> None:
    for sid in ("SM" + "0" * 32, "nonsense"):
        path = url(fake_twilio, f"/{sid}.json")

        response = requests.request(method, path, auth=auth(fake_twilio), timeout=5)

        assert (response.status_code, response.json()["code"]) == (404, 20404)


def test_the_same_seed_gives_the_same_sids(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.reset(seed=7)
    once = [create(fake_twilio)["sid"] for _ in range(3)]
    fake_twilio.reset(seed=7)

    again = [create(fake_twilio)["sid"] for _ in range(3)]

    assert once == again
