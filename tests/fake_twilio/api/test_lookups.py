"""Lookup v2 on the wire, with nothing but HTTP between."""

from typing import Any

import pytest
import requests

from fake_twilio.fixture import FakeTwilioFixture

NUMBER = "+14159929960"  # Twilio's example
PACKAGES = ["caller_name", "sim_swap", "call_forwarding", "line_status", "line_type_intelligence", "identity_match"]
PACKAGES += ["reassigned_number", "sms_pumping_risk", "phone_number_quality_score", "pre_fill"]


def asked(fake: FakeTwilioFixture, number: str, token: str | None = None, **query: str) -> requests.Response:
    url = f"{fake.url}/v2/PhoneNumbers/{number}"
    return requests.get(url, params=query, auth=(fake.account_sid, token or fake.auth_token), timeout=5)


def told(fake: FakeTwilioFixture, number: str, **query: str) -> dict[str, Any]:
    response = asked(fake, number, **query)
    assert response.status_code == 200
    tree: dict[str, Any] = response.json()
    return tree


def test_a_number_is_told_with_its_address_here(fake_twilio: FakeTwilioFixture) -> None:
    tree = told(fake_twilio, NUMBER)

    assert (tree["phone_number"], tree["valid"], tree["country_code"]) == (NUMBER, True, "US")
    assert tree["url"] == f"{fake_twilio.url}/v2/PhoneNumbers/{NUMBER}"
    assert told(fake_twilio, tree["url"].rpartition("/")[2]) == tree


@pytest.mark.parametrize("path", ["+14159929960", "%2B14159929960", "4159929960", "(415)%20992-9960"])
def test_a_plus_in_the_path_stays_one_and_other_forms_mean_the_same(fake_twilio: FakeTwilioFixture, path: str) -> None:
    assert told(fake_twilio, path)["phone_number"] == NUMBER


@pytest.mark.parametrize("code", ["GB", "gb"])
def test_a_number_in_national_form_is_of_the_country_asked_with(fake_twilio: FakeTwilioFixture, code: str) -> None:
    tree = told(fake_twilio, "07772000001", CountryCode=code)

    assert (tree["phone_number"], tree["country_code"]) == ("+447772000001", "GB")


def test_the_address_is_of_the_host_that_was_asked(fake_twilio: FakeTwilioFixture) -> None:
    port = fake_twilio.url.rpartition(":")[2]
    url = f"{fake_twilio.url}/v2/PhoneNumbers/{NUMBER}"
    host = f"localhost:{port}"

    tree = requests.get(
        url, headers={"Host": host}, auth=(fake_twilio.account_sid, fake_twilio.auth_token), timeout=5
    ).json()

    assert tree["url"] == f"http://{host}/v2/PhoneNumbers/{NUMBER}"


@pytest.mark.parametrize(
    ("path", "flaw"),
    [("+141599299600", "TOO_LONG"), ("hello%20w%C3%B6rld", "NOT_A_NUMBER"), ("+15550100001", "INVALID_BUT_POSSIBLE")],
)
def test_an_invalid_number_is_an_answer(fake_twilio: FakeTwilioFixture, path: str, flaw: str) -> None:
    tree = told(fake_twilio, path, Fields="line_type_intelligence")

    assert (tree["valid"], tree["validation_errors"], tree["country_code"]) == (False, [flaw], None)
    assert tree["line_type_intelligence"] is None
    assert tree["url"] == f"{fake_twilio.url}/v2/PhoneNumbers/{path}"


def test_the_packages_asked_for_are_told(fake_twilio: FakeTwilioFixture) -> None:
    every = told(fake_twilio, NUMBER, Fields=",".join(["validation", *PACKAGES]))
    two = told(fake_twilio, NUMBER, Fields="line_status, call_forwarding,")

    assert [name for name in PACKAGES if every[name] is None] == []
    assert [name for name in PACKAGES if two[name] is not None] == ["call_forwarding", "line_status"]
    assert told(fake_twilio, NUMBER, Fields="") == told(fake_twilio, NUMBER)


@pytest.mark.parametrize(
    ("name", "value"),
    [("Fields", "carrier"), ("Fields", "caller_name,Sim_Swap"), ("CountryCode", "ZZ"), ("CountryCode", "USA")],
)
def test_a_parameter_that_means_nothing_is_refused_by_name(
    fake_twilio: FakeTwilioFixture, name: str, value: str
) -> None:
    response = asked(fake_twilio, NUMBER, **{name: value})

    assert response.status_code == 400
    assert f"The {name} parameter" in response.json()["message"]
    assert NUMBER[1:] not in response.text


@pytest.mark.parametrize("path", ["", "a/b"])
def test_there_is_nothing_at_an_empty_number(fake_twilio: FakeTwilioFixture, path: str) -> None:
    response = asked(fake_twilio, path)

    assert (response.status_code, response.json()["code"]) == (404, 20404)


def test_who_has_no_credentials_learns_nothing(fake_twilio: FakeTwilioFixture) -> None:
    response = asked(fake_twilio, NUMBER, token="wrong", Fields="carrier")

    assert (response.status_code, response.json()["code"]) == (401, 20003)


def test_nothing_can_be_posted(fake_twilio: FakeTwilioFixture) -> None:
    url = f"{fake_twilio.url}/v2/PhoneNumbers/{NUMBER}"
    response = requests.post(url, auth=(fake_twilio.account_sid, fake_twilio.auth_token), timeout=5)

    assert (response.status_code, response.json()["code"]) == (405, 20004)


def test_the_bundled_scenario_tells_of_its_numbers(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.use("lookups")

    line = told(fake_twilio, "+15550600001", Fields="line_type_intelligence")
    unknown = told(fake_twilio, "+15550600006", Fields="line_type_intelligence")

    assert (line["valid"], line["country_code"]) == (True, "US")
    assert line["line_type_intelligence"] == {
        "error_code": None,
        "mobile_country_code": "310",
        "mobile_network_code": "260",
        "carrier_name": "T-Mobile USA",
        "type": "mobile",
    }
    assert unknown["line_type_intelligence"]["error_code"] == 60600
    assert told(fake_twilio, "+15550600007")["validation_errors"] == ["INVALID_BUT_POSSIBLE"]
