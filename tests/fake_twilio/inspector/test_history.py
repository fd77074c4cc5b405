"""What happened to a message is told in the order of time, each thing once."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from pytest_httpserver import HTTPServer
from werkzeug import Response

from fake_twilio.delivery.webhook import Answer, Delivery
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.inspector.happening import Happening
from fake_twilio.inspector.history import MOST_WEBHOOKS, history_of
from fake_twilio.scenario_files.load import parse_scenario
from tests.doubles import RECIPIENT, SENDER
from tests.fake_twilio.doubles import SERVICE_SID, START, make_message, make_scenario, make_webhook
from tests.sending import send

QUEUE = parse_scenario("""about: x
limits: {senders: [{from: "*", rate: 1, queue: 2s}]}
rules: [{name: late, then: {callbacks: {late: 30s}, fault: {latency: 1ms}}}]
defaults: {timeline: [{status: sent, after: 1s}]}
""")


def told(fake: FakeTwilioFixture, sid: str) -> list[Happening]:
    message = fake.find(sid)
    assert message is not None
    return history_of(message, fake).rows


def titles(happened: list[Happening]) -> list[str]:
    return [one.title.partition(",")[0] for one in happened]


def test_statuses_and_the_webhooks_that_tell_of_them_stand_in_their_order(
    fake_twilio: FakeTwilioFixture, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/status").respond_with_response(Response("no", 500))
    sid = send(fake_twilio, status_callback=httpserver.url_for("/status"))
    fake_twilio.settle()

    history = told(fake_twilio, sid)

    assert titles([one for one in history if one.kind in ("status", "webhook")]) == [
        *("queued", "sending", "sent", "webhook sent", "delivered", "webhook delivered")
    ]
    assert sum(one.kind == "alert" for one in history) == 2
    assert "answered 500" in history[5].title


def test_the_first_entry_is_the_request_and_the_next_its_rule(fake_twilio: FakeTwilioFixture) -> None:
    assert [one.kind for one in told(fake_twilio, send(fake_twilio))] == ["request", "rule", "status"]


def test_another_messages_webhooks_are_not_told(fake_twilio: FakeTwilioFixture, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/status").respond_with_response(Response("", 204))
    send(fake_twilio, status_callback=httpserver.url_for("/status"))
    quiet = send(fake_twilio)
    fake_twilio.settle()

    assert {one.kind for one in told(fake_twilio, quiet)} == {"request", "rule", "status"}


def test_a_webhook_that_was_brought_again_stands_at_its_own_time(
    fake_twilio: FakeTwilioFixture, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/status").respond_with_response(Response("", 204))
    sid = send(fake_twilio, status_callback=httpserver.url_for("/status"))
    fake_twilio.settle()
    fake_twilio.advance("1h")
    fake_twilio.replay(fake_twilio.callbacks[0].webhook.token)
    fake_twilio.settle()

    first, *_, last = told(fake_twilio, sid)

    assert (last.kind, last.at - first.at > 3600) == ("webhook", True)


def test_a_webhook_stands_where_it_ended_also_if_the_message_never_had_its_status() -> None:
    message, read = make_message(), replace(make_webhook(), status=Status.READ)
    ends = (START + 5, None)
    told = tuple(Delivery(webhook=read, answer=Answer(status=204), ended_at=at) for at in ends)
    nothing: dict[str, Any] = dict.fromkeys(("auto_replies", "opt_outs", "opt_ins", "incidents", "alerts"), ())
    subject: Any = SimpleNamespace(messages=(message,), callbacks=told, scenario=make_scenario(), **nothing)

    webhooks = [one.at for one in history_of(message, subject).rows if one.kind == "webhook"]

    assert webhooks == [message.created_at, START + 5]


def test_of_very_many_webhooks_the_newest_are_told(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.mount("https://app.test", no_content)
    sid = send(fake_twilio, status_callback="https://app.test/status")
    fake_twilio.settle()
    for _ in range(3):
        fake_twilio.replay(fake_twilio.callbacks[-1].webhook.token, times=100, after="1m")
        fake_twilio.settle()
    message = fake_twilio.find(sid)
    assert message is not None

    history = history_of(message, fake_twilio)

    webhooks = [one.delivery for one in history.rows if one.kind == "webhook"]
    assert webhooks == list(fake_twilio.callbacks[-MOST_WEBHOOKS:])
    assert history.left == len(fake_twilio.callbacks) - MOST_WEBHOOKS
    assert history.rows[0].title == "POST Messages"


def no_content(_environ: dict[str, Any], start: Any) -> list[bytes]:
    start("204 No Content", [])
    return []


def test_the_queue_stands_behind_the_status_that_led_into_it(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.reset(QUEUE)
    form = (("To", RECIPIENT), ("MessagingServiceSid", SERVICE_SID), ("Body", "hello"))
    sids = [fake_twilio.submit(form).sid for _ in range(3)]
    fake_twilio.settle()

    assert [titles(told(fake_twilio, sid))[3:-1] for sid in sids] == [
        ["queued"],
        ["queued", f"had to wait 1s in the queue of {SENDER}"],
        ["queued", f"the queue of {SENDER} was full"],
    ]


def test_what_the_scenario_broke_is_told(fake_twilio: FakeTwilioFixture, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/status").respond_with_response(Response("", 204))
    fake_twilio.reset(QUEUE)
    sid = send(fake_twilio, status_callback=httpserver.url_for("/status"))
    fake_twilio.settle()

    mishaps = titles([one for one in told(fake_twilio, sid) if one.kind == "mishap"])

    assert mishaps == ["the answer to the request came slowly", "a callback was held back"]


def test_an_inbound_message_is_told_with_its_answer_and_what_came_of_it(fake_twilio: FakeTwilioFixture) -> None:
    def app(environ, start):  # type: ignore[no-untyped-def] # as PEP 3333 has it
        start("200 OK", [("Content-Type", "text/plain")])
        return [b"You are out."]

    world = f'about: x\nnumbers: ["{SENDER}"]\ninbound: {{url: "https://app.test/"}}\ndefaults: {{timeline: []}}'
    fake_twilio.reset(parse_scenario(world))
    fake_twilio.mount("https://app.test", app)
    for body in ("START", "HELP"):
        message = fake_twilio.receive(RECIPIENT, SENDER, body)
    fake_twilio.settle()

    assert message is not None
    assert titles(told(fake_twilio, message.sid)) == [
        f"{RECIPIENT} sent it",
        f"{RECIPIENT} opted in by START",
        "Twilio replied by itself",
        "receiving",
        "received",
        "webhook received",
        "the app answered",
        f"a reply to {RECIPIENT} is queued",
    ]
