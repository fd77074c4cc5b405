"""Tests of how an app's behaviour is counted."""

from dataclasses import replace

from fake_twilio.domain.fate.faults import Break, Fault
from fake_twilio.domain.messages.message import Twist
from fake_twilio.domain.webhooks.retries import Failure
from fake_twilio.kit.conduct import Conduct, conduct_of
from tests.fake_twilio.doubles import RECIPIENT, START, make_message, make_webhook
from tests.fake_twilio.kit.runs import asked, delivered, evidence

LOST = Twist(fault=Fault(kind=Break.HANG))
FORGED = replace(make_webhook(), is_forged=True)


def test_an_idle_run_counts_nothing() -> None:
    assert conduct_of(evidence()) == Conduct()


def test_conduct_adds_up_and_the_slowest_stays() -> None:
    one, other = Conduct(callbacks=2, slowest_seconds=0.5), Conduct(callbacks=1, taken=1, slowest_seconds=0.25)

    assert one + other == Conduct(callbacks=3, taken=1, slowest_seconds=0.5)


def test_retries_are_counted() -> None:
    requests = (asked(0, status=429, retry_after_seconds=3.0), asked(1))

    assert conduct_of(evidence(requests=requests)) == Conduct(told_to_wait=1, came_back=1, came_too_early=1)


def test_what_is_sent_again_after_its_answer_was_lost_is_a_duplicate() -> None:
    lost, again = make_message(sid="SM1", twist=LOST), make_message(sid="SM2", created_at=START + 1)

    assert conduct_of(evidence(messages=(lost, again))) == Conduct(lost_answers=1, sent_again=1)
    assert conduct_of(evidence(messages=(lost, replace(again, body="another")))) == Conduct(lost_answers=1)


def test_what_is_sent_twice_on_purpose_is_none() -> None:
    messages = (make_message(sid="SM1"), make_message(sid="SM2"), make_message(sid="SM3", twist=LOST))

    assert conduct_of(evidence(messages=messages)).sent_again == 0


def test_webhooks_are_counted_with_their_time() -> None:
    deliveries = (delivered(204, seconds=0.25), delivered(500), delivered(None, seconds=15.0, failure=Failure.SILENT))

    assert conduct_of(evidence(callbacks=deliveries)) == Conduct(callbacks=3, taken=1, late=1, slowest_seconds=15.0)


def test_a_redirect_is_no_answer() -> None:
    assert conduct_of(evidence(callbacks=(delivered(302), delivered(204)))).callbacks == 1


def test_forged_webhooks_are_counted_apart() -> None:
    deliveries = tuple(delivered(status, webhook=FORGED) for status in (403, 204, 500))

    assert conduct_of(evidence(callbacks=deliveries)) == Conduct(forged=3, forged_refused=1, forged_taken=1)


def test_the_first_refusal_is_how_an_app_learns_of_an_opt_out() -> None:
    first, second = asked(0, status=400, code=21610), asked(5, status=400, code=21610)

    assert conduct_of(evidence(requests=(first,))) == Conduct(stops=1)
    assert conduct_of(evidence(requests=(first, second))) == Conduct(stops=1, sent_after_stop=1)


def test_whoever_was_told_of_a_stop_does_not_write() -> None:
    stop = make_message(direction="inbound", sender=RECIPIENT, body="STOP")
    refused = asked(5, status=400, code=21610)

    assert conduct_of(evidence(messages=(stop,), requests=(refused,))) == Conduct(stops=1, sent_after_stop=1)
    assert conduct_of(evidence(messages=(stop,))) == Conduct(stops=1)
