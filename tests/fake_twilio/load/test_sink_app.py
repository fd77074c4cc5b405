"""The sink answers as an app does, and tells what came."""

import pytest
from werkzeug.test import Client, TestResponse

from fake_twilio.load.callback_book import CallbackBook
from fake_twilio.load.sink_app import SinkApp
from fake_twilio.timing.clock import monotonic

SID = "SM" + "5a" * 16


@pytest.fixture
def sink() -> Client:
    return Client(SinkApp(CallbackBook(monotonic), "Thank you & bye"))


def tell(sink: Client, status: str, sid: str = SID) -> TestResponse:
    return sink.post("/status", data={"MessageSid": sid, "MessageStatus": status})


def test_a_status_callback_is_taken_without_a_word(sink: Client) -> None:
    answer = tell(sink, "delivered")

    assert (answer.status_code, answer.data) == (204, b"")
    assert sink.get("/counts").json == {
        "callbacks": 1,
        "repeats": 0,
        "by_status": {"delivered": 1},
        "forgotten": 0,
        "replies": 0,
    }


def test_a_text_is_answered_and_what_becomes_of_the_reply_is_told_here_too(sink: Client) -> None:
    answer = sink.post("/sms", data={"MessageSid": SID, "Body": "hello", "From": "+15551234567"})

    assert answer.content_type == "text/xml"
    assert b'<Message statusCallback="http://localhost/status">Thank you &amp; bye</Message>' in answer.data
    told = sink.get("/counts").json
    assert (told["by_status"], told["replies"]) == ({"received": 1}, 1)


def test_no_reply_is_an_empty_response() -> None:
    sink = Client(SinkApp(CallbackBook(monotonic), ""))

    assert sink.post("/sms", data={"MessageSid": SID}).data.endswith(b"<Response />")
    assert sink.get("/counts").json["replies"] == 0


def test_an_arrival_is_told(sink: Client) -> None:
    tell(sink, "sent")
    tell(sink, "sent")

    told = sink.get(f"/arrivals?sid={SID}&status=sent&wait=0").json

    assert told["times"] == 2
    assert 0 <= told["seconds_ago"] < 5


def test_what_has_not_come_is_not_found(sink: Client) -> None:
    tell(sink, "sent")

    assert sink.get(f"/arrivals?sid={SID}&status=delivered").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "",
        f"sid={SID}",
        "sid=SM1&status=sent",
        f"sid={SID}&status=seen",
        f"sid={SID}&status=sent&wait=soon",
        f"sid={SID}&status=sent&wait=-1",
        f"sid={SID}&status=sent&wait=61",
        f"sid={SID}&status=sent&wait=nan",
    ],
)
def test_who_asks_wrongly_is_told_how(sink: Client, query: str) -> None:
    answer = sink.get(f"/arrivals?{query}")

    assert answer.status_code == 400
    assert answer.text.startswith("wanted sid, a status of Twilio's, and wait")


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/status", {}),
        ("/status", {"MessageSid": SID}),
        ("/status", {"MessageSid": "SM5", "MessageStatus": "sent"}),
        ("/status", {"MessageSid": SID, "MessageStatus": "seen"}),
        ("/status", {str(number): "x" for number in range(200)}),
        ("/sms", {"Body": "hello"}),
    ],
)
def test_what_is_no_webhook_is_refused_and_not_counted(sink: Client, path: str, form: dict[str, str]) -> None:
    assert sink.post(path, data=form).status_code == 400
    assert sink.get("/counts").json["callbacks"] == 0


def test_other_addresses_and_methods_are_named(sink: Client) -> None:
    assert sink.get("/").status_code == 404
    assert sink.get("/status").status_code == 405
    assert sink.post("/counts").text == "wanted GET\n"
