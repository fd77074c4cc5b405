"""What an application sent, as the mock saw it."""

from dataclasses import dataclass
from typing import Self

from twilio_sms.domain.form import Form
from twilio_sms.redaction import mask

_NAMED = frozenset({"To", "From", "MessagingServiceSid", "Body", "MediaUrl"})


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SentMessage:
    """One message as it left. *options* are the other parameters, under Twilio's names (``StatusCallback``).

    *sid* is what the mock called it, ``None`` if it was refused.
    """

    to: str
    from_: str | None = None
    body: str | None = None
    media_urls: tuple[str, ...] = ()
    messaging_service_sid: str | None = None
    options: Form = ()
    sid: str | None = None

    @classmethod
    def from_form(cls, form: Form) -> Self:
        """Read the form of a create-message request."""
        fields = dict(form)
        return cls(
            to=fields.get("To", ""),
            from_=fields.get("From"),
            body=fields.get("Body"),
            media_urls=tuple(value for name, value in form if name == "MediaUrl"),
            messaging_service_sid=fields.get("MessagingServiceSid"),
            options=tuple((name, value) for name, value in form if name not in _NAMED),
        )

    def option(self, name: str) -> str | None:
        """Return the value of an option by Twilio's name for it, the first if there are several."""
        return next((value for key, value in self.options if key == name), None)

    def __repr__(self) -> str:
        return f"SentMessage(to {mask(self.to)}, {len(self.body or '')} characters, {self.sid or 'refused'})"
