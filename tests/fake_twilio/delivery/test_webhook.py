"""Tests of the request that tells the customer of a status."""

from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

import pytest
from twilio.request_validator import RequestValidator, get_signature_algorithm

from fake_twilio.delivery.webhook import (
    KEPT_ANSWER_BYTES,
    Answer,
    Delivery,
    Webhook,
    document_webhook,
    is_told,
    status_webhook,
)
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.messages.message import Change, Message
from fake_twilio.domain.twilio.form import Form
from fake_twilio.domain.webhooks.overrides import Note
from fake_twilio.domain.webhooks.retries import Failure
from fake_twilio.domain.webhooks.signature import Algorithm, sign
from fake_twilio.domain.webhooks.signer import AuthToken, Signer, SigningKey
from tests.fake_twilio.doubles import (
    ACCOUNT_SID,
    AUTH_TOKEN,
    MESSAGE_SID,
    RECIPIENT,
    SENDER,
    SERVICE_SID,
    START,
    make_message,
    make_webhook,
)


def moved(status: Status, **changes: object) -> Message:
    """Return a message that came from ``queued`` to *status*."""
    timeline = (Change(START, Status.QUEUED), Change(START, status))
    return make_message(status=status, timeline=timeline, **changes)


def webhook_of(message: Message, signer: Signer = AuthToken(AUTH_TOKEN)) -> Webhook:  # noqa: B008 - it is frozen
    return status_webhook(message, signer, "a-token")


# The order is that of a real capture of July 2023.
CAPTURED = (
    ("ErrorCode", "30034"),
    ("SmsSid", MESSAGE_SID),
    ("SmsStatus", "undelivered"),
    ("MessageStatus", "undelivered"),
    ("To", RECIPIENT),
    ("MessageSid", MESSAGE_SID),
    ("AccountSid", ACCOUNT_SID),
    ("From", SENDER),
    ("ApiVersion", "2010-04-01"),
    ("RawDlrDoneDate", "2601010001"),
)


def test_a_status_callback_has_the_parameters_of_a_real_capture_in_wire_order() -> None:
    message = moved(Status.UNDELIVERED, error_code=30034, updated_at=START + 90)

    assert webhook_of(message).form == CAPTURED


ERROR_CODES = [(status, status in (Status.FAILED, Status.UNDELIVERED)) for status in Status]


@pytest.mark.parametrize(("status", "is_there"), ERROR_CODES, ids=lambda value: str(value))
def test_an_error_code_comes_only_with_a_failure(status: Status, is_there: bool) -> None:
    params = webhook_of(moved(status, error_code=30007)).params

    assert params.get("ErrorCode") == ("30007" if is_there else None)


def test_a_failure_without_a_code_has_no_empty_one() -> None:
    assert "ErrorCode" not in webhook_of(moved(Status.FAILED)).params


@pytest.mark.parametrize("status", Status)
def test_the_carriers_time_comes_with_a_receipt(status: Status) -> None:
    params = webhook_of(moved(status)).params

    assert ("RawDlrDoneDate" in params) is (status in (Status.DELIVERED, Status.UNDELIVERED))


def test_a_messaging_service_is_named_when_one_was_used() -> None:
    assert webhook_of(moved(Status.SENT, service_sid=SERVICE_SID)).params["MessagingServiceSid"] == SERVICE_SID
    assert "MessagingServiceSid" not in webhook_of(moved(Status.SENT)).params


def test_from_is_there_even_while_no_sender_is_chosen() -> None:
    assert webhook_of(moved(Status.CANCELED, sender=None)).params["From"] == ""


@pytest.mark.parametrize("url", ["http://h/s?x=1", "http://user:pass@h:8000/s?x=1#rc=2", "https://h:443/s"])
def test_the_official_sdk_accepts_the_signature_of_what_is_requested(url: str) -> None:
    webhook = webhook_of(moved(Status.SENT, status_callback=url))

    sent = dict(parse_qsl(webhook.body().decode("ascii"), keep_blank_values=True))

    assert RequestValidator(AUTH_TOKEN).validate(webhook.target, sent, webhook.signature)
    assert (webhook.url, "#" in webhook.target, "@" in webhook.target) == (url, False, False)


def test_a_reply_may_have_its_statuses_told_by_get() -> None:
    """TwiML: Message: `method` is that of `statusCallback` too; everything is in the query, and signed there."""
    webhook = webhook_of(moved(Status.SENT, callback_method="GET", status_callback="http://h/s?x=1"))

    assert (webhook.method, webhook.body()) == ("GET", b"")
    assert "x=1&SmsSid=" in webhook.target
    assert RequestValidator(AUTH_TOKEN).validate(webhook.target, {}, webhook.signature)


