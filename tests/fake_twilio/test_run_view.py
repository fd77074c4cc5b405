"""What is seen of a run, before and after something happened, and after a reset."""

from pytest_httpserver import HTTPServer

from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.run_view import RunView
from tests.doubles import RECIPIENT, SENDER
from tests.sending import send

LISTS = (
    *("messages", "callbacks", "pending", "replays", "alerts", "opt_outs", "opt_ins", "auto_replies", "incidents"),
    "requests",
)


def test_there_is_nothing_at_first(fake_twilio: FakeTwilioFixture) -> None:
    assert isinstance(fake_twilio, RunView)
    assert {name: getattr(fake_twilio, name) for name in LISTS} == dict.fromkeys(LISTS, ())
    assert fake_twilio.now == fake_twilio.start_moment
    assert fake_twilio.scenario_name == fake_twilio.scenario.name == "delivered"


def test_a_message_and_its_webhooks_are_seen_until_a_reset(
    fake_twilio: FakeTwilioFixture, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/status").respond_with_data("", 500)
    sid = send(fake_twilio, status_callback=httpserver.url_for("/status"))
    fake_twilio.settle()
    fake_twilio.replay(fake_twilio.callbacks[0].webhook.token, after="1m")

    found = fake_twilio.find(sid)
    assert found is not None
    assert ([found], found.status) == (list(fake_twilio.messages), Status.DELIVERED)
    assert [len(getattr(fake_twilio, name)) for name in ("callbacks", "replays", "alerts")] == [2, 1, 2]
    assert [request.method for request in fake_twilio.requests] == ["POST"]

    fake_twilio.reset()
    assert fake_twilio.find(sid) is None
    assert {name: getattr(fake_twilio, name) for name in LISTS} == dict.fromkeys(LISTS, ())


def test_what_comes_in_is_seen(fake_twilio: FakeTwilioFixture) -> None:
    message = fake_twilio.receive(RECIPIENT, SENDER, "STOP")
    fake_twilio.settle()

    assert message is not None
    assert [(one.sid, one.status) for one in fake_twilio.messages] == [(message.sid, Status.RECEIVED)]
    assert [(one.to, one.sender) for one in fake_twilio.opt_outs] == [(RECIPIENT, SENDER)]
    assert [one.message_sid for one in fake_twilio.auto_replies] == [message.sid]
    assert fake_twilio.alerts == ()


def test_nothing_is_forgotten_before_an_account_is_full(fake_twilio: FakeTwilioFixture) -> None:
    send(fake_twilio)

    assert fake_twilio.evicted == 0


def test_what_was_told_since_a_mark_is_seen(fake_twilio: FakeTwilioFixture) -> None:
    assert fake_twilio.callbacks_since(0) == (0, ())
