"""Tests of the attempts to deliver one webhook: retries, redirects and challenges, by script and over the network."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer
from twilio.request_validator import RequestValidator
from werkzeug import Request, Response

from fake_twilio.delivery.attempts import Attempts
from fake_twilio.delivery.outbound import Outbound
from fake_twilio.delivery.webhook import Answer, Delivery, Webhook, status_webhook
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.messages.message import Change
from fake_twilio.domain.webhooks.retries import Failure
from fake_twilio.domain.webhooks.signature import sign
from fake_twilio.domain.webhooks.signer import AuthToken
from fake_twilio.timing.clock import monotonic
from tests.fake_twilio.customers import (
    WHOLE,
    Behaviour,
    answer,
    customer,
    drip,
    reset,
    stay_silent,
    stay_silent_at_once,
    stop_in_the_middle,
)
from tests.fake_twilio.doubles import AUTH_TOKEN, START, make_message

URL = "http://app.test/status"
OK = Answer(status=200, seconds=0.1)


def webhook_to(url: str) -> Webhook:
    """Return a signed status callback."""
    timeline = (Change(START, Status.QUEUED), Change(START, Status.SENT))
    message = make_message(status=Status.SENT, timeline=timeline, status_callback=url)
    return status_webhook(message, AuthToken(AUTH_TOKEN), "a-token")


class Script:
    """A sender that gives the answers of a list, the last one again and again, and notes what it was asked."""

    def __init__(self, *answers: Answer) -> None:
        self._answers = answers
        self.asked: list[Webhook] = []

    def post(self, webhook: Webhook) -> Answer:
        self.asked.append(webhook)
        return self._answers[min(len(self.asked), len(self._answers)) - 1]


def deliver(script: Script, url: str = URL) -> list[Delivery]:
    return list(Attempts(script).of(webhook_to(url)))


def failed(failure: Failure, seconds: float = 0.1) -> Answer:
    return Answer(failure=failure, error="a reason", seconds=seconds)


# Twilio, "Webhook connection overrides": one retry, of a failed connection, unless the URL says otherwise.
@pytest.mark.parametrize(
    ("first", "requests"),
    [
        (OK, 1),
        (failed(Failure.CONNECT), 2),
        (failed(Failure.SILENT), 1),
        (failed(Failure.BROKEN), 1),
        (failed(Failure.PARTIAL), 1),
        (failed(Failure.REFUSED), 1),
        (Answer(status=404), 1),
        (Answer(status=500), 1),
        (Answer(status=304), 1),
    ],
    ids=lambda value: str(getattr(value, "failure", None) or getattr(value, "status", value)),
)
def test_by_default_a_failed_connection_is_tried_once_more_and_nothing_else(first: Answer, requests: int) -> None:
    script = Script(first, OK)

    deliveries = deliver(script)

    assert (len(deliveries), len(script.asked)) == (requests, requests)
    assert deliveries[0].answer == first


# Twilio, "Webhook connection overrides": attempts = rc + 1.
@pytest.mark.parametrize(("rc", "requests"), [(0, 1), (1, 2), (5, 6), (9, 6)])
def test_there_are_as_many_retries_as_the_url_says(rc: int, requests: int) -> None:
    deliveries = deliver(Script(Answer(status=503)), f"{URL}#rc={rc}&rp=5xx")

    assert [delivery.attempt for delivery in deliveries] == list(range(1, requests + 1))


@pytest.mark.parametrize("rp", ["4xx", "rt", "all"])
@pytest.mark.parametrize("outcome", [Answer(status=429), failed(Failure.SILENT)], ids=["429", "silent"])
def test_a_retry_policy_says_what_is_tried_again(rp: str, outcome: Answer) -> None:
    is_named = rp == "all" or (rp == "4xx") is (outcome.status == 429)

    assert len(deliver(Script(outcome, OK), f"{URL}#rp={rp}")) == (2 if is_named else 1)


def test_a_partial_response_is_never_tried_again() -> None:
    assert len(deliver(Script(failed(Failure.PARTIAL)), f"{URL}#rc=5&rp=all")) == 1


# Twilio, "Webhook connection overrides": tt is the total time, retries included.
def test_all_attempts_together_stay_within_the_total_time() -> None:
    script = Script(failed(Failure.CONNECT, seconds=2.0))

    assert len(deliver(script, f"{URL}#rc=5&tt=5000")) == 3
    assert [asked.limits.total_seconds for asked in script.asked] == [5.0, 3.0, 1.0]


def test_a_redirect_is_not_followed_when_the_time_is_over() -> None:
    moved = Answer(status=302, location="/elsewhere", seconds=0.5)

    assert len(deliver(Script(moved, OK), f"{URL}#tt=500")) == 1


def test_each_attempt_carries_the_same_token_and_the_limits_of_the_url() -> None:
    script = Script(Answer(status=500))

    deliver(script, f"{URL}#rc=2&rp=5xx&ct=200&rt=300")

    assert [(asked.token, asked.limits.connect_seconds, asked.limits.read_seconds) for asked in script.asked] == [
        ("a-token", 0.2, 0.3)
    ] * 3


def test_what_is_wrong_with_the_overrides_stands_with_the_delivery() -> None:
    (delivery,) = deliver(Script(OK), f"{URL}#rp=never")

    assert [note.code for note in delivery.notes] == [11243]


def test_a_redirect_begins_anew_with_each_retry() -> None:
    moved = Answer(status=307, location="/b")
    script = Script(moved, Answer(status=500), moved, OK)

    deliveries = deliver(script, f"{URL}#rp=5xx")

    assert [(delivery.attempt, urlsplit(delivery.url).path) for delivery in deliveries] == [
        (1, "/status"),
        (1, "/b"),
        (2, "/status"),
        (2, "/b"),
    ]


# Twilio's error dictionary, 11215: HTTP too many redirects.
def test_after_five_redirects_the_next_one_is_a_failure() -> None:
    deliveries = deliver(Script(Answer(status=307, location="/again")), f"{URL}#rc=3&rp=all")

    assert len(deliveries) == 6
    assert [delivery.failure for delivery in deliveries] == [None] * 5 + [Failure.REDIRECTS]
    assert (deliveries[-1].answer.status, deliveries[-1].answer.error) == (307, "redirected more than 5 times")


def test_five_redirects_are_followed() -> None:
    moved = Answer(status=302, location="/again")

    assert deliver(Script(*[moved] * 5, OK))[-1].is_taken


@pytest.mark.parametrize("header", [None, "Bearer", 'Basic realm="x"'])
def test_a_401_is_an_answer_without_a_user_in_the_url(header: str | None) -> None:
    assert len(deliver(Script(Answer(status=401, challenge=header), OK))) == 1


@pytest.mark.parametrize("header", [None, "Bearer"])
def test_a_401_without_a_challenge_that_is_known_is_an_answer(header: str | None) -> None:
    assert len(deliver(Script(Answer(status=401, challenge=header), OK), "http://me:pw@app.test/")) == 1


def test_a_password_that_is_refused_is_not_given_again() -> None:
    script = Script(Answer(status=401, challenge="Basic"))

    deliveries = deliver(script, "http://me:pw@app.test/")

    assert [asked.authorization for asked in script.asked] == [None, "Basic bWU6cHc="]
    assert [delivery.answer.status for delivery in deliveries] == [401, 401]


def test_a_password_is_not_given_to_where_a_redirect_leads() -> None:
    challenge = Answer(status=401, challenge="Basic")
    script = Script(challenge, Answer(status=307, location="http://other.test/"), challenge, OK)

    deliveries = deliver(script, "http://me:pw@app.test/")

    assert [asked.authorization for asked in script.asked] == [None, "Basic bWU6cHc=", None]
    assert not deliveries[-1].is_taken


def test_a_password_stands_in_no_record() -> None:
    script = Script(Answer(status=401, challenge="Basic"), OK)

    deliveries = deliver(script, "http://me:pw@app.test/")

    assert [delivery.url for delivery in deliveries] == ["http://app.test/"] * 2
    assert not [text for text in ("pw", "bWU6cHc=") if text in repr(deliveries)]
    assert all("pw" not in delivery.signed for delivery in deliveries)


ANSWERS = [OK, Answer(status=404), Answer(status=500), Answer(status=307, location="/x"), *map(failed, Failure)]


@given(st.lists(st.sampled_from(ANSWERS), min_size=1, max_size=12), st.integers(0, 5), st.sampled_from(["ct", "all"]))
def test_there_are_never_more_attempts_than_the_url_says(answers: list[Answer], rc: int, rp: str) -> None:
    deliveries = deliver(Script(*answers), f"{URL}#rc={rc}&rp={rp}")

    assert deliveries[-1].attempt <= rc + 1
    assert sum(delivery.seconds for delivery in deliveries) < 15 + 0.2
    assert {delivery.webhook.token for delivery in deliveries} == {"a-token"}


@pytest.fixture
def outbound() -> Iterator[Outbound]:
    made = Outbound(connections=2, monotonic=monotonic)
    yield made
    made.close()


# Over the network: what happens there, its kind, and how often it is tried; times in milliseconds.
NETWORK: list[tuple[str, str, Behaviour, Failure | None, int]] = [
    ("no TLS within ct", "#ct=100&rc=2", stay_silent_at_once, Failure.CONNECT, 3),
    ("no first byte within rt", "#rt=100", stay_silent, Failure.SILENT, 1),
    ("no first byte within rt, rp=rt", "#rt=100&rp=rt", stay_silent, Failure.SILENT, 2),
    ("a pause longer than rt", "#rt=100&rp=all", stop_in_the_middle, Failure.PARTIAL, 1),
    ("a drip for longer than tt", "#tt=200&rp=all", drip, Failure.PARTIAL, 1),
    ("silence for longer than tt", "#tt=100&rp=all", stay_silent, Failure.SILENT, 1),
    ("a reset", "#rc=1", reset, Failure.BROKEN, 1),
    ("a reset, rp=all", "#rc=2&rp=all", reset, Failure.BROKEN, 3),
    ("an end", "#rp=all", answer(b""), Failure.BROKEN, 2),
    ("no HTTP", "#rp=all", answer(b"hello\r\n\r\n"), Failure.PARTIAL, 1),
    ("a 500", "", answer(b"HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n"), None, 1),
    ("a 500, rp=5xx", "#rp=5xx", answer(b"HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n"), None, 2),
]


@pytest.mark.parametrize(
    ("overrides", "behaviour", "failure", "requests"), [row[1:] for row in NETWORK], ids=[row[0] for row in NETWORK]
)
def test_what_happens_on_the_wire_is_told_and_tried_as_the_url_says(
    outbound: Outbound, overrides: str, behaviour: Behaviour, failure: Failure | None, requests: int
) -> None:
    scheme = "https" if behaviour is stay_silent_at_once else "http"

    with customer(behaviour) as server:
        deliveries = list(Attempts(outbound).of(webhook_to(server.url(f"/status{overrides}", scheme))))

    assert [delivery.failure for delivery in deliveries] == [failure] * requests
    assert server.connections == requests


def test_a_second_attempt_may_bring_it_through_with_the_same_token(outbound: Outbound) -> None:
    with customer(stay_silent, reset, answer(WHOLE)) as server:
        deliveries = list(Attempts(outbound).of(webhook_to(server.url("/status#rc=5&rp=all&rt=100"))))

    assert [delivery.is_taken for delivery in deliveries] == [False, False, True]
    heads = [head for head, _ in server.requests]
    assert [head.count("I-Twilio-Idempotency-Token: a-token") for head in heads] == [1, 1, 1]
    assert len(set(server.requests)) == 1


def test_a_drip_does_not_outlast_the_total_time(outbound: Outbound) -> None:
    with customer(drip) as server:
        deliveries = list(Attempts(outbound).of(webhook_to(server.url("/status#tt=150&rt=15000"))))

    assert 0.15 <= sum(delivery.seconds for delivery in deliveries) < 5


def is_genuine(request: Request) -> bool:
    """Whether the official SDK accepts *request* at the address it came to."""
    url = f"{request.host_url.rstrip('/')}{request.environ['REQUEST_URI']}"
    form = dict(parse_qsl(request.data.decode(), keep_blank_values=True))
    return RequestValidator(AUTH_TOKEN).validate(url, form, request.headers["X-Twilio-Signature"])


def seen(httpserver: HTTPServer, answering: Callable[[Request], Response]) -> list[Request]:
    """Let *httpserver* answer everything; return the list that its requests go to."""
    requests: list[Request] = []

    def handle(request: Request) -> Response:
        request.get_data()
        requests.append(request)
        return answering(request)

    httpserver.expect_request(re.compile(".*")).respond_with_handler(handle)
    return requests


@pytest.mark.parametrize(("status", "method"), [(301, "GET"), (302, "GET"), (303, "GET"), (307, "POST")])
def test_a_redirect_is_followed_and_signed_anew(
    httpserver: HTTPServer, outbound: Outbound, status: int, method: str
) -> None:
    def answering(request: Request) -> Response:
        if request.path == "/status":
            return Response("", status, {"Location": "/b?x=it's"})
        return Response("ok")

    requests = seen(httpserver, answering)

    deliveries = list(Attempts(outbound).of(webhook_to(httpserver.url_for("/status?y=1#rc=0"))))

    assert [request.method for request in requests] == ["POST", method]
    assert bool(requests[1].data) is (method == "POST")
    assert [is_genuine(request) for request in requests] == [True, True]
    assert [(delivery.url, delivery.method, delivery.answer.status) for delivery in deliveries] == [
        (httpserver.url_for("/status?y=1"), "POST", status),
        (httpserver.url_for("/b?x=it's"), method, 200),
    ]
    assert all(sign(AUTH_TOKEN, delivery.signed) == delivery.signature for delivery in deliveries)


@pytest.mark.parametrize("place", ["http://192.0.2.1/", "ftp://127.0.0.1/", "http://127.0.0.1:99999/"])
def test_a_redirect_to_what_may_not_be_called_is_refused(outbound: Outbound, place: str) -> None:
    moved = f"HTTP/1.1 307 X\r\nLocation: {place}\r\nContent-Length: 0\r\n\r\n"

    with customer(answer(moved.encode())) as server:
        deliveries = list(Attempts(outbound).of(webhook_to(server.url("/status#rc=5&rp=all"))))

    assert [delivery.failure for delivery in deliveries] == [None, Failure.REFUSED]
    assert server.connections == 1


def test_a_location_that_is_no_address_is_an_ordinary_answer() -> None:
    deliveries = deliver(Script(Answer(status=302, location="http://[::1/"), OK))

    assert [(delivery.answer.status, delivery.failure) for delivery in deliveries] == [(302, None)]


@pytest.mark.parametrize("status", [300, 304, 305, 308])
def test_another_3xx_is_an_ordinary_answer(httpserver: HTTPServer, outbound: Outbound, status: int) -> None:
    requests = seen(httpserver, lambda _request: Response("", status, {"Location": "/b"}))

    (delivery,) = Attempts(outbound).of(webhook_to(httpserver.url_for("/status#rp=all")))

    assert (delivery.answer.status, delivery.failure, len(requests)) == (status, None, 1)


def test_a_get_has_its_parameters_in_the_query_and_is_signed_with_it(
    httpserver: HTTPServer, outbound: Outbound
) -> None:
    requests = seen(httpserver, lambda _request: Response("ok"))
    form = (("Body", "it's & that"), ("To", "+1555"))
    made = Webhook(
        message_sid="SM1",
        status=Status.RECEIVED,
        method="GET",
        url=httpserver.url_for("/status?x=1#rc=0"),
        form=form,
        signature="",
        token="t",
        sign=partial(sign, AUTH_TOKEN),
    )

    list(Attempts(outbound).of(made.signed_anew()))

    (request,) = requests
    assert (request.method, request.data, request.content_type) == ("GET", b"", None)
    assert tuple(request.args.items(multi=True)) == (("x", "1"), *form)
    assert is_genuine(request)


CHALLENGES = {
    "Basic": 'Basic realm="x"',
    "MD5": 'Digest realm="x", nonce="n", qop="auth", opaque="o"',
    "SHA-256": 'Basic realm="x", Digest realm="x", nonce="n", qop="auth", algorithm=SHA-256',
}


@pytest.mark.parametrize("challenge", CHALLENGES.values(), ids=CHALLENGES.keys())
def test_user_and_password_answer_a_challenge(httpserver: HTTPServer, outbound: Outbound, challenge: str) -> None:
    def answering(request: Request) -> Response:
        return Response("ok") if request.authorization else Response("", 401, {"WWW-Authenticate": challenge})

    requests = seen(httpserver, answering)
    url = httpserver.url_for("/status?x=1").replace("http://", "http://me:p%40w@")

    deliveries = list(Attempts(outbound).of(webhook_to(url)))

    assert [delivery.answer.status for delivery in deliveries] == [401, 200]
    assert [delivery.attempt for delivery in deliveries] == [1, 1]
    assert [is_genuine(request) for request in requests] == [True, True]
    given = requests[1].authorization
    assert given is not None
    assert (given.username, given.password, given.uri) in (("me", "p@w", None), ("me", None, "/status?x=1"))
