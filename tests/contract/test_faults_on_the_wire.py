"""Faults of the connection as requests and our client see them: what they prove, and that nothing goes out twice."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
import requests

from fake_twilio.domain.fate.faults import DAMAGES_ANSWER, FAULT, REPLACES_ANSWER, Break, Fault
from fake_twilio.fixture import FakeTwilioFixture
from tests.doubles import RECIPIENT, SENDER
from twilio_sms import (
    AcceptedWithoutSidError,
    AmbiguousSendError,
    Client,
    Config,
    RetryPolicy,
    Status,
    Timeouts,
    TwilioError,
)
from twilio_sms.verdict import Phase, Verdict

QUICK = RetryPolicy(base_seconds=0.01)
IMPATIENT = Config(timeouts=Timeouts(read_seconds=0.5), retry=QUICK)
LATE = Fault(latency_seconds=30.0)
SLOW = [Fault(latency_seconds=0.1), Fault(drip_seconds=0.1)]
LOST = [Fault(kind=kind) for kind in (Break.RESET, Break.CLOSE, Break.HANG, Break.GARBAGE)]
UNREADABLE = [Fault(kind=kind) for kind in (Break.HALF_BODY, Break.WRONG_LENGTH, Break.MALFORMED_JSON)]
NEVER = (LOST[2], LATE)  # what ends only by the client's own timeout
PAGES = [Fault(kind=Break.HTML, status=status) for status in (500, 502, 503, 504)]


def named(value: object) -> str | None:
    return str(value.kind or "slow") if isinstance(value, Fault) else None


class Faulty:
    """The fake, with a fault for the next request; it judges how many requests came."""

    def __init__(self) -> None:
        self.fake = FakeTwilioFixture(clock="manual")
        self._inner = self.fake._server.app
        self._server = self.fake._server
        self._server.app = self
        self._server.before_reading = self._begin
        self.fault: Fault | None = None
        self.begun = 0
        self.answered = 0

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        self.answered += 1
        answer = self._inner(environ, start)
        if self.fault is not None:
            environ[FAULT], self.fault = self.fault, None
        return answer

    def _begin(self) -> Fault | None:
        self.begun += 1
        return self.fault


@pytest.fixture
def faulty() -> Iterator[Faulty]:
    made = Faulty()
    with made.fake:
        yield made


@pytest.fixture(params=["new", "kept"])
def client(faulty: Faulty, request: pytest.FixtureRequest) -> Iterator[Client]:
    """Yield a client that has not called yet, or one that keeps a connection."""
    fault = request.node.callspec.params.get("fault")
    with faulty.fake.client(config=IMPATIENT if fault in NEVER else Config(retry=QUICK)) as made:
        if request.param == "kept":
            list(made.messages.list())
            faulty.begun = faulty.answered = 0
        yield made


def send(client: Client) -> Any:
    return client.messages.send(to=RECIPIENT, from_=SENDER, body="hello")


def failure(client: Client) -> TwilioError:
    with pytest.raises(TwilioError) as failed:
        send(client)
    return failed.value


def test_every_fault_is_tried_here() -> None:
    tried = {fault.kind for fault in (*LOST, *UNREADABLE, *PAGES)}

    assert tried == DAMAGES_ANSWER | REPLACES_ANSWER == set(Break) - {Break.RESET_BEFORE_READING}


@pytest.mark.parametrize("fault", [*LOST, LATE], ids=named)
def test_a_send_without_an_answer_is_unknown_and_not_repeated(faulty: Faulty, client: Client, fault: Fault) -> None:
    faulty.fault = fault

    error = failure(client)

    assert type(error) is AmbiguousSendError
    assert (error.verdict, error.phase, error.repeatable) == (Verdict.UNKNOWN, Phase.SENT, False)
    assert faulty.begun == faulty.answered == len(faulty.fake.messages) == 1


@pytest.mark.parametrize("fault", PAGES, ids=named)
def test_a_proxys_page_proves_nothing(faulty: Faulty, client: Client, fault: Fault) -> None:
    faulty.fault = fault

    error = failure(client)

    assert type(error) is AmbiguousSendError
    assert (error.verdict, error.status, error.code) == (Verdict.UNKNOWN, fault.status, None)
    assert faulty.begun == len(faulty.fake.messages) == 1


@pytest.mark.parametrize("fault", UNREADABLE, ids=named)
def test_a_damaged_201_says_that_it_was_accepted(faulty: Faulty, client: Client, fault: Fault) -> None:
    faulty.fault = fault

    error = failure(client)

    assert type(error) is AcceptedWithoutSidError
    assert (error.verdict, error.status, error.repeatable) == (Verdict.ACCEPTED, 201, False)
    assert faulty.begun == len(faulty.fake.messages) == 1


@pytest.mark.parametrize("fault", SLOW, ids=named)
def test_a_slow_answer_is_one(faulty: Faulty, client: Client, fault: Fault) -> None:
    faulty.fault = fault

    assert send(client).status is Status.QUEUED
    assert faulty.begun == 1


def test_a_reset_before_reading_is_never_taken_for_an_answer(faulty: Faulty, client: Client) -> None:
    faulty.fault = Fault(kind=Break.RESET_BEFORE_READING)

    error = failure(client)

    assert error.verdict in (Verdict.NOT_SENT, Verdict.UNKNOWN)  # by how much had left when the reset came
    assert (faulty.begun, faulty.answered, faulty.fake.messages) == (1, 0, ())


@pytest.mark.parametrize("fault", [*LOST, *UNREADABLE, *PAGES], ids=named)
def test_after_a_fault_the_next_send_goes_well(faulty: Faulty, client: Client, fault: Fault) -> None:
    faulty.fault = fault
    failure(client)

    sent = send(client)

    assert sent.sid == faulty.fake.messages[-1].sid
    assert faulty.begun == 2


@pytest.mark.parametrize("fault", [LOST[0], PAGES[2]], ids=named)
def test_a_read_that_failed_is_repeated(faulty: Faulty, client: Client, fault: Fault) -> None:
    faulty.fault = fault

    assert list(client.messages.list()) == []
    assert faulty.begun == 2


def post(faulty: Faulty) -> requests.Response:
    fake = faulty.fake
    with requests.Session() as session:
        session.trust_env = False
        return session.post(
            f"{fake.url}/2010-04-01/Accounts/{fake.account_sid}/Messages.json",
            data={"To": RECIPIENT, "From": SENDER, "Body": "hello"},
            auth=(fake.account_sid, fake.auth_token),
            timeout=0.5 if faulty.fault == LOST[2] else 10,
        )


@pytest.mark.parametrize(
    ("kind", "error", "told"),
    [
        (Break.RESET, requests.ConnectionError, "ConnectionResetError"),
        (Break.CLOSE, requests.ConnectionError, "RemoteDisconnected"),
        (Break.HANG, requests.ReadTimeout, "timed out"),
        (Break.GARBAGE, requests.ConnectionError, "BadStatusLine"),
        (Break.HALF_BODY, requests.exceptions.ChunkedEncodingError, "IncompleteRead"),
        (Break.WRONG_LENGTH, requests.exceptions.ChunkedEncodingError, "64 more expected"),
    ],
)
def test_requests_raises(faulty: Faulty, kind: Break, error: type[Exception], told: str) -> None:
    faulty.fault = Fault(kind=kind)

    with pytest.raises(error, match=told):
        post(faulty)

    assert faulty.begun == len(faulty.fake.messages) == 1


def test_requests_reads_an_answer_that_is_no_json(faulty: Faulty) -> None:
    faulty.fault = Fault(kind=Break.MALFORMED_JSON)

    answer = post(faulty)

    assert answer.status_code == 201
    with pytest.raises(requests.exceptions.JSONDecodeError):
        answer.json()


def test_requests_reads_a_proxys_page(faulty: Faulty) -> None:
    faulty.fault = Fault(kind=Break.HTML, status=503)

    answer = post(faulty)

    assert (answer.status_code, answer.headers["Content-Type"]) == (503, "text/html")
    assert "Twilio-Request-Id" not in answer.headers
    assert len(faulty.fake.messages) == 1


def test_what_was_lost_lives_on(faulty: Faulty, client: Client) -> None:
    faulty.fault = Fault(kind=Break.RESET)
    failure(client)

    faulty.fake.settle()

    (message,) = client.messages.list()
    assert message.status is Status.DELIVERED