def test_the_signed_text_is_made_when_it_is_asked_for() -> None:
    webhook = webhook_of(moved(Status.SENT, status_callback="http://user:pass@h/s#rc=2"))

    assert webhook.signed.startswith(f"http://h/sAccountSid{ACCOUNT_SID}ApiVersion2010-04-01From{SENDER}")
    assert sign(AUTH_TOKEN, webhook.signed) == webhook.signature


def test_the_body_is_the_form_with_plus_signs_escaped() -> None:
    assert b"To=%2B15551234567" in webhook_of(moved(Status.SENT)).body()
    assert tuple(parse_qsl(webhook_of(moved(Status.SENT)).body().decode())) == webhook_of(moved(Status.SENT)).form


def test_the_headers_are_the_observed_ones() -> None:
    webhook = webhook_of(moved(Status.SENT))

    assert webhook.headers() == {
        "Content-Type": "application/x-www-form-urlencoded",
        "User-Agent": "TwilioProxy/1.1",
        "Accept": "*/*",
        "X-Twilio-Signature": webhook.signature,
        "I-Twilio-Idempotency-Token": "a-token",
    }


@pytest.mark.parametrize("algorithm", ["HMAC_SHA1", "HMAC_SHA256"])
def test_a_shared_key_signs_and_is_named(algorithm: Algorithm) -> None:
    webhook = webhook_of(moved(Status.SENT), SigningKey("webhooks_sharedkey_1", "secret", algorithm))
    headers = webhook.headers()

    settings = headers["X-Twilio-Webhooks-Signature-Settings"]
    assert settings == f"key=webhooks_sharedkey_1,algorithm={algorithm}"
    judge, signature = RequestValidator("secret"), headers["X-Twilio-Signature"]
    assert judge.validate(webhook.target, webhook.params, signature, get_signature_algorithm(settings))
    assert not RequestValidator(AUTH_TOKEN).validate(webhook.target, webhook.params, signature, algorithm)


TOLD = {Status.QUEUED, Status.SENT, Status.DELIVERED, Status.UNDELIVERED, Status.FAILED, Status.CANCELED, Status.READ}


@pytest.mark.parametrize("status", Status)
def test_a_later_status_is_told_if_twilio_tells_it(status: Status) -> None:
    assert is_told(moved(status)) is (status in TOLD)


@pytest.mark.parametrize("status", Status)
def test_the_first_status_is_never_told(status: Status) -> None:
    assert not is_told(make_message(status=status, timeline=(Change(START, status),)))


@pytest.mark.parametrize("url", [None, ""])
def test_nothing_is_told_without_a_status_callback(url: str | None) -> None:
    assert not is_told(moved(Status.SENT, status_callback=url))


@pytest.mark.parametrize(
    ("status", "is_taken"), [(200, True), (204, True), (299, True), (199, False), (302, False), (500, False)]
)
def test_a_delivery_is_taken_if_the_customer_answered_with_a_2xx(status: int, is_taken: bool) -> None:
    assert Delivery(webhook=make_webhook(), answer=Answer(status=status)).is_taken is is_taken


def test_a_delivery_without_an_answer_is_not_taken() -> None:
    assert not Delivery(webhook=make_webhook(), answer=Answer(error="refused")).is_taken


def test_the_body_of_an_answer_is_not_printed() -> None:
    assert "secret" not in repr(Answer(status=200, body=b"secret"))


def test_a_get_has_its_parameters_behind_those_of_the_address() -> None:
    message, form = make_message(), (("Body", "a b"), ("From", RECIPIENT))

    one, two, post = (
        document_webhook(message, method, url, form, AuthToken(AUTH_TOKEN), "t")
        for method, url in (("GET", "http://a/?x=1#rc=2"), ("GET", "http://a/"), ("POST", "http://a/?x=1"))
    )

    assert (one.target, one.body()) == (f"http://a/?x=1&{urlencode(form)}", b"")
    assert two.target == f"http://a/?{urlencode(form)}"
    assert (post.target, post.body()) == ("http://a/?x=1", urlencode(form).encode())
    for webhook in (one, two, post):
        params = webhook.params if webhook.method == "POST" else {}
        assert RequestValidator(AUTH_TOKEN).validate(webhook.target, params, webhook.signature)
        assert sign(AUTH_TOKEN, webhook.signed) == webhook.signature


@pytest.mark.parametrize("host", ["p", "http", "h"])
def test_a_host_that_stands_in_the_name_of_the_scheme_does_not_move_the_path(host: str) -> None:
    assert make_webhook(url=f"http://{host}/status?x=1").request_target == "/status?x=1"


QUERIES = [("", "?a=1"), ("?", "?a=1"), ("?x=2", "?x=2&a=1"), ("?x=2&", "?x=2&a=1"), ("#rc=2", "?a=1")]


