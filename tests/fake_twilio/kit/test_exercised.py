"""Tests of which failures a run has met; the scenarios of the table are tried in contract/."""

from dataclasses import replace
from typing import Any

import pytest

from fake_twilio.delivery.webhook import Kind
from fake_twilio.domain.fate.chaos import Chaos, Mischief, Trick
from fake_twilio.domain.fate.faults import Break, Fault
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.messages.message import Change, Twist
from fake_twilio.domain.webhooks.retries import Failure
from fake_twilio.kit.exercised import exercised
from fake_twilio.records.incidents import Incident, Sort
from tests.fake_twilio.doubles import START, make_message, make_webhook
from tests.fake_twilio.kit.runs import asked, delivered, evidence

FALLBACK = replace(make_webhook(), kind=Kind.INBOUND, form=(("ErrorCode", "11200"), ("ErrorUrl", "https://app.test")))
EARLY = Twist(chaos=Chaos(((Mischief.BEFORE_RESPONSE, Trick()),)))


def failed_with(code: int) -> dict[str, Any]:
    return {"messages": (make_message(timeline=(Change(START, Status.FAILED, code),)),)}


@pytest.mark.parametrize(
    ("shown", "names"),
    [
        pytest.param({}, set(), id="nothing"),
        pytest.param({"incidents": (Incident(START, Sort.REFUSAL, "21211"),)}, {"invalid_recipient"}, id="a refusal"),
        pytest.param({"incidents": (Incident(START, Sort.REFUSAL, "20404"),)}, set(), id="a refusal beside the table"),
        pytest.param({"incidents": (Incident(START, Sort.FAULT, "hang"),)}, {"hang"}, id="a fault"),
        pytest.param({"incidents": (Incident(START, Sort.CALLBACK, "late"),)}, {"callback_late"}, id="mischief"),
        pytest.param(failed_with(30007), {"carrier_filter"}, id="an error"),
        pytest.param(failed_with(21610), {"stop_in_between"}, id="STOP in between"),
        pytest.param({"messages": (make_message(direction="inbound", body="stop"),)}, {"stop"}, id="STOP"),
        pytest.param({"messages": (make_message(body="stop"),)}, set(), id="STOP, but sent by us"),
        pytest.param(
            {"messages": (make_message(twist=Twist(fault=Fault(kind=Break.RESET))),)}, {"commit_then_fail"}, id="lost"
        ),
        pytest.param({"messages": (make_message(twist=Twist(fault=Fault())),)}, set(), id="only slow"),
        pytest.param({"messages": (make_message(twist=EARLY),)}, {"callback_before_response"}, id="early"),
        pytest.param({"messages": (make_message(twist=EARLY, status_callback=None),)}, set(), id="nobody to tell"),
        pytest.param({"callbacks": (delivered(503),)}, {"webhook_error"}, id="the app fails"),
        pytest.param({"callbacks": (delivered(204),)}, set(), id="the app is well"),
        pytest.param(
            {"callbacks": (delivered(None, failure=Failure.SILENT),)}, {"webhook_too_slow"}, id="the app is slow"
        ),
        pytest.param(
            {"callbacks": (delivered(None, failure=Failure.CONNECT),)}, {"webhook_unreachable"}, id="nobody is there"
        ),
        pytest.param({"callbacks": (delivered(webhook=FALLBACK),)}, {"webhook_fallback"}, id="the fallback is asked"),
        pytest.param({"requests": (asked(0, status=429, retry_after_seconds=2),)}, {"retry_after"}, id="come later"),
        pytest.param({"requests": (asked(0, status=503, fault="html"), asked(9))}, {"recovery"}, id="out, and back"),
        pytest.param({"requests": (asked(0), asked(9, status=503))}, set(), id="out for good"),
        pytest.param({"requests": (asked(0, status=503), asked(1, fault="reset"))}, set(), id="back unseen"),
    ],
)
def test_a_failure_is_met_where_a_run_shows_it(shown: dict[str, Any], names: set[str]) -> None:
    assert exercised(evidence(**shown)) == names


def test_an_outage_lasts_through_other_refusals() -> None:
    requests = (asked(0, status=503), asked(1, status=400), asked(2))

    assert exercised(evidence(requests=requests)) == {"recovery"}
