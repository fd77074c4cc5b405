"""Tests of what a check found out."""

from fake_twilio.checkup.finding import Finding, failed, passed, warned
from fake_twilio.delivery.webhook import Kind


def test_only_a_failure_fails() -> None:
    verdicts = (passed("fine"), warned("late", "hurry"), failed("no", "yes"))

    findings = [Finding(kind=Kind.STATUS, check="in time", verdict=verdict) for verdict in verdicts]

    assert [finding.is_failure for finding in findings] == [False, False, True]
