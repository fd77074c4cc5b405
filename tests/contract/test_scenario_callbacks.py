"""Callbacks gone wrong, as an app sees them: order, number, time, signature and parameters."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from threading import Event
from typing import Any

import pytest
from twilio.request_validator import RequestValidator as SdkValidator
from werkzeug import Request, Response

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.scenario_files.load import parse_scenario
from tests.fake_twilio.doubles import RECIPIENT, SENDER
from twilio_sms import Client
from twilio_sms.webhooks.signature import RequestValidator

URL = "https://app.test/status"
REAL = ["sent", "delivered", "read"]
LIFE = f"[{', '.join(f'{{status: {status}, after: 1s}}' for status in ('sending', *REAL))}]"
OPTIONAL = {"SmsSid", "SmsStatus", "ApiVersion"}


class App:
    """An app that notes what it is told, when, and whether it is signed."""

    def __init__(self, fake: FakeTwilioFixture) -> None:
        self._fake = fake
        self.told: list[str] = []
        self.forms: list[dict[str, str]] = []
        self.moments: list[float] = []
        self.signed: list[bool] = []
        self.tokens: list[str] = []
        self.has_answer = False
        self.was_early: list[bool] = []
        self.is_complete = Event()  # the three statuses of a life are told

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        request = Request(environ)
        form, signature = request.form.to_dict(), request.headers["X-Twilio-Signature"]
        ours = RequestValidator(self._fake.auth_token).validate(URL, form, signature)
        assert ours == SdkValidator(self._fake.auth_token).validate(URL, form, signature)
        self.told.append(form["MessageStatus"])
        self.forms.append(form)
        self.moments.append(self._fake.now)
        self.signed.append(ours)
        self.tokens.append(request.headers["I-Twilio-Idempotency-Token"])
        self.was_early.append(not self.has_answer)
        if len(self.told) == len(REAL):
            self.is_complete.set()
        return Response(status=204)(environ, start_response)


@pytest.fixture
def app(fake_twilio: FakeTwilioFixture) -> App:
    return App(fake_twilio)


@pytest.fixture
def client(fake_twilio: FakeTwilioFixture) -> Iterator[Client]:
    with fake_twilio.client() as made:
        yield made


def play(fake: FakeTwilioFixture, app: App, callbacks: str, *, more: str = "", **options: Any) -> None:
    """Begin a world in which this happens to callbacks; the app hears of them."""
    text = f"about: x.\n{more}defaults: {{timeline: {LIFE}, callbacks: {{{callbacks}}}}}\n"
    fake.reset(parse_scenario(text), seed=options.pop("seed", 1), **options)
    fake.mount("https://app.test", app)


def send(client: Client, to: str = RECIPIENT, **options: Any) -> str:
    options = {"from_": SENDER, **options}
    return client.messages.send(to=to, body="x", status_callback=URL, **options).sid


def told(fake: FakeTwilioFixture, app: App, client: Client, **options: Any) -> list[str]:
    """Send one message and let everything happen; return what the app heard of."""
    send(client, **options)
    fake.settle("1d")
    return app.told


def test_the_last_comes_first(fake_twilio: FakeTwilioFixture, app: App, client: Client) -> None:
    play(fake_twilio, app, "order: reversed")

    assert told(fake_twilio, app, client) == REAL[::-1]


def test_each_message_has_an_order_of_its_own_and_all_of_its_callbacks(
    fake_twilio: FakeTwilioFixture, app: App, client: Client
) -> None:
    play(fake_twilio, app, "order: shuffled")
    sids = [send(client, f"+1555000{number:04}") for number in range(30)]
    fake_twilio.settle("1d")

    orders = [tuple(form["MessageStatus"] for form in app.forms if form["MessageSid"] == sid) for sid in sids]

    assert all(Counter(order) == Counter(REAL) for order in orders)
    assert len(set(orders)) > 3


def test_the_disorder_of_a_recipient_does_not_depend_on_others(
    fake_twilio: FakeTwilioFixture, app: App, client: Client
) -> None:
    seen = []

    for others in ([], ["+15550000001", "+15550000002"]):
        play(fake_twilio, app, "order: shuffled, duplicate: 0.5, drop: 0.3")
        app.forms.clear()
        for to in [*others, RECIPIENT]:
            send(client, to)
        fake_twilio.settle("1d")
        seen.append([form["MessageStatus"] for form in app.forms if form["To"] == RECIPIENT])

    assert seen[0] == seen[1]


def test_a_callback_comes_three_times_with_one_token(fake_twilio: FakeTwilioFixture, app: App, client: Client) -> None:
    play(fake_twilio, app, "duplicate: {times: 3, statuses: [sent]}")

    assert told(fake_twilio, app, client) == ["sent"] * 3 + ["delivered", "read"]
    assert Counter(Counter(app.tokens).values()) == {3: 1, 1: 2}


def test_a_callback_never_comes(fake_twilio: FakeTwilioFixture, app: App, client: Client) -> None:
    play(fake_twilio, app, "drop: [delivered]")

    assert told(fake_twilio, app, client) == ["sent", "read"]


def test_about_as_many_are_dropped_as_is_said(fake_twilio: FakeTwilioFixture, app: App, client: Client) -> None:
    play(fake_twilio, app, "drop: 0.25")
    for number in range(60):
        send(client, f"+1555000{number:04}")
    fake_twilio.settle("1d")

    assert 110 <= len(app.told) <= 160  # of 180


def test_a_callback_is_late(fake_twilio: FakeTwilioFixture, app: App, client: Client) -> None:
    play(fake_twilio, app, "late: {by: 90s, statuses: [sent]}")

    assert told(fake_twilio, app, client) == ["delivered", "read", "sent"]
    assert app.moments[-1] - app.moments[0] == pytest.approx(89, abs=0.1)


def test_what_is_late_comes_on_an_instant_clock_too(fake_twilio: FakeTwilioFixture, app: App, client: Client) -> None:
    play(fake_twilio, app, "late: {by: 20h, statuses: [sent]}", clock="instant")

    send(client)

    assert app.is_complete.wait(10)
    assert app.told == ["delivered", "read", "sent"]


def test_dropped_goes_before_doubled_and_late(fake_twilio: FakeTwilioFixture, app: App, client: Client) -> None:
    play(fake_twilio, app, "drop: [sent], duplicate: 2, late: 10s")

    assert told(fake_twilio, app, client) == ["delivered", "delivered", "read", "read"]


@pytest.mark.parametrize("service", [False, True], ids=["a number", "a service"])
def test_a_callback_comes_before_the_answer(
    fake_twilio: FakeTwilioFixture, app: App, client: Client, service: bool
) -> None:
    play(fake_twilio, app, "before_response: true")
    sender = {"from_": None, "messaging_service_sid": "MG" + "0e" * 16} if service else {}

    send(client, **sender)
    app.has_answer = True
    fake_twilio.settle()

    assert app.told == (["queued", *REAL] if service else REAL)
    assert app.was_early == [True] + [False] * (len(app.told) - 1)


def test_a_scheduled_message_is_not_sent_before_its_time(
    fake_twilio: FakeTwilioFixture, app: App, client: Client
) -> None:
    play(fake_twilio, app, "before_response: true")
    at = datetime.fromtimestamp(fake_twilio.now + 3_600, UTC)

    send(client, from_=None, messaging_service_sid="MG" + "0e" * 16, send_at=at)

    assert (app.told, fake_twilio.messages[0].status) == ([], "scheduled")


@pytest.mark.parametrize("order", ["reversed", "shuffled"])
def test_callbacks_that_wait_come_when_the_message_is_canceled(
    fake_twilio: FakeTwilioFixture, app: App, client: Client, order: str
) -> None:
    play(fake_twilio, app, f"order: {order}")
    at = datetime.fromtimestamp(fake_twilio.now + 3_600, UTC)
    sid = send(client, from_=None, messaging_service_sid="MG" + "0e" * 16, send_at=at)

    client.messages.cancel(sid)
    fake_twilio.settle("2d")

    assert app.told == ["canceled"]


def test_after_the_last_an_earlier_one_comes_once_more(
    fake_twilio: FakeTwilioFixture, app: App, client: Client
) -> None:
    play(fake_twilio, app, "regress: true")

    assert told(fake_twilio, app, client)[:3] == REAL
    assert app.told[3:] in (["sent"], ["delivered"])


def test_a_signature_is_wrong_and_the_others_are_right(
    fake_twilio: FakeTwilioFixture, app: App, client: Client
) -> None:
    play(fake_twilio, app, "bad_signature: [sent]")

    told(fake_twilio, app, client)

    assert dict(zip(app.told, app.signed, strict=True)) == {"sent": False, "delivered": True, "read": True}


def test_there_are_parameters_that_nobody_knows_and_they_are_signed(
    fake_twilio: FakeTwilioFixture, app: App, client: Client
) -> None:
    play(fake_twilio, app, "")
    told(fake_twilio, app, client)
    usual = {name for form in app.forms for name in form}
    play(fake_twilio, app, "extra_parameters: true")

    told(fake_twilio, app, client)

    assert all(set(form) - usual for form in app.forms[-3:])
    assert all(app.signed)


def test_there_are_not_the_parameters_that_may_be_missing(
    fake_twilio: FakeTwilioFixture, app: App, client: Client
) -> None:
    play(fake_twilio, app, "missing_optional: {statuses: [delivered]}")

    told(fake_twilio, app, client)

    assert [not OPTIONAL & set(form) for form in app.forms] == [False, True, False]
    assert all(app.signed)


def test_what_was_done_is_noted(fake_twilio: FakeTwilioFixture, app: App, client: Client) -> None:
    play(fake_twilio, app, "drop: [sent], duplicate: {statuses: [read]}, bad_signature: [delivered]")
    sid = send(client)
    fake_twilio.settle()

    noted = {(one.what, one.message_sid) for one in fake_twilio.incidents if one.sort == "callback"}

    assert noted >= {(what, sid) for what in ("drop", "duplicate", "bad_signature")}


def test_a_message_that_is_forgotten_tells_nothing_more(
    fake_twilio: FakeTwilioFixture, app: App, client: Client
) -> None:
    play(fake_twilio, app, "order: reversed")
    send(client)
    fake_twilio.advance("2500ms")

    fake_twilio.forget()
    fake_twilio.settle()

    assert app.told == []


def test_messages_under_way_keep_their_mischief_when_another_scenario_takes_over(
    fake_twilio: FakeTwilioFixture, app: App, client: Client
) -> None:
    play(fake_twilio, app, "order: reversed")
    send(client)

    fake_twilio.use("delivered")
    fake_twilio.settle()

    assert app.told == REAL[::-1]
