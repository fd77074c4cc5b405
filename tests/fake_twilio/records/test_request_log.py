"""Tests of the log of requests."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any
from urllib.parse import quote_plus

import pytest
from werkzeug import Request, Response
from werkzeug.test import Client

from fake_twilio.domain.fate.faults import ANSWERED, FAULT, Break, Fault
from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.records.request_log import (
    MAX_REQUESTS,
    REFUSED,
    LoggedRequests,
    Note,
    RequestLog,
    SeenRequest,
    recipient_digest,
)
from fake_twilio.timing.clock import ManualClock
from tests.fake_twilio.doubles import ACCOUNT_SID, RECIPIENT, START, Stopwatch

MESSAGES = f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json"
TIMES = (START, START, 0.0, 0.5)
SEEN = SeenRequest(
    began=START,
    ended=START,
    real_began=0.0,
    real_ended=0.5,
    method="POST",
    resource="Messages",
    account_sid=ACCOUNT_SID,
    recipient=recipient_digest(RECIPIENT),
    status=201,
)


def answered(
    response: Response, mark: Callable[[dict[str, Any]], object] = lambda _: None
) -> tuple[RequestLog, Client]:
    """Return a log and a client of an application that answers with *response* and leaves marks in the environment."""

    @Request.application
    def application(request: Request) -> Response:
        mark(request.environ)
        return response

    log = RequestLog(ManualClock(START).now)
    logged = LoggedRequests(application, lambda: log, Stopwatch(0.5))

    def as_from_the_wire(environ: dict[str, Any], start: Any) -> Any:  # the server hands every body over whole
        return logged({**environ, "wsgi.input": BytesIO(environ["wsgi.input"].read())}, start)

    return log, Client(as_from_the_wire)


def test_a_create_is_noted_with_its_account_and_its_recipient_as_a_digest() -> None:
    log, client = answered(Response(status=201))

    client.post(MESSAGES, data={"From": "+15005550006", "To": RECIPIENT, "Body": "hello To=nobody"})

    assert log.all() == (SEEN,)
    assert SEEN.is_create
    assert SEEN.is_answered
    assert RECIPIENT not in repr(log.all())


def test_what_it_was_told_is_noted() -> None:
    def mark(environ: dict[str, Any]) -> None:
        environ[REFUSED] = 20429
        environ[FAULT] = Fault(kind=Break.HALF_BODY)

    log, client = answered(Response(status=429, headers={"Retry-After": "7"}), mark)

    client.post(MESSAGES, data={"To": RECIPIENT})

    told = replace(SEEN, status=429, code=20429, retry_after_seconds=7.0, fault="half_body")
    assert log.all() == (told,)
    assert not told.is_answered


def test_a_slow_answer_is_one_all_the_same() -> None:
    log, client = answered(Response(), lambda environ: environ.update({FAULT: Fault(latency_seconds=1)}))

    client.get(MESSAGES)

    assert log.all()[0].is_answered


def test_an_answer_that_a_fault_delays_ends_when_the_fault_is_over() -> None:
    called: list[str] = []
    environs: list[dict[str, Any]] = []

    def mark(environ: dict[str, Any]) -> None:
        environ.update({FAULT: Fault(latency_seconds=1), ANSWERED: lambda: called.append("the other")})
        environs.append(environ)

    log, client = answered(Response(), mark)
    client.get(MESSAGES)
    before = log.all()[0].real_ended
    environs[0][ANSWERED]()

    assert (before, log.all()[0].real_ended, called) == (0.5, 1.0, ["the other"])


def test_a_slow_answer_on_the_wire_is_noted_to_its_end(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.use("slow_answers", {"latency": "200ms", "drip": "0s"})
    with fake_twilio.client() as client:
        sent = client.messages.send(to=RECIPIENT, from_="+15005550006", body="hello")
        client.messages.get(sent.sid)

    first, second = fake_twilio.requests
    assert first.real_ended - first.real_began >= 0.2
    assert second.real_began >= first.real_ended


@pytest.mark.parametrize(
    ("path", "place"),
    [
        pytest.param(f"/2010-04-01/Accounts/{ACCOUNT_SID}.json", (ACCOUNT_SID, "Accounts"), id="an account"),
        pytest.param(f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages/SM1.json", (ACCOUNT_SID, "Messages"), id="one"),
        pytest.param("/2010-04-01/Accounts.json", ("", "2010-04-01/Accounts.json"), id="all accounts"),
        pytest.param(f"/v2/PhoneNumbers/{RECIPIENT}", ("", "v2/PhoneNumbers"), id="a lookup"),
        pytest.param("/v1", ("", "v1"), id="nothing below"),
    ],
)
def test_a_place_names_no_message_and_no_number(path: str, place: tuple[str, str]) -> None:
    log, client = answered(Response())

    client.get(path)

    assert (log.all()[0].account_sid, log.all()[0].resource) == place


def test_the_fakes_own_api_is_not_noted() -> None:
    log, client = answered(Response())

    client.get("/_fake/health")

    assert log.all() == ()


def test_the_oldest_are_forgotten() -> None:
    log = RequestLog(ManualClock(START).now)

    for status in ("404 Not Found", *["201 Created"] * MAX_REQUESTS):
        log.note(Note(*TIMES, "POST", MESSAGES, quote_plus(RECIPIENT).encode(), status, None, None, None))

    assert log.all() == (SEEN,) * MAX_REQUESTS


def test_requests_on_the_wire_are_noted_with_who_is_to_hear(fake_twilio: FakeTwilioFixture) -> None:
    with fake_twilio.client() as client:
        sent = client.messages.send(to=RECIPIENT, from_="+15005550006", body="hello")
        client.messages.get(sent.sid)

    first, second = fake_twilio.requests
    assert (first.recipient, first.status, first.is_create) == (recipient_digest(RECIPIENT), 201, True)
    assert (second.recipient, second.status, second.is_create) == ("", 200, False)
