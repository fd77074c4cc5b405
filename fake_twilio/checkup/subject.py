"""What is checked: an address of an app, and how it is called."""

from dataclasses import dataclass, field

from fake_twilio.delivery.webhook import Kind
from fake_twilio.domain.values.hosts import is_web_address
from fake_twilio.domain.webhooks.overrides import Limits
from fake_twilio.domain.webhooks.signature import signed_url

TWILIO_SECONDS = 15.0  # Twilio: "Webhook connection overrides", the most that an answer may take
SLOW_SECONDS = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """An address that takes webhooks of one *kind*; raises `ValueError` if it cannot be called.

    Account, sender and recipient stand in the requests; *timeout_seconds* is how long one may take.
    """

    url: str = field(repr=False)
    kind: Kind
    auth_token: str = field(repr=False)
    account_sid: str
    sender: str
    recipient: str
    timeout_seconds: float = TWILIO_SECONDS

    def __post_init__(self) -> None:
        if not is_web_address(self.url):
            raise ValueError("wanted an http or https address with a host, such as http://127.0.0.1:5000/sms")
        if not 0 < self.timeout_seconds <= TWILIO_SECONDS:
            raise ValueError(f"wanted a timeout of more than 0 and at most {TWILIO_SECONDS:g} seconds")
        if not self.auth_token.strip():
            raise ValueError("wanted the auth token that the app checks signatures with, not an empty one")

    @property
    def shown_url(self) -> str:
        """The address as it is requested and may be shown: without fragment, user and password."""
        return signed_url(self.url)

    @property
    def limits(self) -> Limits:
        """How long each part of a request may take."""
        seconds = self.timeout_seconds
        return Limits(connect_seconds=min(5.0, seconds), read_seconds=seconds, total_seconds=seconds)

    @property
    def slow_seconds(self) -> float:
        """From when on an answer comes late, though it still comes in time."""
        return min(SLOW_SECONDS, self.timeout_seconds / 3)
