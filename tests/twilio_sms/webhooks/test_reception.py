"""What becomes of a webhook, step by step."""

from xml.etree import ElementTree as ET

import pytest

from tests.doubles import AUTH_TOKEN, MESSAGE_SID, RECIPIENT, HandClock
from tests.opt_outs import BrittleStore
from tests.webhooks import (
    BrittleWebhooks,
    handler,
    inbound,
    inbound_form,
    posted,
    sid,
    status,
    status_form,
)
from twilio_sms.compliance.opt_outs import OptOuts
from twilio_sms.domain.opt_out import MaySend
from twilio_sms.errors import CredentialsError
from twilio_sms.observability.counting import CountingMetrics
from twilio_sms.observability.metrics import Metric
from twilio_sms.webhooks.handler import WebhookHandler
from twilio_sms.webhooks.request import MAX_BODY_BYTES
from twilio_sms.webhooks.response import PLAIN, XML, WebhookResponse
from twilio_sms.webhooks.twiml import EMPTY, HEAD, Reply

OTHER = "+15559876543"
NOTHING = WebhookResponse(200, HEAD + EMPTY, XML)


def texts(response):
    assert response.status == 200
    return [element.findtext("Body") for element in ET.fromstring(response.body).iter("Message")]


def answered(text, **options):
    hooks = handler(**options)
    hooks.on()(lambda _message: text)
    return hooks


def test_without_a_handler_that_it_is_for_the_answer_is_empty():
    hooks = handler()
    hooks.on("order *")(lambda _message: "never")

    assert hooks.handle_inbound(inbound("hello")) == NOTHING


def test_what_several_say_is_one_document_in_their_order():
    hooks = handler()
    for number in "123":
        hooks.on()(lambda _message, number=number: number)

    response = hooks.handle_inbound(inbound())

    assert texts(response) == ["1", "2", "3"]
    assert response.body.count("<Response>") == response.body.count("<?xml") == 1


def test_a_handler_is_told_what_twilio_said():
    told = []
    hooks = handler()
    hooks.on("order *")(told.append)

    hooks.handle_inbound(inbound("Order 17"))

    assert [(one.sid, one.from_, one.body) for one in told] == [(MESSAGE_SID, RECIPIENT, "Order 17")]


def test_a_status_callback_is_answered_with_nothing_whatever_a_handler_returns():
    told = []
    hooks = handler()
    hooks.on_status("delivered")(lambda update: told.append(update.status_text) or "text")

    answers = [hooks.handle_status_callback(status(word)) for word in ("sent", "delivered")]

    assert answers == [WebhookResponse(200, "", PLAIN)] * 2
    assert told == ["delivered"]
    assert [event.status_text for event in hooks.tracker.history(MESSAGE_SID)] == ["sent", "delivered"]


def test_the_tracker_knows_before_the_handlers_do():
    hooks, known = handler(), []
    hooks.on_status()(lambda update: known.append(hooks.tracker.status_of(update.message_sid)))

    hooks.handle_status_callback(status("sent"))

    assert known == ["sent"]


# What fails on the way in.

