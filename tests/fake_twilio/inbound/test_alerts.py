"""Tests of the ring of alerts."""

from fake_twilio.domain.inbound.alert import Alert
from fake_twilio.inbound.alerts import Alerts
from fake_twilio.timing.clock import ManualClock
from tests.fake_twilio.doubles import CALLBACK, MESSAGE_SID, START


def test_an_alert_is_kept_with_its_moment_and_title() -> None:
    alerts = Alerts(ManualClock(START))

    alerts.note(12100, MESSAGE_SID, CALLBACK)

    (alert,) = alerts.all()
    assert alert == Alert(at=START, code=12100, title="Document parse failure", message_sid=MESSAGE_SID, url=CALLBACK)


def test_a_full_ring_forgets_the_oldest() -> None:
    alerts = Alerts(ManualClock(START), bound=2)

    for code in (11200, 12100, 12300):
        alerts.note(code, MESSAGE_SID, CALLBACK)

    assert [alert.code for alert in alerts.all()] == [12100, 12300]


def test_an_alert_keeps_no_user_and_no_password() -> None:
    alerts = Alerts(ManualClock(START))

    alerts.note(12100, MESSAGE_SID, "https://shop:hunter2@app.test/sms#rc=2")

    assert [alert.url for alert in alerts.all()] == ["https://app.test/sms"]
