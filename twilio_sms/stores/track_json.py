"""How far a message is, as a text that a store keeps: no number and no body is in it."""

import json
from datetime import datetime

from twilio_sms.domain.delivery_track import DeliveryEvent, DeliveryTrack
from twilio_sms.domain.status import Status


def to_json(track: DeliveryTrack) -> str:
    return json.dumps(
        {
            "sid": track.message_sid,
            "status": track.status.value,
            "error_code": track.error_code,
            "events": [_event_to_json(event) for event in track.events],
        },
        separators=(",", ":"),
    )


def from_json(text: str) -> DeliveryTrack:
    """Read what `to_json` wrote; raise `ValueError`, `TypeError` or `LookupError` for anything else."""
    tree = json.loads(text)
    events = tuple(_event_from_json(*event) for event in tree["events"])
    return DeliveryTrack(tree["sid"], Status(tree["status"]), tree["error_code"], events)


def _event_to_json(event: DeliveryEvent) -> list[str | int | None]:
    carrier = event.carrier_time.isoformat() if event.carrier_time else None
    return [event.status_text, event.error_code, carrier, event.seen_time.isoformat()]


def _event_from_json(status_text: str, error_code: int | None, carrier: str | None, seen: str) -> DeliveryEvent:
    return DeliveryEvent(
        status_text, error_code, datetime.fromisoformat(carrier) if carrier else None, datetime.fromisoformat(seen)
    )
