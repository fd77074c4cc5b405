"""Tests of delivering webhooks from a pool of workers."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from fake_twilio.courier import LOG_ENTRIES, Courier
from fake_twilio.webhooks import KEPT_ANSWER_BYTES, Answer, Delivery, Webhook
from tests.fake_twilio.doubles import PATIENCE_SECONDS, GatedPost, make_webhook


@pytest.fixture
def workers() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as pool:
        yield pool


def logged(courier: Courier) -> list[str]:
    return [delivery.webhook.token for delivery in courier.deliveries()]


def queued(courier: Courier) -> list[str]:
    return [webhook.token for webhook in courier.pending()]


def test_a_delivery_is_logged_with_its_answer(workers: ThreadPoolExecutor) -> None:
    courier = Courier(workers, lambda webhook: Answer(status=204, body=webhook.token.encode()))

    courier.deliver(make_webhook(token="one"))

    assert courier.wait_until_idle(PATIENCE_SECONDS)
    (delivery,) = courier.deliveries()
    assert (delivery.webhook, delivery.answer) == (make_webhook(token="one"), Answer(status=204, body=b"one"))


def test_the_webhooks_of_one_message_go_out_one_after_the_other(workers: ThreadPoolExecutor) -> None:
    gated = GatedPost()
    gated.expect("1", "2")
    courier = Courier(workers, gated.post)
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
    courier = Courier(workers, lambda _webhook: Answer(status=204))

    for number in range(200):
        courier.deliver(make_webhook(f"SM{number % 5}", token=f"{number % 5}-{number:03}"))

    assert courier.wait_until_idle(PATIENCE_SECONDS)
    for message in "01234":
        tokens = [token for token in logged(courier) if token.startswith(message)]
        assert (len(tokens), tokens) == (40, sorted(tokens))


def test_the_webhooks_of_different_messages_go_out_side_by_side(workers: ThreadPoolExecutor) -> None:
    gated = GatedPost()
    gated.expect("1", "2")
    courier = Courier(workers, gated.post)

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

    courier = Courier(workers, post)
    for token in ("1", "2"):
        courier.deliver(make_webhook("SM1", token=token))

    assert courier.wait_until_idle(PATIENCE_SECONDS)
    assert [delivery.answer.error for delivery in courier.deliveries()] == ["RuntimeError: no such luck", None]


def test_nothing_is_pending_when_all_is_delivered(workers: ThreadPoolExecutor) -> None:
    courier = Courier(workers, lambda _webhook: Answer(status=204))
    courier.deliver(make_webhook())

    assert courier.wait_until_idle(PATIENCE_SECONDS)
    assert courier.pending() == ()


def test_waiting_ends_when_the_patience_does(workers: ThreadPoolExecutor) -> None:
    gated = GatedPost()
    gated.expect("1")
    courier = Courier(workers, gated.post)
    courier.deliver(make_webhook(token="1"))

    assert courier.wait_until_idle(0.0) is False
    gated.gates["1"].set()
    assert courier.wait_until_idle(PATIENCE_SECONDS) is True


def test_closing_drops_what_is_queued_and_forgets_what_is_under_way(workers: ThreadPoolExecutor) -> None:
    gated = GatedPost()
    gated.expect("1", "2", "3")
    courier = Courier(workers, gated.post)
    for token in ("1", "2", "3"):
        courier.deliver(make_webhook("SM1", token=token))
    assert gated.has_begun["1"].wait(PATIENCE_SECONDS)

    dropped = courier.close()
    gated.gates["1"].set()

    assert courier.wait_until_idle(PATIENCE_SECONDS)
    assert ([webhook.token for webhook in dropped], logged(courier)) == (["1", "2", "3"], [])
    assert gated.began == ["1"]


def test_a_closed_courier_takes_nothing(workers: ThreadPoolExecutor) -> None:
    courier = Courier(workers, lambda _webhook: Answer(status=204))
    courier.close()

    courier.deliver(make_webhook())

    assert (courier.pending(), courier.deliveries(), courier.wait_until_idle(0.0)) == ((), (), True)


def test_a_post_may_ask_the_courier(workers: ThreadPoolExecutor) -> None:
    def post(_webhook: Webhook) -> Answer:
        return Answer(status=200 + len(courier.pending()))

    courier = Courier(workers, post)
    courier.deliver(make_webhook())

    assert courier.wait_until_idle(PATIENCE_SECONDS)
    assert courier.deliveries()[0].answer.status == 201


def test_the_log_forgets_the_oldest_entries(workers: ThreadPoolExecutor) -> None:
    courier = Courier(workers, lambda _webhook: Answer(status=204))

    for number in range(LOG_ENTRIES + 2):
        courier.deliver(make_webhook("SM1", token=str(number)))

    assert courier.wait_until_idle(PATIENCE_SECONDS * 3)
    assert (len(courier.deliveries()), logged(courier)[0]) == (LOG_ENTRIES, "2")


def test_what_came_of_a_webhook_is_handed_on_and_what_follows_has_its_turn(workers: ThreadPoolExecutor) -> None:
    courier = Courier(workers, lambda webhook: Answer(status=204, body=webhook.token.encode()))
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

    courier = Courier(workers, lambda _webhook: Answer(status=204))
    courier.deliver(make_webhook(token="first"), then)
    courier.deliver(make_webhook(token="second"))

    assert courier.wait_until_idle(PATIENCE_SECONDS)
    assert logged(courier) == ["first", "second"]
    assert "a detail for the log" in caplog.text


def test_the_log_keeps_the_head_of_an_answer_and_who_follows_gets_it_whole(workers: ThreadPoolExecutor) -> None:
    whole = Answer(status=200, body=b"x" * (KEPT_ANSWER_BYTES + 1))
    courier, followed = Courier(workers, lambda _webhook: whole), list[Delivery]()

    courier.deliver(make_webhook(), followed.append)

    assert courier.wait_until_idle(PATIENCE_SECONDS)
    assert [delivery.answer for delivery in followed] == [whole]
    assert [len(delivery.answer.body) for delivery in courier.deliveries()] == [KEPT_ANSWER_BYTES]
