"""The handler is made of what it is given, and refuses what cannot work."""

import logging
import threading

import pytest
from flask import Request as FlaskRequest

from fake_twilio import sign
from tests.doubles import ACCOUNT_SID, AUTH_TOKEN, MESSAGE_SID, RECIPIENT, HandClock
from tests.opt_outs import BrittleStore
from tests.webhooks import INBOUND_URL, handler, inbound, inbound_form, posted, sid, status
from twilio_sms.clock import SystemClock
from twilio_sms.compliance.opt_outs import OptOuts
from twilio_sms.errors import ValidationError
from twilio_sms.stores.opt_outs_sqlite import SqliteOptOuts
from twilio_sms.stores.webhooks_memory import MemoryWebhooks
from twilio_sms.stores.webhooks_sqlite import SqliteWebhooks
from twilio_sms.webhooks.handler import WebhookHandler, WebhookOptions
from twilio_sms.webhooks.parameters import Parameters
from twilio_sms.webhooks.request import WebhookRequest
from twilio_sms.webhooks.response import WebhookResponse
from twilio_sms.webhooks.signature import RequestValidator


def count(hooks):
    """Return a list that grows with each message that a handler is told of."""
    told = []
    hooks.on()(told.append)
    return told


def test_a_token_is_all_that_it_needs():
    hooks = WebhookHandler(AUTH_TOKEN)

    assert hooks.handle_inbound(inbound()).status == 200
    assert hooks.handle_status_callback(status()).status == 200


def test_each_of_several_tokens_may_have_signed():
    hooks = WebhookHandler("0f" * 16, AUTH_TOKEN)

    requests = [inbound(), posted(inbound_form(message_sid=sid(1)), token="0f" * 16), posted((), token="0e" * 16)]

    assert [hooks.handle_inbound(request).status for request in requests[:2]] == [200, 200]


def test_a_validator_is_asked_for_at_each_webhook():
    validators = iter([RequestValidator("0f" * 16), RequestValidator(AUTH_TOKEN)])
    hooks = WebhookHandler(lambda: next(validators))

    assert [hooks.handle_inbound(inbound()).status for _ in range(2)] == [403, 200]


@pytest.mark.parametrize(("decorated", "told"), [("on", 1), ("register_handler", 1)])
def test_a_function_stays_what_it_was_when_it_is_registered(decorated, told):
    hooks, seen = handler(), []
    if decorated == "on":
        assert hooks.on("hello")(seen.append) == seen.append
    else:
        hooks.register_handler("hello", seen.append)

    hooks.handle_inbound(inbound("hello"))
    hooks.handle_inbound(inbound("other", sid(1)))

    assert len(seen) == told


def test_what_is_for_statuses_stays_what_it_was_too():
    hooks, seen = handler(), []

    assert hooks.on_status("sent")(seen.append) == seen.append


@pytest.mark.parametrize("path", [str, lambda path: path], ids=["a text", "a path"])
def test_files_are_opened_kept_and_closed(tmp_path, path):
    files = {"store": path(tmp_path / "seen.db"), "opt_outs": path(tmp_path / "out.db")}
    with handler(**files) as hooks:
        hooks.handle_inbound(inbound("STOP"))
        hooks.handle_status_callback(status("sent"))
        assert (tmp_path / "seen.db-wal").exists()

    assert not (tmp_path / "seen.db-wal").exists()  # SQLite folds it in when the last connection is closed
    with handler(**files) as later:
        told = count(later)
        assert later.handle_inbound(inbound("STOP")).status == 200
        assert later.tracker.status_of(MESSAGE_SID) == "sent"
        assert told == []
    listed = SqliteOptOuts(tmp_path / "out.db")
    assert OptOuts(listed, HandClock()).is_opted_out(RECIPIENT)
    listed.close()


