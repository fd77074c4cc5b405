"""Tests of delivering webhooks from a pool of workers."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from fake_twilio.delivery.courier import LOG_ENTRIES, PER_TARGET, Courier
from fake_twilio.delivery.tampering import badly_signed
from fake_twilio.delivery.webhook import KEPT_ANSWER_BYTES, Answer, Delivery, Webhook
from fake_twilio.delivery.workers import Workers
from fake_twilio.domain.webhooks.retries import Failure
from tests.fake_twilio.doubles import PATIENCE_SECONDS, GatedPost, make_webhook, once


@pytest.fixture
def workers() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as pool:
        yield pool


def logged(courier: Courier) -> list[str]:
    return [delivery.webhook.token for delivery in courier.deliveries()]


def queued(courier: Courier) -> list[str]:
    return [webhook.token for webhook in courier.pending()]


def test_a_delivery_is_logged_with_its_answer(workers: ThreadPoolExecutor) -> None:
    courier = Courier(workers, once(lambda webhook: Answer(status=204, body=webhook.token.encode())))

    courier.deliver(make_webhook(token="one"))

    assert courier.wait_until_idle(PATIENCE_SECONDS)
    (delivery,) = courier.deliveries()
    assert (delivery.webhook, delivery.answer) == (make_webhook(token="one"), Answer(status=204, body=b"one"))


def test_the_webhooks_of_one_message_go_out_one_after_the_other(workers: ThreadPoolExecutor) -> None:
    gated = GatedPost()
    gated.expect("1", "2")
    courier = Courier(workers, once(gated.post))
    for token in ("1", "2"):
        courier.deliver(make_webhook("SM1", token=token))

    assert gated.has_begun["1"].wait(PATIENCE_SECONDS)
    assert (gated.began, queued(courier)) == (["1"], ["1", "2"])
    gated.gates["1"].set()
    assert gated.has_begun["2"].wait(PATIENCE_SECONDS)
    assert logged(courier) == ["1"]
    gated.gates["2"].set()
    assert courier.wait_until_idle(PATIENCE_SECONDS)


def test_a_message_keeps_its_order_under_load(workers: ThreadPoolExecutor) -> None:
    courier = Courier(workers, once(lambda _webhook: Answer(status=204)))

    for number in range(200):
        courier.deliver(make_webhook(f"SM{number % 5}", token=f"{number % 5}-{number:03}"))

    assert courier.wait_until_idle(PATIENCE_SECONDS)
    for message in "01234":
        tokens = [token for token in logged(courier) if token.startswith(message)]
        assert (len(tokens), tokens) == (40, sorted(tokens))


def test_the_webhooks_of_different_messages_go_out_side_by_side(workers: ThreadPoolExecutor) -> None:
    gated = GatedPost()
    gated.expect("1", "2")
    courier = Courier(workers, once(gated.post))

    courier.deliver(make_webhook("SM1", token="1"))
    courier.deliver(make_webhook("SM2", token="2"))

    assert gated.has_begun["1"].wait(PATIENCE_SECONDS)
    assert gated.has_begun["2"].wait(PATIENCE_SECONDS)
    gated.gates["2"].set()
    gated.gates["1"].set()
    assert courier.wait_until_idle(PATIENCE_SECONDS)


def test_a_post_that_raises_does_not_block_the_queue(workers: ThreadPoolExecutor) -> None:
    def post(webhook: Webhook) -> Answer:
        if webhook.token == "1":
            raise RuntimeError("no such luck")
        return Answer(status=204)

    courier = Courier(workers, once(post))
    for token in ("1", "2"):
        courier.deliver(make_webhook("SM1", token=token))

    assert courier.wait_until_idle(PATIENCE_SECONDS)
    assert [delivery.answer.error for delivery in courier.deliveries()] == ["RuntimeError: no such luck", None]


def test_nothing_is_pending_when_all_is_delivered(workers: ThreadPoolExecutor) -> None:
    courier = Courier(workers, once(lambda _webhook: Answer(status=204)))
    courier.deliver(make_webhook())

    assert courier.wait_until_idle(PATIENCE_SECONDS)
    assert courier.pending() == ()


def test_waiting_ends_when_the_patience_does(workers: ThreadPoolExecutor) -> None:
    gated = GatedPost()
    gated.expect("1")
    courier = Courier(workers, once(gated.post))
    courier.deliver(make_webhook(token="1"))

    assert courier.wait_until_idle(0.0) is False
    gated.gates["1"].set()
    assert courier.wait_until_idle(PATIENCE_SECONDS) is True


def test_closing_drops_what_is_queued_and_forgets_what_is_under_way(workers: ThreadPoolExecutor) -> None:
    gated = GatedPost()
    gated.expect("1", "2", "3")
    courier = Courier(workers, once(gated.post))
    for token in ("1", "2", "3"):
        courier.deliver(make_webhook("SM1", token=token))
    assert gated.has_begun["1"].wait(PATIENCE_SECONDS)

    dropped = courier.close()
    gated.gates["1"].set()

    assert courier.wait_until_idle(PATIENCE_SECONDS)
    assert ([webhook.token for webhook in dropped], logged(courier)) == (["1", "2", "3"], [])
    assert gated.began == ["1"]


def test_a_closed_courier_takes_nothing(workers: ThreadPoolExecutor) -> None:
    courier = Courier(workers, once(lambda _webhook: Answer(status=204)))
    courier.close()

    courier.deliver(make_webhook())

    assert (courier.pending(), courier.deliveries(), courier.wait_until_idle(0.0)) == ((), (), True)


def test_a_post_may_ask_the_courier(workers: ThreadPoolExecutor) -> None:
    def post(_webhook: Webhook) -> Answer:
        return Answer(status=200 + len(courier.pending()))

    courier = Courier(workers, once(post))
    courier.deliver(make_webhook())

    assert courier.wait_until_idle(PATIENCE_SECONDS)
    assert courier.deliveries()[0].answer.status == 201


def test_the_log_forgets_the_oldest_entries(workers: ThreadPoolExecutor) -> None:
    courier = Courier(workers, once(lambda _webhook: Answer(status=204)))

    for number in range(LOG_ENTRIES + 2):
        courier.deliver(make_webhook("SM1", token=str(number)))

    assert courier.wait_until_idle(PATIENCE_SECONDS * 3)
    assert (len(courier.deliveries()), logged(courier)[0]) == (LOG_ENTRIES, "2")


def test_what_came_of_a_webhook_is_handed_on_and_what_follows_has_its_turn(workers: ThreadPoolExecutor) -> None:
    courier = Courier(workers, once(lambda webhook: Answer(status=204, body=webhook.token.encode())))
    heard: list[bytes] = []

    def then(delivery: Delivery) -> None:
        heard.append(delivery.answer.body)
        courier.deliver(make_webhook(token="second"))

    courier.deliver(make_webhook(token="first"), then)

    assert courier.wait_until_idle(PATIENCE_SECONDS)
    assert (heard, logged(courier), courier.ended) == ([b"first"], ["first", "second"], 2)


def test_what_follows_may_fail_and_the_queue_goes_on(
    workers: ThreadPoolExecutor, caplog: pytest.LogCaptureFixture
) -> None:
    def then(_delivery: Delivery) -> None:
        raise RuntimeError("a detail for the log")

    courier = Courier(workers, once(lambda _webhook: Answer(status=204)))
    courier.deliver(make_webhook(token="first"), then)
    courier.deliver(make_webhook(token="second"))

    assert courier.wait_until_idle(PATIENCE_SECONDS)
    assert logged(courier) == ["first", "second"]
    assert "a detail for the log" in caplog.text


def test_every_request_is_logged_and_the_last_one_is_handed_on_once(workers: ThreadPoolExecutor) -> None:
    def attempts(webhook: Webhook) -> Iterator[Delivery]:
        for number, status in enumerate((500, 503, 200), 1):
            yield Delivery(webhook=webhook, answer=Answer(status=status), attempt=number)

    courier, heard = Courier(workers, attempts), []

    courier.deliver(make_webhook(), heard.append)

    assert courier.wait_until_idle(PATIENCE_SECONDS)
    assert [delivery.answer.status for delivery in courier.deliveries()] == [500, 503, 200]
    assert ([delivery.attempt for delivery in heard], courier.ended) == ([3], 1)


def test_the_log_keeps_the_head_of_a_body_and_who_waits_gets_it_whole(workers: ThreadPoolExecutor) -> None:
    body = b"x" * (KEPT_ANSWER_BYTES + 1)
    courier, heard = Courier(workers, once(lambda _webhook: Answer(status=200, body=body))), []

    courier.deliver(make_webhook(), heard.append)

    assert courier.wait_until_idle(PATIENCE_SECONDS)
    (logged_one,) = courier.deliveries()
    assert (len(logged_one.answer.body), logged_one.answer.is_cut) == (KEPT_ANSWER_BYTES, True)
    assert [delivery.answer.body for delivery in heard] == [body]


def test_no_attempt_is_made_after_the_end(workers: ThreadPoolExecutor) -> None:
    gated, tried = GatedPost(), []
    gated.expect("1")

    def attempts(webhook: Webhook) -> Iterator[Delivery]:
        for number in (1, 2):
            tried.append(number)
            yield Delivery(webhook=webhook, answer=gated.post(webhook), attempt=number)

    courier = Courier(workers, attempts)
    courier.deliver(make_webhook(token="1"))
    assert gated.has_begun["1"].wait(PATIENCE_SECONDS)

    dropped = courier.close()
    gated.gates["1"].set()
    workers.shutdown()

    assert (len(dropped), tried, courier.deliveries()) == (1, [1], ())


def test_at_most_eight_are_under_way_to_one_target() -> None:
    workers, gated = Workers(20, "w"), GatedPost()
    tokens = [str(number) for number in range(PER_TARGET + 2)]
    gated.expect(*tokens, "elsewhere")
    courier = Courier(workers, once(gated.post))
    for token in tokens:
        courier.deliver(make_webhook(f"SM{token}", url="http://127.0.0.1:9/s", token=token))
    courier.deliver(make_webhook("SMx", url="http://127.0.0.1:10/s", token="elsewhere"))

    assert all(gated.has_begun[token].wait(PATIENCE_SECONDS) for token in [*tokens[:PER_TARGET], "elsewhere"])
    assert sorted(gated.began) == sorted([*tokens[:PER_TARGET], "elsewhere"])
    gated.gates["0"].set()
    assert gated.has_begun[tokens[PER_TARGET]].wait(PATIENCE_SECONDS)
    assert not gated.has_begun[tokens[-1]].is_set()
    for gate in gated.gates.values():
        gate.set()
    assert courier.wait_until_idle(PATIENCE_SECONDS)
    workers.close()
    workers.join(PATIENCE_SECONDS)


def test_what_does_not_fit_is_logged_as_unsent_and_never_leaves(workers: ThreadPoolExecutor) -> None:
    gated, heard, told = GatedPost(), [], Event()
    gated.expect("1", "2")
    courier = Courier(workers, once(gated.post), bound=2)
    for token in ("1", "2"):
        courier.deliver(make_webhook("SM1", token=token))

    def then(delivery: Delivery) -> None:
        heard.append(delivery)
        told.set()

    courier.deliver(make_webhook("SM1", token="3"), then)

    assert told.wait(PATIENCE_SECONDS)
    (unsent,) = courier.deliveries()
    assert (unsent.failure, unsent.answer.error) == (Failure.UNSENT, "not sent: 2 webhooks are waiting")
    assert (heard, queued(courier)) == ([unsent], ["1", "2"])
    for gate in gated.gates.values():
        gate.set()
    assert courier.wait_until_idle(PATIENCE_SECONDS)
    assert (gated.began, logged(courier)) == (["1", "2"], ["3", "1", "2"])


def test_there_is_room_again_when_one_has_ended(workers: ThreadPoolExecutor) -> None:
    courier = Courier(workers, once(lambda _webhook: Answer(status=204)), bound=1)

    for token in ("1", "2", "3"):
        courier.deliver(make_webhook(token=token))
        assert courier.wait_until_idle(PATIENCE_SECONDS)

    assert [delivery.failure for delivery in courier.deliveries()] == [None] * 3


def test_what_ended_since_a_mark_is_told_once_and_only_while_it_is_in_the_log(workers: ThreadPoolExecutor) -> None:
    courier = Courier(workers, once(lambda _webhook: Answer(status=204)))
    for number in range(LOG_ENTRIES + 2):
        courier.deliver(make_webhook("SM1", token=f"{number}"))
    assert courier.wait_until_idle(PATIENCE_SECONDS)

    mark, ended = courier.since(LOG_ENTRIES - 1)

    assert mark == LOG_ENTRIES + 2
    assert [delivery.webhook.token for delivery in ended] == [f"{LOG_ENTRIES + number}" for number in (-1, 0, 1)]
    assert courier.since(mark) == (mark, ())
    assert len(courier.since(0)[1]) == LOG_ENTRIES


def test_what_was_forgotten_is_not_told_and_nothing_else_is_told_twice(workers: ThreadPoolExecutor) -> None:
    courier = Courier(workers, once(lambda _webhook: Answer(status=204)))

    def deliver(sid: str) -> None:
        courier.deliver(make_webhook(sid, token=sid))
        assert courier.wait_until_idle(PATIENCE_SECONDS)

    deliver("SM1")
    mark, _ = courier.since(0)
    deliver("SM2")
    courier.forget({"SM2"})
    deliver("SM3")

    assert [delivery.webhook.token for delivery in courier.since(mark)[1]] == ["SM3"]


def test_a_webhook_is_found_as_it_was_first_delivered(workers: ThreadPoolExecutor) -> None:
    courier = Courier(workers, once(lambda _webhook: Answer(status=204)))
    first = make_webhook(token="t")
    for webhook in (first, badly_signed(first)):
        courier.deliver(webhook)
    assert courier.wait_until_idle(PATIENCE_SECONDS)

    found = courier.find("t")

    assert found == first
    with pytest.raises(LookupError):
        courier.find("another")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (Answer(status=204), []),
        (Answer(status=302), []),
        (Answer(status=403), ["webhook POST https://app.test/status -> 403"]),
        (
            Answer(error="ConnectionRefusedError: [Errno 111]\n", failure=Failure.CONNECT),
            ["webhook POST https://app.test/status -> connect: ConnectionRefusedError: [Errno 111]?"],
        ),
    ],
    ids=["taken", "led elsewhere", "refused", "not reached"],
)
def test_a_request_that_came_to_nothing_is_logged(
    workers: ThreadPoolExecutor, caplog: pytest.LogCaptureFixture, answer: Answer, told: list[str]
) -> None:
    caplog.set_level(logging.INFO, "fake_twilio")
    courier = Courier(workers, once(lambda _webhook: answer))

    courier.deliver(make_webhook(url="https://app.test/status"))

    assert courier.wait_until_idle(PATIENCE_SECONDS)
    assert caplog.messages == told
