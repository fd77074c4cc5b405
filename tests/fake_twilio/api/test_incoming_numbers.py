"""The IncomingPhoneNumber resource on the wire, with nothing but HTTP between."""

from typing import Any

import requests

from fake_twilio.fixture import FakeTwilioFixture


def call(fake: FakeTwilioFixture, method: str, rest: str = ".json", *, test: bool = False, **form: str) -> Any:
    own = (fake.account_sid, fake.auth_token)
    user, password = (fake.test_account_sid, fake.test_auth_token) if test else own
    url = f"{fake.url}/2010-04-01/Accounts/{user}/IncomingPhoneNumbers{rest}"
    return requests.request(method, url, auth=(user, password), data=form, timeout=5)


def test_addresses_that_are_not_set_are_empty_and_sids_null(fake_twilio: FakeTwilioFixture) -> None:
    response = call(fake_twilio, "POST", PhoneNumber="+15005550010")
    tree = response.json()

    assert response.status_code == 201
    assert (tree["sms_url"], tree["sms_fallback_url"], tree["voice_url"], tree["status_callback"]) == ("", "", "", "")
    assert (tree["sms_method"], tree["trunk_sid"]) == ("POST", None)
    assert tree["friendly_name"] == "(500) 555-0010"
    assert tree["capabilities"] == {"voice": True, "sms": True, "mms": True, "fax": False}


def test_a_number_of_no_country_has_a_name_too(fake_twilio: FakeTwilioFixture) -> None:
    assert call(fake_twilio, "POST", PhoneNumber="+9995550010").json()["friendly_name"] == "+9995550010"


def test_test_credentials_meet_the_magic_numbers(fake_twilio: FakeTwilioFixture) -> None:
    """Source: Twilio, "Test credentials"."""
    forms = [{"PhoneNumber": "+15005550000"}, {"PhoneNumber": "+15005550001"}, {"AreaCode": "533"}]

    codes = [call(fake_twilio, "POST", test=True, **form).json()["code"] for form in forms]
    bought = [
        call(fake_twilio, "POST", test=True, **form) for form in ({"PhoneNumber": "+15005550006"}, {"AreaCode": "500"})
    ]

    assert codes == [21422, 21421, 21452]
    assert [response.status_code for response in bought] == [201, 201]
    assert call(fake_twilio, "GET", test=True).json()["code"] == 20008


def test_what_is_not_there_is_not_found(fake_twilio: FakeTwilioFixture) -> None:
    answers = [call(fake_twilio, method, f"/PN{'0' * 32}.json") for method in ("GET", "POST", "DELETE")]

    assert [answer.json()["code"] for answer in answers] == [20404] * 3