def test_what_it_was_given_stays_open(tmp_path):
    store = SqliteWebhooks(tmp_path / "seen.db", clock=HandClock())
    with handler(store=store) as hooks:
        hooks.handle_inbound(inbound())

    assert store.claim(f"inbound:{MESSAGE_SID}", 1).state == "done"
    store.close()


@pytest.mark.parametrize("opt_outs", [BrittleStore(), OptOuts(BrittleStore(), HandClock())], ids=["a store", "a list"])
def test_the_list_may_be_a_store_or_the_part_itself(opt_outs):
    hooks = handler(opt_outs=opt_outs)

    hooks.handle_inbound(inbound("STOP"))

    listed = opt_outs if isinstance(opt_outs, OptOuts) else OptOuts(opt_outs, HandClock())
    assert listed.is_opted_out(RECIPIENT)


def test_none_stands_for_the_usual():
    options = dict.fromkeys(WebhookOptions.__annotations__)

    assert WebhookHandler(AUTH_TOKEN, **options).handle_inbound(inbound()).status == 200


def test_behind_a_proxy_the_public_address_counts():
    request = posted(inbound_form(), "https://sms.example.com/sms")._replace(url="http://127.0.0.1:8000/sms")

    assert handler().handle_inbound(request).status == 403
    assert handler(public_url="https://sms.example.com").handle_inbound(request).status == 200


def test_a_get_is_taken_only_if_it_is_asked_for():
    query = "&".join(f"{name}={value.replace('+', '%2B')}" for name, value in inbound_form())
    signed = sign(f"{INBOUND_URL}?{query}", auth_token=AUTH_TOKEN)
    headers = (("x-twilio-signature", signed.headers["X-Twilio-Signature"]),)
    request = WebhookRequest("GET", signed.url, headers, b"")

    assert handler().handle_inbound(request) == WebhookResponse(403)
    assert handler(methods=("GET", "POST")).handle_inbound(request).status == 200


@pytest.mark.parametrize(("url", "bait"), [(INBOUND_URL, "?"), (f"{INBOUND_URL}?x=1", "&")], ids=["path", "query"])
def test_a_posted_webhook_makes_no_get(url, bait):
    text = f"{bait}MessageSid={sid(7)}&AccountSid={ACCOUNT_SID}&From=%2B15557654321&To=%2B15005550006&Body=STOP"
    form = tuple((name, value.replace(" ", "")) for name, value in inbound_form(text))
    signature = posted(form, url).header("x-twilio-signature")
    behind = "".join(name + value for name, value in sorted(form))
    forged = WebhookRequest("GET", url + behind, (("x-twilio-signature", signature),), b"")
    hooks = handler(methods=("GET",))
    told = count(hooks)

    assert RequestValidator(AUTH_TOKEN).validate(forged.url, (), signature)
    assert hooks.handle_inbound(forged) == WebhookResponse(403)
    assert told == []


def test_a_webhook_of_another_kind_is_only_verified():
    form = (("CallSid", "CA1"), ("From", RECIPIENT))

    assert handler().verify(posted(form)) == Parameters(form)
    assert handler().verify(posted(form, token="0f" * 16)) == WebhookResponse(403)


def test_many_threads_share_it():
    hooks = handler(store=MemoryWebhooks(), clock=SystemClock())  # who waits lets the others get on
    told, answers = count(hooks), []
    requests = [inbound("hi", sid(number)) for number in range(20)]

    def take():
        answers.extend(hooks.handle_inbound(request).status for request in requests)

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(told), set(answers), len(answers)) == (20, {200}, 80)


def test_what_happens_is_logged_where_it_was_asked_to(caplog):
    logger = logging.getLogger("shop")

    with caplog.at_level(logging.WARNING, "shop"):
        handler(logger=logger).handle_inbound(posted(inbound_form(), token="0f" * 16))

    assert [record.name for record in caplog.records] == ["shop"]


