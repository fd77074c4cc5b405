"""Tests of who asks: real apps on real ports, good ones and bad ones."""

from contextlib import closing
from typing import Any

import pytest

from fake_twilio.checkup.examination import examine
from fake_twilio.checkup.finding import Verdict
from fake_twilio.checkup.probes import Probes
from fake_twilio.delivery.outbound import Outbound
from fake_twilio.delivery.webhook import Kind
from fake_twilio.timing.clock import monotonic
from tests.fake_twilio.checkup import apps

NOW = 1_767_225_600.0
INBOUND_CHECKS = (
    *("reachable", "in time", "signed", "tampered", "unsigned", "other token"),
    *("new parameter", "repeated", "twiml"),
)


def examined(url: str, **changes: Any) -> dict[str, Verdict]:
    probes = Probes(subject=apps.subject_of(url, **changes), seed=1, now=NOW)
    with closing(Outbound(connections=1, monotonic=monotonic)) as caller:
        return {finding.check: finding.verdict for finding in examine(probes, caller)}


def grades(url: str, **changes: Any) -> dict[str, str]:
    return {check: verdict.grade.value for check, verdict in examined(url, **changes).items()}


def not_passed(view: apps.View, **changes: Any) -> dict[str, str]:
    with apps.running(view) as url:
        return {check: grade for check, grade in grades(url, **changes).items() if grade != "PASS"}


def test_a_good_app_passes_every_check() -> None:
    with apps.running(apps.good) as url:
        found = grades(url)

    assert found == dict.fromkeys(INBOUND_CHECKS, "PASS")


def test_a_good_app_passes_as_the_address_of_statuses_too() -> None:
    with apps.running(apps.good) as url:
        found = grades(url, kind=Kind.STATUS)

    assert found == dict.fromkeys((*INBOUND_CHECKS[:-1], "empty answer"), "PASS")


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (apps.trusting, dict.fromkeys(("tampered", "unsigned", "other token"), "FAIL")),
        (apps.crashing, {"unsigned": "FAIL"}),
        (apps.strict, {"new parameter": "FAIL"}),
        (apps.once_only(), {"repeated": "FAIL"}),
        (apps.answering("<Response><Message>hello"), {"twiml": "FAIL"}),
        (apps.answering(apps.HELLO, "application/json"), {"twiml": "FAIL"}),
        (apps.answering(apps.HELLO, "text/html"), {"twiml": "WARN"}),
        (apps.answering("<Response><Say>hello</Say></Response>"), {"twiml": "WARN"}),
    ],
    ids=["trusts all", "crashes", "known parameters", "once only", "half TwiML", "no type", "html", "for calls"],
)
def test_what_is_wrong_with_an_app_is_found_and_nothing_else(view: apps.View, expected: dict[str, str]) -> None:
    assert not_passed(view) == expected


def test_an_answer_to_a_status_that_nobody_reads_is_a_warning() -> None:
    assert not_passed(apps.answering("ok"), kind=Kind.STATUS) == {"empty answer": "WARN"}


def test_an_app_behind_a_proxy_is_told_which_address_it_validates() -> None:
    with apps.running(apps.behind_a_proxy) as url:
        found = examined(url)

    assert found["signed"].grade == "FAIL"
    assert found["public address"].reason == "your app validates against https://127.0.0.1/sms"
    assert "new parameter" not in found


def test_an_app_with_another_token_is_told_to_compare() -> None:
    with apps.running(apps.good) as url:
        found = examined(url, auth_token="another")

    assert (found["signed"].grade, found["unsigned"].grade) == ("FAIL", "PASS")
    assert "auth token" in found["public address"].advice


def test_a_redirect_says_where_it_leads_and_ends_the_checks() -> None:
    with apps.running(apps.moved) as url:
        found = examined(url)

    assert {check: verdict.grade for check, verdict in found.items()} == {
        "reachable": "PASS",
        "in time": "PASS",
        "signed": "FAIL",
    }
    assert "https://shop.example/sms" in found["signed"].advice


def test_who_does_not_answer_in_time_is_asked_only_once() -> None:
    with apps.never_answering() as url:
        found = examined(url, timeout_seconds=0.2)

    assert {check: verdict.grade for check, verdict in found.items()} == {"reachable": "PASS", "in time": "FAIL"}
    assert found["in time"].reason.startswith("no whole answer within 0.2 s")


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/sms", "http://10.1.2.3/sms"], ids=["closed port", "not allowed"])
def test_who_is_not_reached_is_asked_nothing_more(url: str) -> None:
    assert grades(url) == {"reachable": "FAIL"}
