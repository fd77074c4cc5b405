"""The fake as a whole, held by hand: clocks, resets, scenarios, and its end."""

import contextlib
import gc
import socket
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
import requests
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from fake_twilio import FakeTwilio, ScenarioError, load_scenario
from fake_twilio.domain.lifecycle import Status
from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.timekeeper import TimeError
from tests.doubles import RECIPIENT, SENDER, HangingEndpoint

TAKEN = Response(status=204)


def create(fake: FakeTwilio, callback: str | None = None, to: str = RECIPIENT) -> str:
    form = {"To": to, "From": SENDER, "Body": "x"} | ({"StatusCallback": callback} if callback else {})
    path = f"{fake.url}/2010-04-01/Accounts/{fake.account_sid}/Messages.json"
    response = requests.post(path, data=form, auth=(fake.account_sid, fake.auth_token), timeout=5)
    return str(response.json()["sid"])


def test_an_advance_returns_what_happened_in_order(fake_twilio: FakeTwilioFixture) -> None:
    sid = create(fake_twilio)

    first = fake_twilio.advance(0.5)
    rest = fake_twilio.advance(timedelta(minutes=1))

    start = fake_twilio.start_moment
    assert [(event.at - start, event.status) for event in first] == [
        (pytest.approx(0.1), Status.SENDING),
        (pytest.approx(0.5), Status.SENT),
    ]
    assert [(event.message_sid, event.status) for event in rest] == [(sid, Status.DELIVERED)]
    assert fake_twilio.now - start == pytest.approx(60.5)


def test_a_webhook_has_ended_when_the_advance_returns(fake_twilio: FakeTwilioFixture, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/status").respond_with_handler(lambda _request: TAKEN)
    create(fake_twilio, httpserver.url_for("/status"))

    fake_twilio.advance("36h")

    assert [delivery.webhook.params["MessageStatus"] for delivery in fake_twilio.callbacks] == ["sent", "delivered"]
    assert all(delivery.is_taken for delivery in fake_twilio.callbacks)
    assert fake_twilio.pending == ()


def test_a_webhook_may_call_the_api_while_time_is_moved(fake_twilio: FakeTwilioFixture, httpserver: HTTPServer) -> None:
    def reply(request: Request) -> Response:
        if request.form["MessageStatus"] == "delivered":
            create(fake_twilio, to="+15551230000")
        return TAKEN

    httpserver.expect_request("/status").respond_with_handler(reply)
    create(fake_twilio, httpserver.url_for("/status"))

    fake_twilio.settle()

    assert [message.status for message in fake_twilio.messages] == [Status.DELIVERED, Status.DELIVERED]
    assert fake_twilio.messages[1].created_at == fake_twilio.messages[0].updated_at


def test_a_webhook_cannot_move_the_time(fake_twilio: FakeTwilioFixture, httpserver: HTTPServer) -> None:
    refused: list[str] = []

    def move(_request: Request) -> Response:
        try:
            fake_twilio.advance(1)
        except TimeError as error:
            refused.append(str(error))
        return TAKEN

    httpserver.expect_request("/status").respond_with_handler(move)
    create(fake_twilio, httpserver.url_for("/status"))

    fake_twilio.settle()

    assert len(refused) == 2


def test_settle_goes_no_further_than_it_may(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.use("slow_carrier")
    create(fake_twilio)

    events = fake_twilio.settle(max="1m")

    assert [event.status for event in events] == [Status.SENDING, Status.SENT]
    assert fake_twilio.now - fake_twilio.start_moment == pytest.approx(30)


@pytest.mark.parametrize("span", [-1, "-1s", "soon", "1 fortnight", timedelta(seconds=-1), "400d"])
def test_a_span_that_is_none_is_refused(fake_twilio: FakeTwilioFixture, span: float | str | timedelta) -> None:
    with pytest.raises(ValueError, match=r"duration|forward"):
        fake_twilio.advance(span)


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
        "only addresses of this machine may be called, 192.0.2.1 is not one"
    ] * 2


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


def test_nothing_stays_behind() -> None:
    before = threading.active_count()
    for clock in ("real", "manual", "real"):
        with FakeTwilio(clock=clock) as fake:  # type: ignore[arg-type]
            create(fake)

    gc.collect()  # an unclosed socket would be a warning, and warnings are errors
    assert threading.active_count() <= before


def test_nothing_is_forgotten_before_an_account_is_full(fake_twilio: FakeTwilioFixture) -> None:
    create(fake_twilio)

    assert fake_twilio.evicted == 0


def test_what_is_no_route_is_told_until_a_reset(fake_twilio: FakeTwilioFixture) -> None:
    answered = requests.get(f"{fake_twilio.url}/v1/Services/MG{'0' * 32}/ShortCodes", timeout=5)
    told = fake_twilio.unknown_routes
    fake_twilio.reset()

    assert (answered.status_code, answered.json()["code"]) == (404, 20404)
    assert told == {"GET /v1/Services/{Sid}/ShortCodes": 1}
    assert fake_twilio.unknown_routes == {}
