"""The Application resource on the wire, with nothing but HTTP between."""

from typing import Any

import requests
from defusedxml.ElementTree import fromstring

from fake_twilio.fixture import FakeTwilioFixture


def call(fake: FakeTwilioFixture, method: str, rest: str = ".json", **form: str) -> requests.Response:
    url = f"{fake.url}/2010-04-01/Accounts/{fake.account_sid}/Applications{rest}"
    return requests.request(method, url, auth=(fake.account_sid, fake.auth_token), data=form, timeout=5)


def test_a_new_application_is_shown_with_all_its_keys(fake_twilio: FakeTwilioFixture) -> None:
    """The keys are those of Twilio's page; that what is not set is an empty text, those of a recorded answer."""
    response = call(
        fake_twilio, "POST", FriendlyName="shop", SmsUrl="http://a/sms", SmsStatusCallback="http://a/status"
    )
    made = response.json()

    assert response.status_code == 201
    assert made["sid"].startswith("AP")
    assert made == {
        "account_sid": fake_twilio.account_sid,
        "api_version": "2010-04-01",
        "date_created": made["date_created"],
        "date_updated": made["date_created"],
        "friendly_name": "shop",
        "message_status_callback": "http://a/status",
        "public_application_connect_enabled": False,
        "sid": made["sid"],
        "sms_fallback_method": "POST",
        "sms_fallback_url": "",
        "sms_method": "POST",
        "sms_status_callback": "http://a/status",
        "sms_url": "http://a/sms",
        "status_callback": "",
        "status_callback_method": "POST",
        "uri": f"/2010-04-01/Accounts/{fake_twilio.account_sid}/Applications/{made['sid']}.json",
        "voice_caller_id_lookup": False,
        "voice_fallback_method": "POST",
        "voice_fallback_url": "",
        "voice_method": "POST",
        "voice_url": "",
    }


def test_it_is_fetched_changed_and_deleted(fake_twilio: FakeTwilioFixture) -> None:
    made: dict[str, Any] = call(fake_twilio, "POST", FriendlyName="shop", VoiceCallerIdLookup="true").json()
    rest = f"/{made['sid']}.json"

    changed = call(fake_twilio, "POST", rest, SmsMethod="GET").json()
    fetched = call(fake_twilio, "GET", rest).json()
    deleted = call(fake_twilio, "DELETE", rest)

    assert changed == fetched == {**made, "sms_method": "GET", "date_updated": changed["date_updated"]}
    assert (made["voice_caller_id_lookup"], deleted.status_code, deleted.content) == (True, 204, b"")
    assert call(fake_twilio, "GET", rest).json()["code"] == 20404


def test_it_answers_in_xml_too(fake_twilio: FakeTwilioFixture) -> None:
    made = call(fake_twilio, "POST", FriendlyName="shop").json()

    one = fromstring(call(fake_twilio, "GET", f"/{made['sid']}").content)
    page = fromstring(call(fake_twilio, "GET", "").content)

    assert one.findtext("Application/FriendlyName") == "shop"
    assert [found.findtext("Sid") for found in page.findall("Applications/Application")] == [made["sid"]]


def test_the_list_is_filtered_by_name(fake_twilio: FakeTwilioFixture) -> None:
    for name in ("shop", "till", "shop"):
        call(fake_twilio, "POST", FriendlyName=name)

    found = call(fake_twilio, "GET", ".json?FriendlyName=shop").json()["applications"]

    assert [one["friendly_name"] for one in found] == ["shop", "shop"]


def test_what_is_not_there_is_not_found(fake_twilio: FakeTwilioFixture) -> None:
    answers = [call(fake_twilio, method, f"/AP{'0' * 32}.json") for method in ("GET", "POST", "DELETE")]

    assert [answer.json()["code"] for answer in answers] == [20404] * 3


def test_applications_belong_to_an_account(fake_twilio: FakeTwilioFixture) -> None:
    own = (fake_twilio.account_sid, fake_twilio.auth_token)
    sub = requests.post(f"{fake_twilio.url}/2010-04-01/Accounts.json", auth=own, timeout=5).json()
    call(fake_twilio, "POST", FriendlyName="shop")

    url = f"{fake_twilio.url}/2010-04-01/Accounts/{sub['sid']}/Applications.json"
    found = requests.get(url, auth=(sub["sid"], sub["auth_token"]), timeout=5).json()

    assert found["applications"] == []
