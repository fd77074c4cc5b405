"""What happened to a message is told in the order of time, each thing once."""

from pytest_httpserver import HTTPServer
from werkzeug import Response

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.inspector.history import error_title, history_of
from tests.sending import send


def test_statuses_and_the_webhooks_that_tell_of_them_stand_in_their_order(
    fake_twilio: FakeTwilioFixture, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/status").respond_with_response(Response("no", 500))
    sid = send(fake_twilio, status_callback=httpserver.url_for("/status"))
    fake_twilio.settle()
    message = fake_twilio.find(sid)
    assert message is not None

    history = history_of(message, fake_twilio.callbacks, fake_twilio.alerts)

    assert [one.title.partition(",")[0] for one in history if one.kind != "alert"] == [
        *("queued", "sending", "sent", "webhook sent", "delivered", "webhook delivered")
    ]
    assert sum(one.kind == "alert" for one in history) == 2
    assert "answered 500" in history[3].title


def test_another_messages_webhooks_are_not_told(fake_twilio: FakeTwilioFixture, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/status").respond_with_response(Response("", 204))
    send(fake_twilio, status_callback=httpserver.url_for("/status"))
    quiet = send(fake_twilio)
    fake_twilio.settle()
    message = fake_twilio.find(quiet)
    assert message is not None

    assert {one.kind for one in history_of(message, fake_twilio.callbacks, fake_twilio.alerts)} == {"status"}


def test_an_error_has_twilios_title_and_page() -> None:
    assert error_title(30007) == "30007 Message filtered, https://www.twilio.com/docs/api/errors/30007"
    assert error_title(None) == ""
    assert "not in the catalogue" in error_title(99999)


def test_a_webhook_that_was_brought_again_stands_at_its_own_time(
    fake_twilio: FakeTwilioFixture, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/status").respond_with_response(Response("", 204))
    sid = send(fake_twilio, status_callback=httpserver.url_for("/status"))
    fake_twilio.settle()
    fake_twilio.advance("1h")
    fake_twilio.replay(fake_twilio.callbacks[0].webhook.token)
    fake_twilio.settle()
    message = fake_twilio.find(sid)
    assert message is not None

    last = history_of(message, fake_twilio.callbacks, fake_twilio.alerts)[-1]

    assert (last.kind, last.at - message.created_at > 3600) == ("webhook", True)
