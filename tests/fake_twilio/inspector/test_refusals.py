"""Requests that were refused are listed, the newest first."""

from fake_twilio.inspector.refusals import MOST_SHOWN, refused_lately
from fake_twilio.records.incidents import Incident, Sort


def test_the_newest_refusals_are_told_with_twilios_title() -> None:
    incidents = [Incident(float(at), Sort.REFUSAL, "21610") for at in range(MOST_SHOWN + 5)]
    incidents += [Incident(90.0, Sort.FAULT, "reset")]
    incidents += [Incident(91.0, Sort.REFUSAL, "21211", recipient="+1555***4567")]

    told = refused_lately(incidents)

    assert told[0][:3] == (91.0, "21211 Invalid 'To' Phone Number", "+1555***4567")
    assert [(one.at, one.recipient) for one in told[1:3]] == [(14.0, ""), (13.0, "")]
    assert len(told) == MOST_SHOWN


def test_nothing_is_told_where_nothing_was_refused() -> None:
    assert refused_lately([Incident(1.0, Sort.FAULT, "reset")]) == []
