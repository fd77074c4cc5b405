"""Tests of domain values as the admin API shows them."""

from fake_twilio.admin.show import moment, show_delivery, show_event, show_fault, show_message, show_scenario
from fake_twilio.delivery.webhook import Answer, Delivery
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.fate.outcome import refuses
from fake_twilio.domain.fate.timeline import Step
from fake_twilio.domain.messages.message import Event
from fake_twilio.domain.rules.conditions import When
from fake_twilio.domain.rules.dials import DIALS_BY_NAME
from fake_twilio.domain.rules.scenario import Rule
from fake_twilio.domain.values.patterns import Glob
from tests.fake_twilio.doubles import MESSAGE_SID, SENDER, START, make_message, make_scenario, make_webhook


def test_a_moment_is_written_in_utc_with_its_fraction() -> None:
    assert moment(START) == "2026-01-01T00:00:00Z"
    assert moment(START + 0.25) == "2026-01-01T00:00:00.250000Z"
    assert moment(None) is None


def test_a_message_tells_what_is_to_come() -> None:
    shown = show_message(make_message(plan=(Step(Status.SENT, 1.5),), options=(("Attempt", "2"),)))

    assert (shown["to_come"], shown["options"]) == ([{"status": "sent", "after_seconds": 1.5}], [["Attempt", "2"]])
    assert shown["timeline"] == [{"at": "2026-01-01T00:00:00Z", "status": "queued", "error_code": None}]


def test_an_event_says_when_and_what() -> None:
    shown = show_event(Event(START, MESSAGE_SID, Status.FAILED, 30008))

    assert shown == {
        "message_sid": MESSAGE_SID,
        "at": "2026-01-01T00:00:00Z",
        "status": "failed",
        "error_code": 30008,
    }


def test_a_delivery_shows_bytes_that_are_no_text() -> None:
    shown = show_delivery(Delivery(webhook=make_webhook(), answer=Answer(status=500, body=b"\xff<", is_cut=True)))

    assert (shown["answer"]["body"], shown["answer"]["is_cut"], shown["answer"]["error"]) == ("\ufffd<", True, None)


def test_a_scenario_shows_the_names_of_its_rules() -> None:
    scenario = make_scenario(Rule("no", When(sender=(Glob(SENDER),)), refuses(21610)), numbers=(SENDER,))

    assert show_scenario(scenario) == {
        "name": "test",
        "about": "a test",
        "numbers": [SENDER],
        "services": [],
        "rules": ["no"],
    }


def test_a_fault_tells_what_it_does_to_what_and_how_often() -> None:
    shown = show_fault(DIALS_BY_NAME["callback_drop"], 0.2)

    assert shown == {"name": "callback_drop", "concern": "callbacks", "about": "A callback never comes.", "share": 0.2}