REFUSED = {
    "without a signature": (inbound()._replace(headers=(("content-type", "application/x-www-form-urlencoded"),)), 403),
    "signed by another": (posted(inbound_form(), token="0f" * 16), 403),
    "of another address": (inbound()._replace(url="https://app.test/other"), 403),
    "a text that was changed": (inbound()._replace(body=inbound().body.replace(b"hello", b"STOP.")), 403),
    "cut short": (inbound()._replace(body=inbound().body[:-5]), 403),
    "of a megabyte": (inbound()._replace(body=b"x" * 2**20), 403),
    "just too long": (inbound()._replace(body=b"x" * (MAX_BODY_BYTES + 1)), 403),
    "with a name twice": (posted((*inbound_form(), ("Body", "hello"))), 403),
    "with a name cut off": (posted((*inbound_form(Body=None), ("Bodyhello", ""))), 403),
    "with a name that is none": (posted((*inbound_form(), ("a b", ""))), 403),
    "of another account": (posted(inbound_form(AccountSid="AC" + "1" * 32)), 403),
    "a status callback": (posted(status_form()), 403),
    "empty": (inbound()._replace(body=b""), 403),
    "got": (inbound()._replace(method="GET", body=b""), 403),
    "put": (inbound()._replace(method="PUT"), 403),
    "in JSON": (inbound()._replace(headers=(("content-type", "application/json"), *inbound().headers[1:])), 415),
    "in parts": (inbound()._replace(headers=(("content-type", "multipart/form-data"), *inbound().headers[1:])), 415),
    "of no kind": (inbound()._replace(headers=inbound().headers[1:]), 415),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_not_twilios_learns_a_status_and_does_nothing(kind, caplog):
    request, expected = REFUSED[kind]
    told, hooks = [], handler()
    hooks.on()(told.append)

    response = hooks.handle_inbound(request)

    assert response == WebhookResponse(expected, "", PLAIN)
    assert told == []
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert f"webhook inbound refused with {expected}: " in caplog.text
    assert not any(part in caplog.text for part in (RECIPIENT, RECIPIENT[1:], "hello", "STOP"))


def test_headers_as_the_fake_sends_them_begin_with_the_kind():
    assert [name for name, _ in inbound().headers] == ["content-type", "x-twilio-signature"]


def test_what_is_not_twilios_is_no_callback_either():
    told, hooks = [], handler()
    hooks.on_status()(told.append)

    responses = [
        hooks.handle_status_callback(request) for request in (inbound(), posted(status_form(), token="0f" * 16))
    ]

    assert responses == [WebhookResponse(403)] * 2
    assert (told, hooks.tracker.find(MESSAGE_SID)) == ([], None)


def test_a_forged_stop_opts_nobody_out():
    opt_outs = OptOuts(BrittleStore(), HandClock())

    handler(opt_outs=opt_outs).handle_inbound(posted(inbound_form("STOP"), token="0f" * 16))

    assert opt_outs.may_send(RECIPIENT) is MaySend.ALLOWED


def test_credentials_that_cannot_be_had_are_trouble_of_ours(caplog):
    def no_validator():
        raise CredentialsError("the vault is closed")

    response = WebhookHandler(no_validator).handle_inbound(inbound())

    assert response == WebhookResponse(503)
    assert "not worked on: CredentialsError the vault is closed" in caplog.text


@pytest.mark.parametrize(
    ("supply", "told"),
    [
        (lambda: 1 / 0, "the function that supplies the validator raised ZeroDivisionError"),
        (lambda: AUTH_TOKEN, "the function must give a RequestValidator, gave str"),
    ],
    ids=["raises", "gives something else"],
)
def test_a_supplier_of_validators_that_breaks_is_trouble_of_ours_too(supply, told, caplog):
    response = WebhookHandler(supply).handle_inbound(inbound())

    assert response == WebhookResponse(503)
    assert f"not worked on: CredentialsError {told}" in caplog.text


# STOP.


@pytest.fixture
def store():
    return BrittleStore()


@pytest.fixture
def opt_outs(store):
    return OptOuts(store, HandClock())


def test_a_stop_is_on_the_list_before_anybody_is_told(opt_outs):
    hooks, known = handler(opt_outs=opt_outs), []
    hooks.on()(lambda one: known.append(opt_outs.is_opted_out(one.from_)))

    hooks.handle_inbound(inbound("STOP"))

    assert known == [True]


def test_a_stop_that_cannot_be_recorded_goes_no_further_and_the_next_try_records_it(store, opt_outs):
    told, hooks = [], handler(opt_outs=opt_outs)
    hooks.on()(told.append)
    store.is_broken = True

    assert hooks.handle_inbound(inbound("STOP")) == WebhookResponse(503)
    assert told == []

    store.is_broken = False
    assert hooks.handle_inbound(inbound("STOP")) == NOTHING
    assert (len(told), opt_outs.is_opted_out(RECIPIENT)) == (1, True)


def test_a_stop_outlives_the_store_of_webhooks(opt_outs, caplog):
    told = []
    hooks = handler(opt_outs=opt_outs, store=BrittleWebhooks("claim"))
    hooks.on()(told.append)

    assert hooks.handle_inbound(inbound("STOP")) == WebhookResponse(503)

    assert opt_outs.is_opted_out(RECIPIENT)
    assert told == []
    assert "not worked on: WebhookStoreError the store is broken" in caplog.text


class StrangeWebhooks(BrittleWebhooks):
    """A store of a program's own, which raises what nobody promised."""

    def claim(self, key, lease_seconds):
        raise ConnectionResetError


def test_a_stop_outlives_a_store_that_raises_what_nobody_promised(opt_outs):
    with pytest.raises(ConnectionResetError):
        handler(opt_outs=opt_outs, store=StrangeWebhooks()).handle_inbound(inbound("STOP"))

    assert opt_outs.is_opted_out(RECIPIENT)


def test_a_stop_that_another_one_never_ends_is_recorded(opt_outs):
    clock = HandClock()
    seen = BrittleWebhooks(clock=clock)
    seen.claim(f"inbound:{MESSAGE_SID}", 3600)

    assert handler(opt_outs=opt_outs, store=seen, clock=clock).handle_inbound(inbound("STOP")).status == 503
    assert opt_outs.is_opted_out(RECIPIENT)


def test_a_stop_is_never_answered_with_a_text_of_ours(opt_outs):
    hooks = handler(opt_outs=opt_outs)
    hooks.on()(
        lambda _message: Reply("Sorry!").message("He left", to=OTHER).message("Bye", to=RECIPIENT).redirect("/x")
    )

    response = hooks.handle_inbound(inbound("STOP"))

    assert texts(response) == ["He left"]
    assert "Redirect" not in response.body


def test_a_stop_that_is_older_than_an_opt_in_is_not_answered_either(opt_outs):
    hooks = answered("Sorry!", opt_outs=opt_outs)
    hooks.handle_inbound(inbound("STOP"))
    opt_outs.remove(RECIPIENT)

    assert opt_outs.may_send(RECIPIENT) is MaySend.ALLOWED
    assert hooks.handle_inbound(inbound("STOP")) == NOTHING


@pytest.mark.parametrize("sender", ["12345", "messenger:123456789", "rcs:someone"])
def test_a_stop_of_who_has_no_number_is_for_a_person_and_not_answered(opt_outs, sender):
    hooks = answered("Sorry!", opt_outs=opt_outs)

    assert hooks.handle_inbound(inbound("STOP", From=sender)) == NOTHING
    assert [review.number for review in opt_outs.reviews()] == [sender]


def test_a_word_that_only_twilio_knows_opts_out(opt_outs):
    response = answered("Sorry!", opt_outs=opt_outs).handle_inbound(inbound("GENUG", OptOutType="STOP"))

    assert response == NOTHING
    assert opt_outs.is_opted_out(RECIPIENT)


def test_who_opted_out_before_is_not_answered_but_others_are(opt_outs):
    opt_outs.add(RECIPIENT)
    hooks = handler(opt_outs=opt_outs)
    hooks.on()(lambda _message: Reply("back").message("on", to=OTHER))

    assert texts(hooks.handle_inbound(inbound("hello"))) == ["on"]


def test_while_nobody_knows_who_opted_out_nobody_is_answered(store, opt_outs):
    hooks = handler(opt_outs=opt_outs)
    hooks.on()(lambda _message: setattr(store, "is_broken", True) or "hi")

    assert hooks.handle_inbound(inbound("hello")) == NOTHING


def test_who_has_no_number_is_answered(opt_outs):
    assert texts(answered("hi", opt_outs=opt_outs).handle_inbound(inbound("hello", From="messenger:123456789"))) == [
        "hi"
    ]


# Handlers that fail.


def failing(on_error, **options):
    hooks, told = handler(on_error=on_error, **options), []

    @hooks.on()
    def first(one):
        told.append(one.body)
        raise RuntimeError(one.body)

    hooks.on()(lambda one: told.append(one.body) or "second")
    return hooks, told


def test_who_fails_is_left_out_of_the_answer():
    hooks, told = failing("continue")

    assert [texts(hooks.handle_inbound(inbound("my secret"))) for _ in range(2)] == [["second"]] * 2
    assert told == ["my secret"] * 2


def test_if_it_is_to_fail_all_are_told_again_when_it_comes_again(caplog):
    hooks, told = failing("fail")

    assert [hooks.handle_inbound(inbound("my secret")) for _ in range(2)] == [WebhookResponse(500)] * 2
    assert told == ["my secret"] * 4
    assert "my secret" not in caplog.text


def test_a_callback_that_failed_is_told_again_and_counted_once():
    metrics, told = CountingMetrics(), []
    hooks = handler(on_error="fail", metrics=metrics)

    @hooks.on_status()
    def fails_once(update):
        told.append(update)
        if len(told) == 1:
            raise RuntimeError

    assert [hooks.handle_status_callback(status()).status for _ in range(3)] == [500, 200, 200]
    assert len(told) == 2
    assert metrics.value(Metric.DELIVERY_STATUS, "delivered", "none") == 1


@pytest.mark.parametrize(("on_error", "expected"), [("continue", NOTHING), ("fail", WebhookResponse(500))])
def test_more_than_twilio_sends_is_not_answered(on_error, expected, caplog):
    hooks = handler(on_error=on_error)
    for _ in range(11):
        hooks.on()(lambda _message: "x")

    assert hooks.handle_inbound(inbound()) == expected
    assert "nothing is answered: an answer has at most 10 messages, has 11" in caplog.text


# What comes again.


def test_what_comes_again_gets_the_same_answer_byte_by_byte():
    numbers = iter(range(9))
    hooks = handler()
    hooks.on()(lambda _message: f"number {next(numbers)}")

    first, again = (hooks.handle_inbound(inbound()) for _ in range(2))
    renewed = inbound()
    renewed = renewed._replace(headers=(*renewed.headers, ("i-twilio-idempotency-token", "another")))

    assert first == again == hooks.handle_inbound(renewed)
    assert texts(first) == ["number 0"]


def test_the_fallback_address_is_no_second_message():
    hooks, told = handler(), []
    hooks.on()(told.append)
    fallback = (*inbound_form(), ("ErrorCode", "11200"), ("ErrorUrl", "https://app.test/sms"))

    hooks.handle_inbound(inbound())
    hooks.handle_inbound(posted(fallback, "https://app.test/fallback"))

    assert len(told) == 1


def test_two_statuses_of_a_message_are_two_events():
    hooks, told = handler(), []
    hooks.on_status()(lambda update: told.append(update.status_text))

    for word in ("sent", "delivered", "sent", "delivered"):
        hooks.handle_status_callback(status(word))

    assert told == ["sent", "delivered"]


def test_messages_and_statuses_are_counted_once():
    metrics = CountingMetrics()
    hooks = handler(metrics=metrics)
    for _ in range(3):
        for number in (1, 2):
            hooks.handle_inbound(inbound("hello", sid(number)))
            hooks.handle_status_callback(status("failed", sid(number), ErrorCode="30003"))
        hooks.handle_inbound(posted(inbound_form(), token="0f" * 16))

    assert metrics.counts() == {
        (Metric.MESSAGES_RECEIVED, ()): 2,
        (Metric.DELIVERY_STATUS, ("failed", "30003")): 2,
    }


def test_a_message_that_failed_at_first_is_counted_once():
    metrics = CountingMetrics()
    hooks = handler(on_error="fail", metrics=metrics)
    outcomes = iter([RuntimeError(), RuntimeError(), None])

    @hooks.on()
    def fails_twice(_message):
        if error := next(outcomes):
            raise error

    assert [hooks.handle_inbound(inbound()).status for _ in range(4)] == [500, 500, 200, 200]
    assert metrics.value(Metric.MESSAGES_RECEIVED) == 1
