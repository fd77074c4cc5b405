"""Each interaction of a cassette is a rule that says what became of it."""

import json
from typing import Any

import pytest
import yaml

from fake_twilio.recording.cassette import Recorded
from fake_twilio.recording.cassette_scenario import cassette_scenario, usual
from fake_twilio.recording.wire import Answered, Asked
from fake_twilio.scenario_files.load import parse_scenario

AC = "AC" + "0a" * 16
LIST = f"/2010-04-01/Accounts/{AC}/Messages.json"
TO = "+15552000101"
CREATION = Asked(method="POST", target=LIST, body=f"To=%2B{TO[1:]}&Body=x".encode())


def message(status: str, error_code: int | None = None) -> bytes:
    return json.dumps({"sid": "SM1", "to": TO, "status": status, "error_code": error_code}).encode()


def sent(status: int = 201, body: bytes = b"", at: float = 0.0, **more: Any) -> Recorded:
    return Recorded(asked=CREATION, answered=Answered(status=status, body=body, **more), at=at)


def refused(status: int, code: int | None, **more: Any) -> Recorded:
    return sent(status, json.dumps({"code": code, "message": "no"}).encode(), **more)


def rules(*recorded: Recorded) -> list[dict[str, Any]]:
    text = cassette_scenario(recorded)
    parse_scenario(text)
    return list(yaml.safe_load(text)["rules"])


def lost(phase: str) -> Recorded:
    return Recorded(asked=CREATION, answered=None, phase=phase)


@pytest.mark.parametrize(
    ("recorded", "when", "then"),
    [
        (sent(body=message("queued")), {"to": TO, "first": 1}, {"timeline": usual()}),
        (refused(400, 21211), {"to": TO, "first": 1}, {"refuse": {"code": "21211"}}),
        (refused(400, None), {"to": TO, "first": 1}, {"refuse": {"status": 400}}),
        (refused(403, 21211), {"to": TO, "first": 1}, {"refuse": {"status": 403}}),
        (
            refused(429, 20429, headers=(("retry-after", "2"),)),
            {"to": TO, "first": 1},
            {"refuse": {"code": "20429", "retry_after": "2s"}},
        ),
        (sent(502, b"<html>"), {"to": TO, "first": 1}, {"fault": {"kind": "html", "status": 502}}),
        (sent(201, b"{"), {"to": TO, "first": 1}, {"fault": "malformed_json", "timeline": usual()}),
        (lost("opening"), {"nth": 1}, {"fault": "reset_before_reading"}),
        (lost("sent"), {"to": TO, "first": 1}, {"fault": {"kind": "reset", "commit": True}}),
    ],
)
def test_what_became_of_a_message_is_a_rule(recorded: Recorded, when: dict[str, Any], then: dict[str, Any]) -> None:
    assert rules(recorded) == [{"name": "interaction 1", "when": when, "then": then}]


def test_an_answer_that_was_not_whole_is_cut() -> None:
    damaged = Recorded(asked=CREATION, answered=Answered(status=201, body=message("queued")), is_damaged=True)

    assert rules(damaged)[0]["then"] == {"fault": "half_body", "timeline": usual()}


def test_later_looks_tell_how_a_message_fared() -> None:
    look = Asked(method="GET", target=LIST.replace(".json", "/SM1.json"))
    later = Recorded(asked=look, answered=Answered(status=200, body=message("undelivered", 30007)), at=3.0)

    (rule,) = rules(sent(body=message("queued")), later)

    assert rule["then"]["timeline"] == [
        {"status": "sent", "after": "0ms"},
        {"status": "undelivered", "after": "3000ms", "error": "30007"},
    ]


def test_the_messages_to_one_recipient_take_turns() -> None:
    made = rules(refused(429, 20429), sent(body=message("queued")))

    assert [(rule["name"], rule["when"]) for rule in made] == [
        ("interaction 1", {"to": TO, "first": 1}),
        ("interaction 2", {"to": TO, "first": 1}),
    ]


def test_what_no_rule_can_say_is_told() -> None:
    text = cassette_scenario([refused(418, None), sent(body=message("queued"))])

    assert text.startswith("# What became of interaction 1 no rule can say.\nabout: The 1 messages")
