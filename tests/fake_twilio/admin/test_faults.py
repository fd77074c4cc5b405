"""Tests of the faults that are turned up and down over HTTP."""

from typing import Any

import pytest
import requests

from fake_twilio.domain.rules.dials import DIALS
from fake_twilio.fixture import FakeTwilioFixture
from tests.fake_twilio.admin.calls import ON_PURPOSE, ask, change


def shares(told: Any) -> dict[str, float]:
    return {fault["name"]: fault["share"] for fault in told["faults"] if fault["share"]}


def test_all_that_there_are_are_told_with_what_they_do(fake_twilio: FakeTwilioFixture) -> None:
    told = ask(fake_twilio, "/faults")

    assert [(fault["name"], fault["about"], fault["share"]) for fault in told["faults"]] == [
        (dial.name, dial.about, 0.0) for dial in DIALS
    ]
    assert {fault["concern"] for fault in told["faults"]} == {"requests", "messages", "callbacks"}


def test_a_fault_is_turned_up_and_down(fake_twilio: FakeTwilioFixture) -> None:
    up = change(fake_twilio, "/faults", {"fault": "callback_drop", "share": 0.2})
    two = change(fake_twilio, "/faults", {"fault": "reset", "share": 1})
    seen = dict(fake_twilio.faults)
    down = change(fake_twilio, "/faults", {"fault": "reset", "share": 0})

    assert (shares(up), shares(two)) == ({"callback_drop": 0.2}, {"callback_drop": 0.2, "reset": 1.0})
    assert seen == shares(two)
    assert down == up == ask(fake_twilio, "/faults")


def test_all_are_turned_off(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.faults.update(callback_drop=0.2, landline=0.1)

    told = change(fake_twilio, "/faults", {"all_off": True})

    assert (shares(told), dict(fake_twilio.faults)) == ({}, {})


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (b'{"fault": "rezet", "share": 0.1}', "fault: wanted a fault that can be turned up (too_many_requests, "),
        (b'{"fault": "reset", "share": 20}', "share: Input should be less than or equal to 1"),
        (b'{"fault": "reset", "share": NaN}', "share: Input should be a finite number"),
        (b'{"fault": "reset", "share": "0.2"}', "share: Input should be a valid number"),
        (b'{"fault": "reset"}', "body: Value error, wanted a fault and its share, or all_off"),
        (b"{}", "body: Value error, wanted a fault and its share, or all_off"),
    ],
)
def test_what_is_wrong_is_refused_with_what_was_wanted(
    fake_twilio: FakeTwilioFixture, body: bytes, wanted: str
) -> None:
    headers = {**ON_PURPOSE, "Content-Type": "application/json"}

    answer = requests.post(f"{fake_twilio.url}/_fake/faults", data=body, headers=headers, timeout=5)

    (problem,) = answer.json()["problems"]
    assert (answer.status_code, dict(fake_twilio.faults)) == (400, {})
    assert problem.startswith(wanted)


def test_no_fault_reaches_who_turns_them(fake_twilio: FakeTwilioFixture) -> None:
    for name in ("too_many_requests", "reset", "slow_answer"):
        change(fake_twilio, "/faults", {"fault": name, "share": 1})

    change(fake_twilio, "/faults", {"all_off": True})

    assert requests.get(fake_twilio.url, timeout=5).status_code == 200


def test_a_new_world_begins_without_faults(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.faults["reset"] = 1

    change(fake_twilio, "/reset", {"scope": "all"})

    assert dict(fake_twilio.faults) == {}
