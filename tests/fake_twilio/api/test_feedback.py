"""The MessageFeedback resource on the wire, with nothing but HTTP between."""

import pytest
import requests

from fake_twilio.fixture import FakeTwilioFixture
from tests.doubles import MESSAGE_SID, RECIPIENT, SENDER


def post(fake: FakeTwilioFixture, path: str, **form: str) -> requests.Response:
    url = f"{fake.url}/2010-04-01/Accounts/{fake.account_sid}/Messages{path}"
    return requests.post(url, data=form, auth=(fake.account_sid, fake.auth_token), timeout=5)


def sent(fake: FakeTwilioFixture) -> str:
    sid: str = post(fake, ".json", To=RECIPIENT, From=SENDER, Body="x").json()["sid"]
    return sid


def test_a_report_is_answered_with_six_keys(fake_twilio: FakeTwilioFixture) -> None:
    sid = sent(fake_twilio)

    response = post(fake_twilio, f"/{sid}/Feedback.json", Outcome="unconfirmed")

    tree = response.json()
    assert response.status_code == 200
    assert tree == {
        "account_sid": fake_twilio.account_sid,
        "message_sid": sid,
        "outcome": "unconfirmed",
        "date_created": tree["date_updated"],
        "date_updated": tree["date_created"],
        "uri": f"/2010-04-01/Accounts/{fake_twilio.account_sid}/Messages/{sid}/Feedback.json",
    }


def test_a_second_report_takes_the_place_of_the_first(fake_twilio: FakeTwilioFixture) -> None:
    sid = sent(fake_twilio)
    first = post(fake_twilio, f"/{sid}/Feedback.json", Outcome="unconfirmed").json()
    fake_twilio.advance("1m")

    second = post(fake_twilio, f"/{sid}/Feedback.json").json()

    assert second["outcome"] == "confirmed"
    assert second["date_created"] == first["date_created"] != second["date_updated"]


def test_an_unknown_outcome_is_refused(fake_twilio: FakeTwilioFixture) -> None:
    response = post(fake_twilio, f"/{sent(fake_twilio)}/Feedback.json", Outcome="perhaps")

    assert (response.status_code, response.json()["code"]) == (400, 20001)


@pytest.mark.parametrize("sid", [MESSAGE_SID, "SM1", "ME" + "0c" * 16])
def test_there_is_no_feedback_to_what_is_not_there(fake_twilio: FakeTwilioFixture, sid: str) -> None:
    response = post(fake_twilio, f"/{sid}/Feedback.json", Outcome="perhaps")

    assert (response.status_code, response.json()["code"]) == (404, 20404)


def test_a_deleted_message_takes_no_feedback(fake_twilio: FakeTwilioFixture) -> None:
    sid = sent(fake_twilio)
    fake_twilio.settle()
    with fake_twilio.client() as client:
        client.messages.delete(sid)

    assert post(fake_twilio, f"/{sid}/Feedback.json").status_code == 404


def test_feedback_is_not_read_back(fake_twilio: FakeTwilioFixture) -> None:
    url = f"{fake_twilio.url}/2010-04-01/Accounts/{fake_twilio.account_sid}/Messages/{sent(fake_twilio)}/Feedback.json"

    response = requests.get(url, auth=(fake_twilio.account_sid, fake_twilio.auth_token), timeout=5)

    assert (response.status_code, response.json()["code"]) == (405, 20004)
