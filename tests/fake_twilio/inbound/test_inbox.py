"""Tests of messages that people send: who gets them, opt-outs, and people who answer."""

import logging
from threading import Event

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.inbound.opt_outs import Word, reply_to
from fake_twilio.domain.twilio.errors import Refusal
from fake_twilio.domain.twilio.form import Form
from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.inbound.inbox import AutoReply
from fake_twilio.scenario_files.load import parse_scenario
from tests.fake_twilio.doubles import PATIENCE_SECONDS, RECIPIENT, SENDER, SERVICE_SID, create_form, service_form

POOLED, TOLL_FREE, SHORT_CODE = "+15005550010", "+18005550100", "12345"
DAY = 86_400


class World:
    """A fake whose numbers are told to a server, and what that server got."""

    def __init__(self, fake: FakeTwilioFixture, server: HTTPServer) -> None:
        self.fake = fake
        self.server = server
        self.url = server.url_for("/sms")
        server.expect_request("/sms").respond_with_handler(lambda _request: Response(status=204))
        server.expect_request("/service").respond_with_handler(lambda _request: Response(status=204))
        self.use()

    def use(self, service: str = "", more: str = "") -> None:
        """Begin anew, with these settings of the service, and these further parts."""
        scenario = f"""about: x.
numbers: ["{SENDER}", "{POOLED}", "{TOLL_FREE}", "{SHORT_CODE}", Alice]
inbound: {{url: "{self.url}"}}
services: [{{sid: {SERVICE_SID}, numbers: ["{POOLED}"]{service}}}]
{more}
defaults: {{timeline: [{{status: sent, after: 1s}}, {{status: delivered, after: 1s}}]}}
"""
        self.fake.reset(parse_scenario(scenario), seed=1, start=1_767_225_600)

    def sent(self, **form: str) -> str:
        """Send a message and let it live; return its status, or the code of the refusal."""
        return self.taken(create_form(**form))

    def taken(self, form: Form) -> str:
        try:
            message = self.fake._world.engine.accept(form)
        except Refusal as refused:
            return str(refused.code)
        self.fake.settle()
        return str(self.fake._world.engine.found(message.sid).status)

    def told(self) -> list[dict[str, str]]:
        return [delivery.webhook.params for delivery in self.fake.callbacks]


@pytest.fixture
def world(fake_twilio: FakeTwilioFixture, httpserver: HTTPServer) -> World:
    return World(fake_twilio, httpserver)


def test_a_message_is_stored_and_told_when_time_moves(world: World) -> None:
    message = world.fake.receive(RECIPIENT, SENDER, "x" * 161, ["http://example.com/cat.png"])
    assert message is not None
    assert (message.status, message.direction, message.sent_at) == (Status.RECEIVING, "inbound", None)
    assert world.told() == []

    (event,) = world.fake.settle()

    (stored,) = world.fake.messages
    assert (event.status, stored.status, stored.sent_at) == (Status.RECEIVED, Status.RECEIVED, event.at)
    assert (stored.sid[:2], stored.segments, stored.plan) == ("MM", 1, ())
    (told,) = world.told()
    assert told["MediaUrl0"].startswith(f"{world.fake.url}/2010-04-01/Accounts/{world.fake.account_sid}/Messages/")


def test_what_nobody_is_told_of_is_logged(fake_twilio: FakeTwilioFixture, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "fake_twilio")

    message = fake_twilio.receive(RECIPIENT, SENDER, "hello")
    fake_twilio.settle()

    assert message is not None
    no_app = f'{message.sid} came in and nobody is told: {SENDER} has no inbound: {{url: "https://..."}}'
    assert caplog.messages.count(no_app) == 1


def test_its_segments_are_counted(world: World) -> None:
    message = world.fake.receive(RECIPIENT, SENDER, "x" * 161)

    assert message is not None
    assert (message.sid[:2], message.segments) == ("SM", 2)


@pytest.mark.parametrize("number", ["+15559999999", "Alice", "nonsense", ""])
def test_what_nobody_has_is_said_with_what_there_is(world: World, number: str) -> None:
    with pytest.raises(ValueError, match=r"nobody has the number .*; there is \+15005550006, \+15005550010"):
        world.fake.receive(RECIPIENT, number, "x")


def test_where_no_numbers_are_listed_each_is_the_main_accounts(fake_twilio: FakeTwilioFixture) -> None:
    message = fake_twilio.receive(RECIPIENT, "+15559999999", "x")
    fake_twilio.settle()

    assert message is not None
    assert (message.account_sid, fake_twilio.callbacks) == (fake_twilio.account_sid, ())


