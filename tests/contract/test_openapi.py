"""Twilio's own OpenAPI file as a judge of the fake's answers."""

from typing import Any

import pytest
import requests

from fake_twilio.fixture import FakeTwilioFixture
from tests.contract.openapi import ABSENT, CHECKS, EXAMPLES, IS_THERE, positive, read_file
from tests.doubles import RECIPIENT, SENDER

BUILT = r"/Messages(/\{Sid\}|/\{MessageSid\}/(Media|Media/\{Sid\}|Feedback))?\.json$"


def without_uri_format(tree: Any) -> Any:
    """Drop ``format: uri``: Twilio's answers have addresses without a host, whatever its file says."""
    if isinstance(tree, dict):
        return {key: without_uri_format(value) for key, value in tree.items() if (key, value) != ("format", "uri")}
    return [without_uri_format(item) for item in tree] if isinstance(tree, list) else tree


def message_url(fake: FakeTwilioFixture, sid: str) -> str:
    return f"{fake.url}/2010-04-01/Accounts/{fake.account_sid}/Messages/{sid}"


if IS_THERE:
    SCHEMA = positive(without_uri_format(read_file("twilio_api_v2010_messages.json")))

    @SCHEMA.include(path_regex=BUILT).parametrize()
    @EXAMPLES
    def test_an_answer_is_what_twilios_specification_says(case: Any, fake_twilio: FakeTwilioFixture) -> None:
        """Whatever else the parameters are: a message can be made, and is there to be asked for, as are its media."""
        auth = (fake_twilio.account_sid, fake_twilio.auth_token)
        with fake_twilio.client() as client:
            sent = client.messages.send(to=RECIPIENT, from_=SENDER, body="hello", media_url="https://example.com/a.png")
        fake_twilio.settle()
        media = requests.get(f"{message_url(fake_twilio, sent.sid)}/Media.json", auth=auth, timeout=5).json()[
            "media_list"
        ]
        asked = media[0]["sid"] if "{MessageSid}" in case.path else sent.sid
        case.path_parameters = {"AccountSid": fake_twilio.account_sid, "MessageSid": sent.sid, "Sid": asked}
        if case.method == "POST" and case.path.endswith("/Messages.json"):
            case.body = {**(case.body if isinstance(case.body, dict) else {}), "To": RECIPIENT, "From": SENDER}
            case.media_type = "application/x-www-form-urlencoded"

        response = case.call(base_url=fake_twilio.url, auth=auth)

        case.validate_response(response, checks=CHECKS)

    @SCHEMA.include(path_regex=r"/IncomingPhoneNumbers(/\{Sid\})?\.json$").parametrize()
    @EXAMPLES
    def test_an_answer_about_a_number_is_what_twilios_specification_says(
        case: Any, fake_twilio: FakeTwilioFixture
    ) -> None:
        """Whatever the parameters are: a number is bought or the wish is refused, and one is there to be asked for."""
        auth = (fake_twilio.account_sid, fake_twilio.auth_token)
        url = f"{fake_twilio.url}/2010-04-01/Accounts/{fake_twilio.account_sid}/IncomingPhoneNumbers.json"
        bought = requests.post(url, auth=auth, data={"AreaCode": "415"}, timeout=5).json()
        case.path_parameters = {"AccountSid": fake_twilio.account_sid, "Sid": bought["sid"]}
        if case.method == "POST":
            case.body = {**(case.body if isinstance(case.body, dict) else {}), "AreaCode": "415", "PhoneNumber": ""}
            case.media_type = "application/x-www-form-urlencoded"

        response = case.call(base_url=fake_twilio.url, auth=auth)

        case.validate_response(response, checks=CHECKS)

else:

    @pytest.mark.skip(reason=ABSENT)
    def test_an_answer_is_what_twilios_specification_says() -> None:
        """Nothing to judge by."""
