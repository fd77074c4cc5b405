"""Faults that are turned up while an app runs: clients meet them as often as was said, and else nothing changes."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator
from werkzeug import Request, Response

from fake_twilio.fixture import FakeTwilioFixture
from tests.doubles import SENDER
from twilio_sms import AmbiguousSendError, Client, Config, RateLimits, RetryPolicy, TwilioError

ONCE = Config(retry=RetryPolicy(max_attempts=1), rate_limits=RateLimits(global_rate=None, recipient_rate=None))
COUNT = 400
Send = Callable[[str], object]
pytestmark = pytest.mark.fake_twilio(scenario="carrier_reject", seed=7)


def is_met(count: int, share: float, tries: int = COUNT) -> bool:
    """Whether *count* of *tries* is a *share*, within four deviations of the binomial distribution."""
    return abs(count - share * tries) <= 4 * math.sqrt(tries * share * (1 - share))


def recipients(count: int = COUNT) -> Iterator[str]:
    return (f"+1555200{number:04}" for number in range(count))


class App:
    """An app that takes callbacks: which status of which message was told, and whether the official SDK trusts it."""

    def __init__(self, fake: FakeTwilioFixture) -> None:
        self.told: list[tuple[str, str]] = []
        self.is_trusted: list[bool] = []
        self._validator = RequestValidator(fake.auth_token)
        fake.mount("https://app.test", self)

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        request = Request(environ)
        self.told.append((request.form["MessageSid"], request.form["MessageStatus"]))
        signature = request.headers["X-Twilio-Signature"]
        self.is_trusted.append(self._validator.validate(request.url, request.form, signature))
        return Response(status=204)(environ, start)


@pytest.fixture(params=["twilio_sms", "official SDK"])
def send(request: pytest.FixtureRequest, fake_twilio: FakeTwilioFixture) -> Iterator[Send]:
    """Send a message to somebody by either client, once; its status callbacks go to an app."""
    fixed = {"from_": SENDER, "body": "hello", "status_callback": "https://app.test/status"}
    if request.param == "official SDK":
        sdk = fake_twilio.sdk()
        yield lambda to: sdk.messages.create(to=to, **fixed)
        return
    with fake_twilio.client(config=ONCE) as client:
        yield lambda to: client.messages.send(to=to, **fixed)


def outcomes(send: Send, count: int = COUNT) -> Counter[int | None]:
    """Send to many, and count what each was refused with."""
    seen: Counter[int | None] = Counter()
    for to in recipients(count):
        try:
            send(to)
            seen[None] += 1
        except (TwilioError, TwilioRestException) as error:
            seen[getattr(error, "code", 0)] += 1
    return seen


def test_a_share_of_requests_is_refused_until_it_is_turned_down(fake_twilio: FakeTwilioFixture, send: Send) -> None:
    fake_twilio.faults["too_many_requests"] = 0.05
    up = outcomes(send)
    del fake_twilio.faults["too_many_requests"]

    assert set(up) == {None, 20429}
    assert is_met(up[20429], 0.05)
    assert len(fake_twilio.messages) == up[None]
    assert outcomes(send, 50) == {None: 50}


def test_a_share_of_messages_is_undelivered_and_the_others_as_the_scenario_says(
    fake_twilio: FakeTwilioFixture, send: Send
) -> None:
    App(fake_twilio)
    fake_twilio.faults["unreachable_handset"] = 0.1
    outcomes(send)
    fake_twilio.settle()

    ends = Counter((message.rule, message.status, message.error_code) for message in fake_twilio.messages)

    struck = ends.pop(("fault: unreachable_handset", "undelivered", 30003))
    assert is_met(struck, 0.1)
    assert ends == {(None, "delivered", None): COUNT - struck}


def test_a_share_of_callbacks_is_dropped_and_the_rule_of_the_scenario_still_decides(
    fake_twilio: FakeTwilioFixture, send: Send
) -> None:
    app = App(fake_twilio)
    fake_twilio.faults["callback_drop"] = 0.2
    for number in range(COUNT // 2):
        send(f"+1555010{number:04}")
    fake_twilio.settle()

    taken = Counter((message.rule, message.status, message.error_code) for message in fake_twilio.messages)
    assert taken == {("the carrier filters +1 555 010 xxxx", "undelivered", 30007): COUNT // 2}
    assert is_met(COUNT - len(app.told), 0.2)  # two callbacks of each: sent and undelivered
    assert max(Counter(app.told).values()) == 1


def test_what_was_turned_up_is_for_the_messages_that_are_sent_then(fake_twilio: FakeTwilioFixture, send: Send) -> None:
    app = App(fake_twilio)
    send("+15552000001")
    fake_twilio.faults["callback_drop"] = 1
    send("+15552000002")
    fake_twilio.faults.clear()
    send("+15552000003")

    fake_twilio.settle()

    before, meanwhile, after = (message.sid for message in fake_twilio.messages)
    assert Counter(sid for sid, _ in app.told) == {before: 2, after: 2}
    assert meanwhile not in dict(app.told)


@pytest.mark.parametrize(
    ("fault", "seen"),
    [
        ("callback_duplicate", ["sent", "sent", "delivered", "delivered"]),
        ("callback_disorder", ["delivered", "sent"]),
    ],
)
def test_callbacks_come_twice_and_in_disorder(
    fake_twilio: FakeTwilioFixture, send: Send, fault: str, seen: list[str]
) -> None:
    app = App(fake_twilio)
    fake_twilio.faults[fault] = 1

    send("+15552000001")
    fake_twilio.settle()

    assert [status for _, status in app.told] == seen


def test_a_callback_that_is_late_is_half_a_minute_late(fake_twilio: FakeTwilioFixture, send: Send) -> None:
    app = App(fake_twilio)
    fake_twilio.faults["callback_late"] = 1

    send("+15552000001")
    fake_twilio.advance("30s")
    early = list(app.told)
    fake_twilio.settle()

    assert (early, [status for _, status in app.told]) == ([], ["sent", "delivered"])


def test_a_callback_that_is_signed_wrongly_is_not_trusted(fake_twilio: FakeTwilioFixture, send: Send) -> None:
    app = App(fake_twilio)
    send("+15552000001")
    fake_twilio.settle()
    fake_twilio.faults["callback_bad_signature"] = 1

    send("+15552000002")
    fake_twilio.settle()

    assert app.is_trusted == [True, True, False, False]


def test_an_answer_that_is_lost_leaves_one_message_and_a_client_that_says_so(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.faults["commit_then_fail"] = 1

    with fake_twilio.client() as client, pytest.raises(AmbiguousSendError):
        client.messages.send(to="+15550101234", from_=SENDER, body="hello")

    (message,) = fake_twilio.messages
    assert message.rule == "the carrier filters +1 555 010 xxxx"


def test_a_connection_that_is_reset_makes_no_message(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.faults["reset"] = 1

    with fake_twilio.client() as client, pytest.raises(TwilioError):
        client.messages.send(to="+15552000001", from_=SENDER, body="hello")

    assert fake_twilio.messages == ()


def test_shares_of_one_concern_add_up(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.faults.update(too_many_requests=0.3, server_error=0.2, unavailable=0.5)
    sdk = fake_twilio.sdk()

    seen = outcomes(lambda to: sdk.messages.create(to=to, from_=SENDER, body="hello"))

    assert None not in seen
    assert all(is_met(seen[code], share) for code, share in ((20429, 0.3), (20500, 0.2), (20503, 0.5)))


def play(fake: FakeTwilioFixture, client: Client) -> str:
    """Turn faults up and down in one world; return what happened."""
    fake.reset("carrier_reject", seed=7, start=1_767_225_600.0)
    App(fake)
    fake.faults.update(server_error=0.2, callback_drop=0.3, callback_disorder=0.3, landline=0.2)
    for place, to in enumerate(recipients(60)):
        if place == 30:
            fake.faults["server_error"] = 0
        try:
            client.messages.send(to=to, from_=SENDER, body="x", status_callback="https://app.test/status")
        except TwilioError:
            continue
    fake.settle()
    return fake.transcript()


def test_the_same_seed_and_the_same_turns_are_the_same_run(fake_twilio: FakeTwilioFixture) -> None:
    with fake_twilio.client(config=ONCE) as client:
        first = play(fake_twilio, client)

        assert play(fake_twilio, client) == first
    assert "fault: landline" in first
