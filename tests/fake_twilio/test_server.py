"""The fake as a whole, held by hand: clocks, resets, scenarios, and its end."""

import contextlib
import gc
import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import requests
from pytest_httpserver import HTTPServer
from twilio.request_validator import RequestValidator, get_signature_algorithm
from werkzeug import Request, Response

from fake_twilio import FakeTwilio, ScenarioError, load_scenario
from fake_twilio.delivery.mounts import Application
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.fate.outcome import refuses
from fake_twilio.domain.webhooks.signer import SigningKey
from fake_twilio.domain.webhooks.targets import TargetRefused
from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.scenario_files.load import parse_scenario
from fake_twilio.server import ClockKind
from fake_twilio.timing.timekeeper import TimeError
from tests.doubles import RECIPIENT, SENDER, HangingEndpoint

TAKEN = Response(status=204)
EARLY = """
about: The first callback comes before the answer.
defaults:
  timeline: [{status: sent, after: 1s}]
  callbacks: {before_response: true}
"""


def create(fake: FakeTwilio, callback: str | None = None, to: str = RECIPIENT) -> str:
    form = {"To": to, "From": SENDER, "Body": "x"} | ({"StatusCallback": callback} if callback else {})
    path = f"{fake.url}/2010-04-01/Accounts/{fake.account_sid}/Messages.json"
    response = requests.post(path, data=form, auth=(fake.account_sid, fake.auth_token), timeout=5)
    return str(response.json()["sid"])


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(lambda _request: Response("oh no", status=500), id="500"),
        pytest.param(lambda _request: Response(b"x" * 10_000_000), id="10 MB"),
        pytest.param(lambda _request: 1 / 0, id="an app that breaks"),
    ],
)
def test_an_app_that_fails_costs_nothing_but_its_own_delivery(
    fake_twilio: FakeTwilioFixture, httpserver: HTTPServer, answer: Callable[[Request], Response]
) -> None:
    httpserver.expect_request("/status").respond_with_handler(answer)
    create(fake_twilio, httpserver.url_for("/status"))

    fake_twilio.settle()
    httpserver.clear_assertions()
    httpserver.clear_handler_errors()

    assert fake_twilio.messages[0].status is Status.DELIVERED
    assert [delivery.answer.status for delivery in fake_twilio.callbacks] in ([500, 500], [200, 200])


def test_a_refusing_port_is_recorded_and_the_message_goes_on(fake_twilio: FakeTwilioFixture) -> None:
    create(fake_twilio, "http://127.0.0.1:9/status")

    fake_twilio.settle()

    assert fake_twilio.messages[0].status is Status.DELIVERED
    assert ["refused" in (delivery.answer.error or "") for delivery in fake_twilio.callbacks] == [True] * 4
    assert [delivery.attempt for delivery in fake_twilio.callbacks] == [1, 2, 1, 2]  # Twilio: one retry by default


def test_a_target_outside_this_machine_is_never_called(fake_twilio: FakeTwilioFixture) -> None:
    create(fake_twilio, "http://192.0.2.1/status")

    fake_twilio.settle()

    assert [delivery.answer.error for delivery in fake_twilio.callbacks] == [
        "callbacks may not go to 192.0.2.1: 192.0.2.1 is not allowed; "
        "--callback-allow or FakeTwilio(callback_allow=...) would allow it"
    ] * 2


