"""What the rules of a scenario look at in a message."""

from dataclasses import dataclass
from functools import cached_property

from fake_twilio.domain.rules.rates import Kind, kind_of
from fake_twilio.domain.values.numbers import country_of
from twilio_sms.domain.segments import count_segments


@dataclass(frozen=True)
class Envelope:
    """A message on its way to the rules; what takes time to find out is found out when a rule asks."""

    to: str
    sender: str  # empty if nobody was found to send it
    body: str
    service_sid: str = ""  # empty without a messaging service
    account_sid: str = ""
    media: int = 0  # how many files come along
    is_smart: bool = False  # whether Smart Encoding counts its segments

    @cached_property
    def segments(self) -> int:
        """How many segments its text has."""
        return count_segments(self.body, smart_encoding=self.is_smart).segments

    @cached_property
    def country(self) -> str:
        """The ISO code of the recipient's country."""
        return country_of(self.to) or ""

    @cached_property
    def sender_kind(self) -> Kind | None:
        """What kind of sender sends it."""
        return kind_of(self.sender) if self.sender else None