def test_a_message_goes_to_the_account_that_has_the_number(world: World) -> None:
    realm = world.fake._world.realm
    sub = realm.directory.open_subaccount(world.fake.account_sid, "sub")
    engine = realm.engine(sub.sid)
    form = (("PhoneNumber", "+14155550100"), ("SmsUrl", world.url))
    engine.senders.numbers.buy(sub.sid, form)

    world.fake.receive(RECIPIENT, "+14155550100", "x")
    world.fake.settle()

    assert [message.account_sid for message in engine.messages()] == [sub.sid]
    assert world.told()[0]["AccountSid"] == sub.sid


def test_a_service_without_an_address_receives_nothing(world: World) -> None:
    """OpenAPI: "When this property is null, receiving inbound messages is disabled"."""
    assert world.fake.receive(RECIPIENT, POOLED, "x") is None
    world.fake.settle()

    assert (world.fake.messages, world.told()) == ((), [])


def test_the_address_of_the_service_counts(world: World) -> None:
    world.use(f', inbound_url: "{world.server.url_for("/service")}"')

    world.fake.receive(RECIPIENT, POOLED, "x")
    world.fake.settle()

    (delivery,) = world.fake.callbacks
    assert delivery.webhook.url == world.server.url_for("/service")
    assert delivery.webhook.params["MessagingServiceSid"] == SERVICE_SID


def test_a_service_may_leave_it_to_the_number(world: World) -> None:
    world.use(", inbound_on_number: true")

    world.fake.receive(RECIPIENT, POOLED, "x")
    world.fake.settle()

    assert [delivery.webhook.url for delivery in world.fake.callbacks] == [world.url]


def test_stop_blocks_the_number_and_start_opens_it_again(world: World) -> None:
    """Support article 223134027; the message itself is stored and told as any other."""
    world.fake.receive(RECIPIENT, SENDER, " stop ")
    assert world.sent(From=SENDER) == "21610"
    assert (world.sent(From=TOLL_FREE), world.sent(From=SENDER, To="+15551230000")) == ("delivered", "delivered")

    world.fake.receive(RECIPIENT, SENDER, "Start")

    assert world.sent(From=SENDER) == "delivered"
    assert [told["Body"] for told in world.told()] == [" stop ", "Start"]
    assert not any("OptOutType" in told for told in world.told())
    assert [reply.body for reply in world.fake.auto_replies] == [reply_to(Word.STOP), reply_to(Word.START)]
    assert {(reply.sender, reply.to) for reply in world.fake.auto_replies} == {(SENDER, RECIPIENT)}


def test_stop_to_a_number_of_a_service_blocks_the_whole_service(world: World) -> None:
    world.use(f', inbound_url: "{world.url}", advanced_opt_out: true')

    world.fake.receive(RECIPIENT, POOLED, "STOP")
    world.fake.settle()

    assert [(one.to, one.sender) for one in world.fake.opt_outs] == [(RECIPIENT, SERVICE_SID)]
    assert (world.sent(From=POOLED), world.taken(service_form()), world.sent()) == ("21610", "21610", "delivered")
    assert world.told()[0]["OptOutType"] == "STOP"


def test_a_scheduled_message_finds_the_opt_out_late(world: World) -> None:
    """Twilio, scheduling: opt-outs are checked at SendAt; recorded as failed with 21610."""
    world.use(f', inbound_url: "{world.url}"')
    form = service_form(ScheduleType="fixed", SendAt="2026-01-01T01:00:00Z")
    message = world.fake._world.engine.accept(form)
    world.fake.receive(RECIPIENT, POOLED, "STOP")

    world.fake.advance(DAY)

    (found,) = [one for one in world.fake.messages if one.sid == message.sid]
    assert (found.status, found.error_code) == (Status.FAILED, 21610)
    assert world.fake._world.engine.accept(service_form(ScheduleType="fixed", SendAt="2026-01-02T01:00:00Z")).plan


def test_toll_free_numbers_follow_the_network(world: World) -> None:
    """Support article 360058144374."""
    for body in ("STOP", "YES", "HELP"):
        world.fake.receive(RECIPIENT, TOLL_FREE, body)
    assert world.sent(From=TOLL_FREE) == "21610"

    world.fake.receive(RECIPIENT, TOLL_FREE, "UNSTOP")

    assert world.sent(From=TOLL_FREE) == "delivered"
    assert [reply.body[:12] for reply in world.fake.auto_replies] == ["NETWORK MSG:"] * 2