def test_the_fake_does_not_call_itself(fake_twilio: FakeTwilioFixture) -> None:
    create(fake_twilio, f"{fake_twilio.url}/status")
    create(fake_twilio, f"http://localhost:{fake_twilio.port}/status")

    fake_twilio.settle()

    assert len(fake_twilio.callbacks) == 4
    assert {(delivery.answer.error or "").partition(" is ")[2] for delivery in fake_twilio.callbacks} == {
        "this fake itself"
    }
    assert fake_twilio.unknown_routes == {}


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"callback_allow": ("10.0.0.0/33",)}, "10.0.0.0/33"),
        ({"callback_allow": ("169.254.0.0/16",)}, "never"),
        ({"callback_allow": ("8.8.8.0/24",)}, "callback_allow_public"),
    ],
    ids=["no network", "never", "public"],
)
def test_what_may_not_be_allowed_is_refused_at_once(options: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        FakeTwilio(**options)


@pytest.mark.parametrize(
    ("options", "error"),
    [({"callback_allow": ("192.168.0.0/16",)}, None), ({"callback_allow_public": True}, "callback_allow")],
    ids=["network", "public"],
)
def test_an_option_allows_other_targets(options: dict[str, Any], error: str | None) -> None:
    fake = FakeTwilio(clock="manual", **options)
    targets = fake._outbound._targets
    fake.stop()

    if error is None:
        targets.check("192.168.1.1", 80, ["192.168.1.1"])
    else:
        targets.check("8.8.8.8", 80, ["8.8.8.8"])
        with pytest.raises(TargetRefused, match=error):
            targets.check("192.168.1.1", 80, ["192.168.1.1"])


def test_a_shared_key_signs_until_it_is_revoked_or_the_world_is_reset(
    fake_twilio: FakeTwilioFixture, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/status").respond_with_data("")
    old, new = SigningKey("webhooks_sharedkey_1", "first"), SigningKey("webhooks_sharedkey_2", "second", "HMAC_SHA1")

    signed_by = []
    for change in (lambda: None, lambda: fake_twilio.share_key(old), lambda: fake_twilio.share_key(new)):
        change()
        signed_by.append((last_callback(fake_twilio, httpserver), fake_twilio.signing_keys))
    fake_twilio.revoke_key(new.id)
    signed_by.append((last_callback(fake_twilio, httpserver), fake_twilio.signing_keys))
    fake_twilio.reset()

    assert signed_by == [(None, ()), (old, (old,)), (new, (old, new)), (old, (old,))]
    assert (last_callback(fake_twilio, httpserver), fake_twilio.signing_keys) == (None, ())


def last_callback(fake: FakeTwilio, httpserver: HTTPServer) -> SigningKey | None:
    """Send a message; return the key that signed its last callback as the SDK sees it, none if it was the token."""
    create(fake, httpserver.url_for("/status"))
    fake.settle()
    request = httpserver.log[-1][0]
    settings = request.headers.get("X-Twilio-Webhooks-Signature-Settings")
    names = [key for key in fake.signing_keys if settings and settings.startswith(f"key={key.id},")]
    secret = names[0].secret if names else fake.auth_token
    given, algorithm = request.headers["X-Twilio-Signature"], get_signature_algorithm(settings)
    assert RequestValidator(secret).validate(request.url, request.form, given, algorithm)
    return names[0] if names else None


def test_keys_of_the_constructor_come_back_after_a_reset() -> None:
    key = SigningKey("webhooks_sharedkey_1", "first")
    fake = FakeTwilio(clock="manual", signing_keys=(key,))
    fake.revoke_key(key.id)
    assert fake.signing_keys == ()

    fake.reset()

    assert fake.signing_keys == (key,)
    fake.stop()


def test_a_reset_begins_a_new_world(fake_twilio: FakeTwilioFixture) -> None:
    create(fake_twilio)
    fake_twilio.use("slow_carrier")

    fake_twilio.reset(seed=3, start=datetime(2026, 1, 1, tzinfo=UTC))

    assert fake_twilio.messages == ()
    assert fake_twilio.settle() == []
    assert (fake_twilio.scenario_name, fake_twilio.seed) == ("delivered", 3)
    assert fake_twilio.start_moment == 1_767_225_600


def test_a_delivery_of_the_old_world_stays_there(fake_twilio: FakeTwilioFixture, httpserver: HTTPServer) -> None:
    hang = HangingEndpoint()
    httpserver.expect_request("/status").respond_with_handler(hang)
    create(fake_twilio, httpserver.url_for("/status"))
    mover = threading.Thread(target=fake_twilio.advance, args=(0.5,))
    mover.start()
    assert hang.begun.wait(5)

    fake_twilio.reset()
    hang.go.set()
    mover.join()

    assert fake_twilio.callbacks == ()


def test_what_hangs_in_the_old_world_holds_up_nothing_in_the_new(
    fake_twilio: FakeTwilioFixture, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/status").respond_with_handler(lambda _request: TAKEN)
    with socket.create_server(("127.0.0.1", 0), backlog=64) as silent:
        for _ in range(24):
            create(fake_twilio, f"http://127.0.0.1:{silent.getsockname()[1]}/")
        mover = threading.Thread(target=fake_twilio.advance, args=(0.5,))
        mover.start()
        hanging, _ = silent.accept()

        fake_twilio.reset()
        create(fake_twilio, httpserver.url_for("/status"))
        fake_twilio.settle()

        assert [delivery.is_taken for delivery in fake_twilio.callbacks] == [True, True]
        hanging.close()
        mover.join()
        silent.setblocking(False)
        assert connections(silent) < 8


def connections(listener: socket.socket) -> int:
    """Count who waits to be accepted."""
    count = 0
    with contextlib.suppress(BlockingIOError):
        while True:
            listener.accept()[0].close()
            count += 1
    return count


def test_a_fake_that_was_never_started_can_be_stopped() -> None:
    fake = FakeTwilio(clock="manual")

    assert fake.stop() == ()


@pytest.mark.parametrize("start", [-1, 1e18, float("nan")])
def test_a_start_that_no_calendar_has_is_refused(start: float) -> None:
    with pytest.raises(ValueError, match="between the years"):
        FakeTwilio(clock="manual", start=start)


def test_a_clock_of_no_kind_is_refused_and_changes_nothing(fake_twilio: FakeTwilioFixture) -> None:
    typo: Any = "instnat"

    with pytest.raises(ValueError, match="clock: wanted one of real, manual, instant, got 'instnat'"):
        FakeTwilio(clock=typo)
    with pytest.raises(ValueError, match="got 'instnat'"):
        fake_twilio.reset(clock=typo)

    assert fake_twilio.clock_kind == "manual"


def test_use_leaves_what_is_there_to_its_plan(fake_twilio: FakeTwilioFixture) -> None:
    create(fake_twilio)

    fake_twilio.use(load_scenario("slow_carrier"))

    assert [event.status for event in fake_twilio.advance(2)][-1] is Status.DELIVERED


def test_a_scenario_that_does_not_exist_is_named(fake_twilio: FakeTwilioFixture) -> None:
    with pytest.raises(ScenarioError, match=r"carrier_rejekt.*did you mean carrier_reject\?"):
        fake_twilio.use("carrier_rejekt")


def test_a_start_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        FakeTwilio(clock="manual", start=datetime(2026, 1, 1))


def test_answers_and_messages_are_dated_by_one_clock(fake_twilio: FakeTwilioFixture) -> None:
    login = (fake_twilio.account_sid, fake_twilio.auth_token)
    path = f"{fake_twilio.url}/2010-04-01/Accounts/{fake_twilio.account_sid}/Messages.json"
    fake_twilio.advance("40d")

    answer = requests.post(path, data={"To": RECIPIENT, "From": SENDER, "Body": "x"}, auth=login, timeout=5)

    dated = parsedate_to_datetime(answer.headers["Date"])
    assert dated == parsedate_to_datetime(answer.json()["date_created"])
    assert int(dated.timestamp()) == int(fake_twilio.now)


def test_a_real_clock_moves_by_itself_and_not_by_hand(httpserver: HTTPServer) -> None:
    delivered = Event()

    def take(request: Request) -> Response:
        if request.form["MessageStatus"] == "delivered":
            delivered.set()
        return TAKEN

    httpserver.expect_request("/status").respond_with_handler(take)
    with FakeTwilio(speed=100) as fake:
        create(fake, httpserver.url_for("/status"))

        assert delivered.wait(5)
        with pytest.raises(TimeError, match="manual"):
            fake.advance(1)


def test_an_instant_clock_lets_hours_pass_while_code_polls() -> None:
    with FakeTwilioFixture("slow_carrier", clock="instant", start=0) as fake, fake.client() as client:
        sid = client.messages.send(to=RECIPIENT, from_=SENDER, body="x").sid
        seen = []
        while (status := client.messages.get(sid).status) != Status.DELIVERED:
            seen.append(str(status))

    order = ["queued", "sending", "sent"]
    assert seen == sorted(seen, key=order.index)
    assert [change.at for change in fake.messages[0].timeline][-1] == 630


def test_an_instant_clock_lets_many_pollers_through() -> None:
    def poll(fake: FakeTwilioFixture) -> str:
        with fake.client() as client:
            sid = client.messages.send(to=RECIPIENT, from_=SENDER, body="x").sid
            while (status := client.messages.get(sid).status) != Status.DELIVERED:
                pass
            return str(status)

    with FakeTwilioFixture("slow_carrier", clock="instant") as fake, ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda _: poll(fake), range(8))) == ["delivered"] * 8


def test_an_instant_clock_waits_for_a_handler_and_what_it_asks(httpserver: HTTPServer) -> None:
    told, delivered = [], Event()

    def take(request: Request) -> Response:
        told.append((request.form["MessageStatus"], fake.now - fake.start_moment))
        if len(told) == 1:
            create(fake, httpserver.url_for("/status"))
        if len(told) == 4:
            delivered.set()
        return TAKEN

    fake = FakeTwilio("slow_carrier", clock="instant")
    httpserver.expect_request("/status").respond_with_handler(take)
    with fake:
        create(fake, httpserver.url_for("/status"))
        assert delivered.wait(5)

    assert told == [("sent", 30), ("sent", 60), ("delivered", 630), ("delivered", 660)]


@pytest.mark.parametrize("word", ["advance", "settle"])
def test_an_instant_clock_is_not_moved_by_hand(word: str) -> None:
    with FakeTwilio(clock="instant") as fake, pytest.raises(TimeError, match="instant, time jumps by itself"):
        getattr(fake, word)(1)


@pytest.mark.parametrize("clock", ["real", "instant"])
def test_time_is_frozen_and_thawed(fake_twilio: FakeTwilioFixture, clock: ClockKind) -> None:
    fake_twilio.reset(clock=clock)
    delivered = Event()
    fake_twilio.mount("https://app.test", app_that(lambda _request: delivered.set()))

    fake_twilio.freeze()
    stands = fake_twilio.now
    create(fake_twilio, "https://app.test/status")
    assert not delivered.wait(0.05)
    assert (fake_twilio.now, fake_twilio.messages[0].created_at) == (stands, stands)
    fake_twilio.thaw()

    assert delivered.wait(5)


def test_a_real_clock_changes_its_speed_while_it_runs(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.reset("slow_carrier", clock="real")
    delivered = Event()
    fake_twilio.mount("https://app.test", app_that(lambda _request: delivered.set()))
    create(fake_twilio, "https://app.test/status")

    fake_twilio.set_speed(10_000)

    assert delivered.wait(5)


def app_that(does: Callable[[Request], object]) -> Application:
    @Request.application
    def app(request: Request) -> Response:
        does(request)
        return TAKEN

    return app


def test_a_mounted_app_is_told_and_may_call_the_api(fake_twilio: FakeTwilioFixture) -> None:
    told: list[str] = []

    def take(request: Request) -> None:
        told.append(f"{request.url} {request.form['MessageStatus']}")
        if len(told) == 1:
            create(fake_twilio, to="+15551230000")

    fake_twilio.mount("https://app.test", app_that(take))
    create(fake_twilio, "https://app.test/status?shop=1")

    fake_twilio.settle()

    assert told == [f"https://app.test/status?shop=1 {status}" for status in ("sent", "delivered")]
    assert all(delivery.is_taken for delivery in fake_twilio.callbacks)
    assert [message.status for message in fake_twilio.messages] == [Status.DELIVERED] * 2


def test_a_mounted_app_that_moves_the_time_before_the_answer_is_refused_at_once(fake_twilio: FakeTwilioFixture) -> None:
    """It would wait for its own webhook, and the request for both."""
    refused: list[str] = []

    def take(_request: Request) -> None:
        with pytest.raises(TimeError) as caught:
            fake_twilio.advance(1)
        refused.append(str(caught.value))

    fake_twilio.use(parse_scenario(EARLY))
    fake_twilio.mount("https://app.test", app_that(take))

    create(fake_twilio, "https://app.test/status")

    assert refused == ["the time is being moved already: a webhook cannot move it, nor can two threads"]


def test_a_mounted_app_stays_over_a_reset_and_goes_when_it_is_taken_away(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.mount("https://app.test", app_that(lambda _request: None), takes="2s")
    fake_twilio.mount("https://late.test", app_that(lambda _request: None), takes=timedelta(seconds=16))
    fake_twilio.reset()
    create(fake_twilio, "https://app.test/")
    create(fake_twilio, "https://late.test/")
    fake_twilio.settle()
    answers = {(delivery.webhook.url, delivery.answer.status) for delivery in fake_twilio.callbacks}

    fake_twilio.unmount("https://app.test")
    with pytest.raises(LookupError):
        fake_twilio.unmount("https://app.test")
    fake_twilio.unmount()
    with pytest.raises(LookupError):
        fake_twilio.unmount("https://late.test")

    assert answers == {("https://app.test/", 204), ("https://late.test/", None)}


def test_a_stop_delivers_what_is_pending(httpserver: HTTPServer) -> None:
    hang = HangingEndpoint()
    httpserver.expect_request("/status").respond_with_handler(hang)
    fake = FakeTwilio(speed=100).start()
    create(fake, httpserver.url_for("/status"))
    assert hang.begun.wait(5)
    threading.Timer(0.1, hang.go.set).start()

    undelivered = fake.stop(grace_seconds=5)

    assert undelivered == ()
    assert fake.callbacks


def test_a_stop_lists_what_it_could_not_deliver(httpserver: HTTPServer) -> None:
    hang = HangingEndpoint()
    httpserver.expect_request("/status").respond_with_handler(hang)
    fake = FakeTwilio(speed=100).start()
    sid = create(fake, httpserver.url_for("/status"))
    assert hang.begun.wait(5)

    undelivered = fake.stop(grace_seconds=0.05)
    hang.go.set()

    assert [webhook.message_sid for webhook in undelivered][:1] == [sid]


def test_after_a_stop_no_world_begins_that_nobody_would_end() -> None:
    fake = FakeTwilio()
    fake.stop()

    with pytest.raises(RuntimeError, match="the fake was stopped"):
        fake.reset(clock="real")

    assert not [thread for thread in threading.enumerate() if thread.name == "fake-twilio-ticker"]


def test_nothing_stays_behind() -> None:
    before = threading.active_count()
    for clock in ("real", "manual", "instant", "real"):
        with FakeTwilio(clock=clock) as fake:
            create(fake)

    gc.collect()  # an unclosed socket would be a warning, and warnings are errors
    assert threading.active_count() <= before


def test_what_is_no_route_is_told_until_a_reset(fake_twilio: FakeTwilioFixture) -> None:
    answered = requests.get(f"{fake_twilio.url}/v1/Services/MG{'0' * 32}/ShortCodes", timeout=5)
    told = fake_twilio.unknown_routes
    fake_twilio.reset()

    assert (answered.status_code, answered.json()["code"]) == (404, 20404)
    assert told == {"GET /v1/Services/{Sid}/ShortCodes": 1}
    assert fake_twilio.unknown_routes == {}


def test_resets_at_one_time_leave_one_world(fake_twilio: FakeTwilioFixture) -> None:
    with ThreadPoolExecutor(8) as pool:
        for _ in range(10):
            list(pool.map(lambda _: fake_twilio.reset(clock="real"), range(8)))

    assert [thread.name for thread in threading.enumerate()].count("fake-twilio-ticker") == 1


def test_a_reset_that_fails_changes_nothing(fake_twilio: FakeTwilioFixture) -> None:
    requests.get(f"{fake_twilio.url}/v1/Nothing", timeout=5)
    with pytest.raises(ScenarioError):
        fake_twilio.reset("no_such_scenario", clock="instant")

    assert fake_twilio.clock_kind == "manual"
    assert fake_twilio.unknown_routes


def test_settings_give_the_variables_of_a_scenario_other_values(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("about: x.\nvars: {code: 21211}\ndefaults: {refuse: '${code}'}\n", "utf-8")
    with FakeTwilio(path, settings={"code": "21610"}) as fake:
        assert fake.scenario.otherwise == refuses(21610)
        fake.use(path)
        assert fake.scenario.otherwise == refuses(21211)
        fake.use(path, settings={"code": "21614"})
        assert fake.scenario.otherwise == refuses(21614)
        fake.reset(path, settings={"code": "21610"})
        assert fake.scenario.otherwise == refuses(21610)
        with pytest.raises(ScenarioError, match="no such variable: cod"):
            fake.use(path, settings={"cod": "21610"})


def test_a_scenario_that_was_read_takes_no_settings(fake_twilio: FakeTwilio) -> None:
    with pytest.raises(ValueError, match="hand in its file or name"):
        fake_twilio.reset(fake_twilio.scenario, settings={"code": "21610"})


def test_it_shows_where_it_answers_and_what_it_plays() -> None:
    with FakeTwilio("carrier_reject") as fake:
        assert repr(fake) == f"FakeTwilio({fake.url}, carrier_reject)"
    assert repr(fake).startswith("FakeTwilio(http://127.0.0.1:")
