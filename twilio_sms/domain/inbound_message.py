"""A message that a recipient sent to us: a frozen value."""

from collections.abc import Mapping
from typing import NamedTuple

from twilio_sms.redaction import mask

_NOTHING: Mapping[str, str] = {}


class Media(NamedTuple):
    """One attachment: where it is, and what it is (``image/jpeg``)."""

    url: str
    content_type: str


class Place(NamedTuple):
    """Where a number is registered, as far as Twilio knows: not where its owner is."""

    city: str | None = None
    state: str | None = None
    zip: str | None = None
    country: str | None = None


class InboundMessage(NamedTuple):
    """What a webhook for an inbound message says. Source: Twilio, "Twilio's request to your incoming message webhook".

    *opt_out_type* is Twilio's own reading (``STOP``, ``HELP``, ``START``), there only with Advanced Opt-Out. *extra* is
    what else Twilio sent.
    """

    sid: str
    account_sid: str
    from_: str
    to: str
    body: str
    messaging_service_sid: str | None = None
    num_segments: int = 1
    media: tuple[Media, ...] = ()
    from_place: Place = Place()
    to_place: Place = Place()
    opt_out_type: str | None = None
    extra: Mapping[str, str] = _NOTHING

    def __repr__(self) -> str:
        return f"InboundMessage({self.sid} from {mask(self.from_)}, {len(self.body)} characters)"
