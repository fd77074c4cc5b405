"""Tests of what the admin API takes."""

from typing import Any

import pytest
from pydantic import ValidationError

from fake_twilio.admin.bodies import Body, ClockBody, FaultBody, OptOutBody, ReceiveBody, ResetBody, ScenarioBody
from tests.fake_twilio.doubles import ACCOUNT_SID

GOOD: list[tuple[type[Body], dict[str, Any]]] = [
    (ResetBody, {}),
    (ResetBody, {"scope": "all", "seed": 7}),
    (ResetBody, {"scope": "history"}),
    (ResetBody, {"scope": "account", "account_sid": ACCOUNT_SID}),
    (ResetBody, {"scope": "number", "number": "+15551234567"}),
    (ScenarioBody, {"name": "carrier_reject"}),
    (ScenarioBody, {"yaml": "about: x"}),
    (ClockBody, {"advance": "36h"}),
    (ClockBody, {"settle": "1.5s"}),
    (ClockBody, {"is_frozen": False}),
    (ClockBody, {"speed": 2.5}),
    (ReceiveBody, {"sender": "+15551234567", "recipient": "+15005550006"}),
    (OptOutBody, {"recipient": "+15551234567", "sender": "+15005550006", "is_out": False}),
    (FaultBody, {"fault": "reset", "share": 0.2}),
    (FaultBody, {"fault": "reset", "share": 0}),
    (FaultBody, {"all_off": True}),
]
BAD: list[tuple[type[Body], dict[str, Any]]] = [
    (ResetBody, {"scope": "everything"}),
    (ResetBody, {"scope": "account"}),
    (ResetBody, {"scope": "history", "account_sid": ACCOUNT_SID}),
    (ResetBody, {"scope": "number"}),
    (ResetBody, {"scope": "history", "seed": 7}),
    (ResetBody, {"seed": -1}),
    (ResetBody, {"sede": 1}),
    (ScenarioBody, {}),
    (ScenarioBody, {"name": "x", "yaml": "about: x"}),
    (ScenarioBody, {"name": "../../etc/passwd"}),
    (ClockBody, {}),
    (ClockBody, {"advance": "1s", "settle": "1s"}),
    (ClockBody, {"advance": "soon"}),
    (ClockBody, {"advance": 5}),
    (ClockBody, {"to": "2026-01-01T00:00:00"}),
    (ClockBody, {"speed": 0}),
    (ClockBody, {"speed": float("nan")}),
    (ClockBody, {"speed": 1, "is_frozen": True}),
    (ReceiveBody, {"sender": "", "recipient": "+15005550006"}),
    (ReceiveBody, {"sender": "+15551234567", "recipient": "+15005550006", "body": "x" * 1601}),
    (ReceiveBody, {"sender": "+15551234567", "recipient": "+15005550006", "media_urls": ["http://a/b"] * 11}),
    (OptOutBody, {"recipient": "+15551234567"}),
    (FaultBody, {}),
    (FaultBody, {"fault": "reset"}),
    (FaultBody, {"share": 0.2}),
    (FaultBody, {"fault": "reset", "share": 0.2, "all_off": True}),
    (FaultBody, {"share": 0.2, "all_off": True}),
    (FaultBody, {"all_off": False}),
    (FaultBody, {"fault": "reset", "share": 1.01}),
    (FaultBody, {"fault": "reset", "share": -0.01}),
    (FaultBody, {"fault": "reset", "share": float("nan")}),
    (FaultBody, {"fault": "reset", "share": "0.2"}),
    (FaultBody, {"fault": "reset", "share": True}),
]


@pytest.mark.parametrize(("kind", "tree"), GOOD, ids=str)
def test_a_good_body_is_taken(kind: type[Body], tree: dict[str, Any]) -> None:
    assert kind.model_validate(tree).model_dump(exclude_unset=True) == tree


@pytest.mark.parametrize(("kind", "tree"), BAD, ids=str)
def test_a_bad_body_is_refused(kind: type[Body], tree: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        kind.model_validate(tree)
