"""Tests of what went through the fake."""

import pytest
import requests
from pytest_httpserver import HTTPServer
from twilio.request_validator import RequestValidator
from werkzeug import Response

from fake_twilio.fixture import FakeTwilioFixture
from tests.doubles import RECIPIENT, SENDER
from tests.fake_twilio.admin.calls import ask, change
from tests.sending import send


@pytest.fixture
def callback(httpserver: HTTPServer) -> str:
    httpserver.expect_request("/status").respond_with_response(Response("thanks", 200))
    return httpserver.url_for("/status")


def test_a_message_is_shown_with_its_timeline_and_its_webhooks(fake_twilio: FakeTwilioFixture, callback: str) -> None:
    sid = send(fake_twilio, status_callback=callback)
    fake_twilio.settle()

    shown = ask(fake_twilio, f"/messages/{sid}")

    assert (shown["sender"], shown["recipient"], shown["body"]) == (SENDER, RECIPIENT, "hello")
    assert [change["status"] for change in shown["timeline"]] == ["queued", "sending", "sent", "delivered"]
    assert [webhook["status"] for webhook in shown["webhooks"]] == ["sent", "delivered"]
    told = shown["webhooks"][0]
    assert (told["url"], told["method"], told["answer"]["body"]) == (callback, "POST", "thanks")
    assert told["signed"].startswith(callback)
    assert RequestValidator(fake_twilio.auth_token).validate(told["url"], dict(told["parameters"]), told["signature"])


def test_the_codes_and_links_of_a_text_are_lifted_out(fake_twilio: FakeTwilioFixture) -> None:
    sid = send(fake_twilio, body="Your code is 482 913, or open https://shop.example/v?c=1.")

    lifted = ask(fake_twilio, f"/messages/{sid}/codes")

    assert lifted == {"codes": ["482 913"], "links": ["https://shop.example/v?c=1"]}


def test_a_message_that_is_not_there_has_no_codes(fake_twilio: FakeTwilioFixture) -> None:
    response = requests.get(f"{fake_twilio.url}/_fake/messages/SM{'0' * 32}/codes", timeout=5)

    assert (response.status_code, response.json()["problems"]) == (404, ["no such message"])


def test_messages_are_found_and_the_newest_stand_first(fake_twilio: FakeTwilioFixture) -> None:
    first, second, third = (send(fake_twilio, body=body) for body in ("code 1", "code 2", "news"))

    def sids(**query: str) -> list[str]:
        return [message["sid"] for message in ask(fake_twilio, "/messages", **query)["messages"]]

    assert sids() == [third, second, first]
    assert sids(body="code", limit="1") == [second]
    assert ask(fake_twilio, "/messages", body="code", limit="1")["total"] == 2
    assert (sids(to="+15550000001"), sids(status="delivered"), sids(to=RECIPIENT, status="queued", body="new")) == (
        [],
        [],
        [third],
    )
    assert sids(**{"from": "+15550000002"}) == []


@pytest.mark.parametrize("limit", ["0", "1001", "x", "-1", "٣"])
def test_a_limit_that_is_none_is_refused(fake_twilio: FakeTwilioFixture, limit: str) -> None:
    response = requests.get(f"{fake_twilio.url}/_fake/messages", params={"limit": limit}, timeout=5)

    assert (response.status_code, response.json()["problems"]) == (400, ["limit: wanted a number from 1 to 1000"])


def test_a_webhook_is_delivered_once_more_as_it_was(
    fake_twilio: FakeTwilioFixture, callback: str, httpserver: HTTPServer
) -> None:
    send(fake_twilio, status_callback=callback)
    fake_twilio.settle()
    page = ask(fake_twilio, "/webhooks")

    change(fake_twilio, f"/webhooks/{page['webhooks'][0]['token']}/replay", status=202)
    fake_twilio.settle()

    one, two, three = [request.get_data() for request, _answer in httpserver.log]
    assert (page["total"], page["pending"], three, one != two) == (2, [], two, True)


def test_what_is_not_there_is_a_404(fake_twilio: FakeTwilioFixture) -> None:
    refused = change(fake_twilio, "/webhooks/00000000-0000-4000-8000-000000000000/replay", status=404)
    unknown = requests.get(f"{fake_twilio.url}/_fake/messages/SM{'0' * 32}", timeout=5)

    assert refused == {"problems": ["no such webhook"]}
    assert (unknown.status_code, unknown.json()) == (404, {"problems": ["no such message"]})


def test_somebody_sends_a_message_and_opts_out(fake_twilio: FakeTwilioFixture) -> None:
    wanted = {"sender": RECIPIENT, "recipient": SENDER, "body": "stop"}

    received = change(fake_twilio, "/receive", wanted, status=201)["message"]
    out = ask(fake_twilio, "/opt-outs")["opt_outs"]
    back = change(fake_twilio, "/opt-outs", {"recipient": RECIPIENT, "sender": SENDER, "is_out": False})
    again = change(fake_twilio, "/opt-outs", {"recipient": RECIPIENT, "sender": SENDER})["opt_outs"]

    assert (received["direction"], received["sender"], received["body"]) == ("inbound", RECIPIENT, "stop")
    assert [(one["recipient"], one["sender"]) for one in out] == [(RECIPIENT, SENDER)]
    assert (back, len(again)) == ({"opt_outs": []}, 1)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"recipient": "555-1234"}, "wanted an E.164 number as the recipient, not '555-1234'"),
        ({"sender": "+1"}, "wanted a number, a short code or the SID of a messaging service as the sender, not '+1'"),
    ],
    ids=str,
)
@pytest.mark.parametrize("is_out", [True, False])
def test_an_opt_out_that_no_message_would_meet_is_refused(
    fake_twilio: FakeTwilioFixture, wrong: dict[str, str], told: str, is_out: bool
) -> None:
    asked = {"recipient": RECIPIENT, "sender": SENDER, **wrong, "is_out": is_out}

    assert change(fake_twilio, "/opt-outs", asked, status=400) == {"problems": [told]}
    assert fake_twilio.opt_outs == ()


def test_what_nobody_could_send_is_refused(fake_twilio: FakeTwilioFixture) -> None:
    refused = change(fake_twilio, "/receive", {"sender": RECIPIENT, "recipient": "Alice"}, status=400)

    assert refused["problems"][0].startswith("nobody has the number Alice")
    assert fake_twilio.messages == ()


def test_what_went_wrong_is_an_alert(fake_twilio: FakeTwilioFixture, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/status").respond_with_response(Response("no", 500))
    sid = send(fake_twilio, status_callback=httpserver.url_for("/status"))
    fake_twilio.settle()

    alerts = ask(fake_twilio, "/alerts", limit="1")

    assert (alerts["total"], len(alerts["alerts"])) == (2, 1)
    assert {name: alerts["alerts"][0][name] for name in ("code", "message_sid", "url")} == {
        "code": 11200,
        "message_sid": sid,
        "url": httpserver.url_for("/status"),
    }
