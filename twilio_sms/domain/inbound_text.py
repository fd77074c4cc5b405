"""A text that a recipient sent to us, as far as opt-outs need it."""

from dataclasses import dataclass

from twilio_sms.domain.settings import check_switches
from twilio_sms.errors import ValidationError
from twilio_sms.redaction import mask


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class InboundText:
    """What Twilio's inbound webhook tells: ``MessageSid``, ``From``, ``To``, ``Body``, ``MessagingServiceSid``.

    *is_signed* says whether its ``X-Twilio-Signature`` was checked and is right; without it nobody is opted in.
    *opt_out_type* is how Twilio itself read it (``STOP``, ``START``, ``HELP``), by words that only it may know.
    Raises `ValidationError` for what is no text: a picture alone comes with an empty *body*.
    """

    sid: str
    from_: str
    to: str
    body: str
    service: str | None = None
    is_signed: bool = False
    opt_out_type: str | None = None

    def __post_init__(self) -> None:
        for name in ("sid", "from_", "to", "body"):
            if not isinstance(getattr(self, name), str):
                raise ValidationError(f"{name} must be a text, is {type(getattr(self, name)).__name__}")
        check_switches(self, "is_signed")

    def __repr__(self) -> str:
        return f"InboundText({self.sid} from {mask(self.from_)})"