@pytest.mark.parametrize(
    "options",
    [
        {"on_error": "explode"},
        {"on_error": ["fail"]},
        {"account_sid": "AC1"},
        {"account_sid": ACCOUNT_SID.upper()},
        {"account_sid": 5},
        {"public_url": "sms.example.com"},
        {"trusted_proxies": ("everybody",)},
        {"methods": ("PUT",)},
        {"methods": "POST"},
    ],
)
def test_what_cannot_work_is_refused_at_once(options):
    with pytest.raises(ValidationError):
        WebhookHandler(AUTH_TOKEN, **options)


@pytest.mark.parametrize("wrong", [{"public_url": "x"}, {"account_sid": "AC1"}], ids=str)
def test_what_cannot_work_opens_no_file(tmp_path, wrong):
    with pytest.raises(ValidationError):
        WebhookHandler(AUTH_TOKEN, store=tmp_path / "seen.db", **wrong)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("tokens", [(), ("",), (" ",), (None,), (5,), (AUTH_TOKEN, lambda: None)])
def test_without_a_token_nobody_is_let_in(tokens):
    with pytest.raises(ValidationError):
        WebhookHandler(*tokens)


def test_an_option_that_there_is_none_of_is_named():
    with pytest.raises(TypeError, match="a webhook handler takes no argument 'validate'"):
        WebhookHandler(AUTH_TOKEN, validate=False)


@pytest.mark.parametrize(("pattern", "function"), [("", print), ("x", None), (5, print)])
def test_a_handler_that_would_never_be_told_is_refused(pattern, function):
    with pytest.raises(ValidationError):
        handler().register_handler(pattern, function)


def test_a_decorator_without_its_brackets_is_refused_and_says_what_to_write():
    with pytest.raises(ValidationError, match=r"above reply has no brackets.* write on\(\) for every message"):

        @handler().on
        def reply(message): ...


def test_a_function_without_a_name_may_say_for_which_messages():
    hooks, told = handler(), []

    hooks.on(lambda message: message.body == "hi")(told.append)
    hooks.handle_inbound(inbound("hi"))
    hooks.handle_inbound(inbound("ho", message_sid=sid(1)))

    assert [message.body for message in told] == ["hi"]


def test_a_status_that_there_is_none_of_is_refused():
    with pytest.raises(ValidationError, match="'deliverd' is no status"):
        handler().on_status("deliverd")


@pytest.mark.parametrize(
    "wrong", [None, {"Body": "hi"}, "Body=hi", FlaskRequest({})], ids=lambda each: type(each).__name__
)
@pytest.mark.parametrize("take", ["handle_inbound", "handle_status_callback", "verify"])
def test_the_request_of_a_framework_is_refused_with_what_to_do(take, wrong):
    with pytest.raises(ValidationError, match=r"make one with WebhookRequest.from_wsgi\(environ\) or"):
        getattr(handler(), take)(wrong)


@pytest.mark.parametrize(
    ("part", "wanted"),
    [
        ({"store": 3}, "store must be a path, or a store .*, is int"),
        ({"opt_outs": 3}, "opt_outs must be a path, a store .*, is int"),
        ({"metrics": {}}, "metrics must be metrics .*, is dict"),
        ({"logger": "shop"}, "logger must be a logger .*, is str"),
        ({"clock": 3}, "clock must be a clock .*, is int"),
    ],
    ids=str,
)
def test_a_part_that_cannot_do_its_work_is_refused_by_name(part, wanted):
    with pytest.raises(ValidationError, match=wanted):
        WebhookHandler(AUTH_TOKEN, **part)


def test_what_a_listener_raises_is_in_the_log_of_the_handler(caplog):
    hooks = WebhookHandler(AUTH_TOKEN, logger=logging.getLogger("shop"))
    hooks.tracker.on_update(lambda updated: 1 / 0)

    assert hooks.handle_status_callback(status()).status == 200
    assert [record.name for record in caplog.records] == ["shop"]