@pytest.mark.parametrize(("rest", "query"), QUERIES, ids=[repr(rest) for rest, _ in QUERIES])
def test_a_get_has_its_parameters_after_the_query_that_is_there(rest: str, query: str) -> None:
    webhook = replace(make_webhook(url=f"http://h/s{rest}"), method="GET", form=(("a", "1"),))

    assert (webhook.target, webhook.signed, webhook.body()) == (f"http://h/s{query}", f"http://h/s{query}", b"")
    assert "Content-Type" not in webhook.headers()


@pytest.mark.parametrize(("method", "form"), [("GET", ()), ("POST", webhook_of(moved(Status.SENT)).form)])
def test_a_webhook_that_moves_is_signed_for_its_new_address(method: str, form: Form) -> None:
    webhook = replace(webhook_of(moved(Status.SENT)), authorization="Basic x").moved_to("http://h/b?x=1", method)

    assert (webhook.form, webhook.token, webhook.authorization) == (form, "a-token", None)
    assert RequestValidator(AUTH_TOKEN).validate("http://h/b?x=1", dict(form), webhook.signature)


def test_cookies_stay_with_the_origin_that_set_them() -> None:
    webhook = replace(webhook_of(moved(Status.SENT, status_callback="http://h/a")), cookie="a=1")

    assert webhook.headers()["Cookie"] == "a=1"
    assert webhook.moved_to("http://h/b", "POST").cookie == "a=1"
    assert "Cookie" not in webhook.moved_to("http://other/", "POST").headers()


def test_a_webhook_that_nobody_signs_keeps_its_signature() -> None:
    assert make_webhook().moved_to("http://h/", "POST").signature == make_webhook().signature


ORIGINS = [
    ("http://u:p@H.test/a#rc=2", "http://h.test:80"),
    ("https://h.test/a", "https://h.test:443"),
    ("http://h:81", "http://h:81"),
    ("http://h:x/", "http://h:x/"),
]


@pytest.mark.parametrize(("url", "origin"), ORIGINS, ids=[url for url, _ in ORIGINS])
def test_an_origin_is_scheme_host_and_port(url: str, origin: str) -> None:
    assert make_webhook(url=url).origin == origin


def test_a_password_in_a_url_is_not_printed() -> None:
    webhook = replace(make_webhook(url="http://me:secret@h/"), authorization="Basic secret")

    assert "secret" not in repr(Delivery(webhook=webhook, answer=Answer(status=200), request=webhook))
    assert webhook.headers()["Authorization"] == "Basic secret"


def test_a_webhook_prints_no_parameter_and_no_signature() -> None:
    webhook = make_webhook()

    assert repr(webhook) == f"<Webhook t: status of {webhook.message_sid}, sent, POST>"


def test_a_delivery_tells_of_what_was_requested() -> None:
    webhook = webhook_of(moved(Status.SENT))
    request = webhook.moved_to("http://h/b", "GET")
    first = Delivery(webhook=webhook, answer=Answer(error="late", failure=Failure.SILENT, seconds=0.5))
    second = Delivery(webhook=webhook, answer=Answer(status=200), request=request)

    assert (first.url, first.method, first.signed, first.signature) == (
        webhook.target,
        "POST",
        webhook.signed,
        webhook.signature,
    )
    assert (second.url, second.method, second.signed) == ("http://h/b", "GET", "http://h/b")
    assert (first.failure, first.seconds, second.signature) == (Failure.SILENT, 0.5, request.signature)


def test_a_shortened_answer_says_so() -> None:
    short, long = Answer(body=b"x" * KEPT_ANSWER_BYTES), Answer(body=b"x" * (KEPT_ANSWER_BYTES + 1))

    assert short.shortened() is short
    assert long.shortened() == Answer(body=b"x" * KEPT_ANSWER_BYTES, is_cut=True)


def test_the_log_keeps_no_cookies() -> None:
    answer = Answer(status=200, body=b"ok", cookies=("session=secret", "x" * 60_000))

    assert answer.shortened() == Answer(status=200, body=b"ok")


def test_the_log_keeps_no_more_of_a_header_than_of_a_body() -> None:
    long = "x" * (KEPT_ANSWER_BYTES + 1)
    answer = Answer(status=302, body=b"ok", location=long, challenge=long, content_type=long)

    kept = answer.shortened()

    assert (kept.status, kept.body, kept.is_cut) == (302, b"ok", False)
    assert kept.location == kept.challenge == kept.content_type == "x" * KEPT_ANSWER_BYTES


def test_what_the_log_keeps_is_the_same_but_for_its_end_and_what_is_too_long() -> None:
    webhook, request = make_webhook(), make_webhook(url="http://h/other")
    long = Answer(status=200, body=b"x" * (KEPT_ANSWER_BYTES + 1))
    ended = Delivery(webhook=webhook, answer=long, attempt=2, request=request, notes=(Note("n"),))

    kept = ended.noted(7.0)

    assert (kept, kept.ended_at) == (replace(ended, answer=long.shortened()), 7.0)
    assert len(kept.answer.body) == KEPT_ANSWER_BYTES