def test_a_short_code_outside_a_service_leaves_words_to_its_owner(world: World) -> None:
    """Support article 223181748."""
    world.fake.receive(RECIPIENT, SHORT_CODE, "STOP")
    world.fake.settle()

    assert (world.fake.opt_outs, world.fake.auto_replies) == ((), ())
    assert [told["To"] for told in world.told()] == [SHORT_CODE]


def test_help_is_answered_and_what_changes_nothing_is_not(world: World) -> None:
    for body in ("HELP", "YES", "STOP", "STOP"):
        world.fake.receive(RECIPIENT, SENDER, body)

    assert [reply.body for reply in world.fake.auto_replies] == [reply_to(Word.HELP), reply_to(Word.STOP)]


def test_a_scenario_lists_those_who_opted_out(world: World) -> None:
    world.use(more=f'opt_outs: [{{from: "{RECIPIENT}", to: "{SENDER}"}}, {{from: "{RECIPIENT}", to: "{POOLED}"}}]')

    assert (world.sent(), world.sent(From=POOLED), world.sent(From=TOLL_FREE)) == ("21610", "21610", "delivered")
    assert len(world.fake.opt_outs) == 2


def test_a_persona_answers_what_was_delivered(world: World) -> None:
    world.use(more=f'personas: [{{number: "{RECIPIENT}", on: "*confirm*", reply: "OK", after: 30s, stop_after: 2}}]')

    for body in ("please confirm", "hello", "confirm!", "confirm?"):
        assert world.sent(Body=body) == "delivered"

    replies = [message for message in world.fake.messages if message.direction == "inbound"]
    assert [(one.sender, one.to, one.body) for one in replies] == [(RECIPIENT, SENDER, "OK")] * 2
    delivered = [message for message in world.fake.messages if "confirm" in message.body]
    assert [one.created_at - sent.updated_at for one, sent in zip(replies, delivered, strict=False)] == [30, 30]
    assert [one.in_reply_to for one in replies] == [delivered[0].sid, delivered[1].sid]
    assert [told["Body"] for told in world.told()] == ["OK", "OK"]


def test_who_answers_without_end_is_not_counted(world: World) -> None:
    world.use(more='personas: [{number: "*", reply: "OK"}]')

    world.sent()

    assert [told["Body"] for told in world.told()] == ["OK"]
    assert not world.fake._world.inbox._answers


def test_nobody_answers_a_sender_who_cannot_be_written_to(world: World) -> None:
    world.use(more='personas: [{number: "*", reply: "OK"}]')

    assert world.sent(From="Alice", To="+442071838750") == "delivered"
    assert [message.direction for message in world.fake.messages] == ["outbound-api"]


def test_nobody_answers_a_number_that_was_released(world: World) -> None:
    world.use(more='personas: [{number: "*", reply: "OK", after: 1h}]')
    engine = world.fake._world.engine
    engine.accept(create_form())
    world.fake.advance(10)
    (sid,) = [n.sid for n in engine.senders.numbers.all(world.fake.account_sid) if n.phone_number == SENDER]

    engine.senders.release(sid)
    world.fake.settle()

    assert [message.direction for message in world.fake.messages] == ["outbound-api"]


def test_on_a_real_clock_a_message_is_told_by_itself_and_its_answer_is_done(
    fake_twilio: FakeTwilioFixture, httpserver: HTTPServer
) -> None:
    has_heard = Event()

    def hear(_request: Request) -> Response:
        has_heard.set()
        return Response(status=204)

    answer = f'<Response><Message statusCallback="{httpserver.url_for("/status")}">x</Message></Response>'
    httpserver.expect_request("/sms").respond_with_data(answer, content_type="text/xml")
    httpserver.expect_request("/status").respond_with_handler(hear)
    world = f"about: x.\ninbound: {{url: '{httpserver.url_for('/sms')}'}}\ndefaults: {{timeline: [{{status: sent}}]}}\n"
    fake_twilio.reset(parse_scenario(world), clock="real")

    fake_twilio.receive(RECIPIENT, SENDER, "hello")

    assert has_heard.wait(PATIENCE_SECONDS)
    assert [message.direction for message in fake_twilio.messages] == ["inbound", "outbound-reply"]


def test_a_reply_of_twilios_own_prints_no_text_and_no_whole_number() -> None:
    reply = AutoReply(at=1_767_225_600.5, sender=SENDER, to=RECIPIENT, body="hello", message_sid=None)

    assert repr(reply) == "<AutoReply from +1500***0006 to +1555***4567 at 1767225600.500>"
