"""How far a message is survives being written down, and no number is in it."""

from datetime import UTC, datetime

import pytest

from tests.callbacks import told
from tests.doubles import MESSAGE_SID, RECIPIENT
from twilio_sms.domain.delivery_track import DeliveryTrack
from twilio_sms.stores.track_json import from_json, to_json

NOW = datetime(2026, 1, 1, 12, 0, 0, 123456, tzinfo=UTC)
TRACK = (
    DeliveryTrack(MESSAGE_SID)
    .after(told("sent"), NOW)
    .after.after(told("undelivered", 30003, carrier_time=NOW), NOW)
    .after.after(told('new "é"'), NOW)
    .after
)


@pytest.mark.parametrize("track", [TRACK, DeliveryTrack(MESSAGE_SID)])
def test_what_is_written_is_read_again(track):
    assert from_json(to_json(track)) == track


def test_it_holds_no_number():
    assert RECIPIENT[1:] not in to_json(TRACK)


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "nul", '{"events": [[1]]}', to_json(TRACK)[:-1], to_json(TRACK).replace("sid", "x")]
)
def test_what_nobody_wrote_is_refused(text):
    with pytest.raises((ValueError, TypeError, LookupError)):
        from_json(text)
