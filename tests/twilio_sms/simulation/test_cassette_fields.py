"""Tests of what a cassette may hold as it is."""

import pytest

from twilio_sms.simulation.cassette_fields import Kind, kind_of


@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [
        ("status", "queued", Kind.KEPT),
        ("date_created", "Thu, 24 Aug 2023 05:01:45 +0000", Kind.KEPT),
        ("SendAt", "2026-05-01T00:00:00Z", Kind.KEPT),
        ("price", "-0.00790", Kind.KEPT),
        ("Body", "", Kind.KEPT),
        ("more_info", "https://www.twilio.com/docs/errors/21211", Kind.KEPT),
        ("status", "+15551234567", Kind.NUMBER),
        ("status", "5551234567", Kind.TEXT),
        ("status", "415 555 9876", Kind.TEXT),
        ("price_unit", "(415) 555-9876", Kind.TEXT),
        ("date_sent", "415.555.9876", Kind.TEXT),
        ("Status", "41-55-55-98-76", Kind.TEXT),
        ("api_version", "2010-04-01", Kind.KEPT),
        ("DateSent>", "2026-01-02", Kind.KEPT),
        ("SendAt", "2026-05-01T02:00:00.5+02:00", Kind.KEPT),
        ("Fields", "sim_swap,line_type_intelligence", Kind.KEPT),
        ("status", "partially_delivered", Kind.KEPT),
        ("ValidityPeriod", "36000", Kind.KEPT),
        ("type", "fixedVoip", Kind.KEPT),
        ("country_code", "US", Kind.KEPT),
        ("anything", "SM" + "0a" * 16, Kind.SID),
        ("To", "+15551234567", Kind.NUMBER),
        ("Body", "+15551234567", Kind.NUMBER),
        ("From", "12345", Kind.SHORT_CODE),
        ("From", "SHOP", Kind.NAME),
        ("Body", "queued", Kind.TEXT),
        ("new_field", "Ann Smith", Kind.TEXT),
        ("StatusCallback", "https://ann.test/?token=1", Kind.ADDRESS),
        ("next_page_uri", "/2010-04-01/Accounts/x", Kind.PATH),
        ("Body", "/help", Kind.TEXT),
    ],
)
def test_only_a_closed_list_is_kept(name: str, value: str, kind: Kind) -> None:
    assert kind_of(name, value) is kind
