"""How fast messages may leave: the settings, and what they ask of a message."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

from twilio_sms.domain.sender_kind import SenderKind, sender_kind
from twilio_sms.domain.settings import check_counts
from twilio_sms.errors import ValidationError
from twilio_sms.resilience.token_bucket import Rate

OnLimit = Literal["wait", "raise"]

# Twilio answers 429 to too many requests at once and names no number that holds for every account: a cautious one,
# until who knows the account sets another.
GLOBAL_RATE = Rate(10, 30)
# A loop gone wild annoys one person once a second at most; three messages in a row are a normal conversation.
RECIPIENT_RATE = Rate(1, 3)
# Twilio, "Understanding Twilio Rate Limits and Message Queues": what a sender sends in a second to the US and Canada.
# Twilio counts segments of each sender; here only a short code's are counted, where many pass in a second.
LONG_CODE_RATE = Rate(1, 1)
TOLL_FREE_RATE = Rate(3, 3)
SHORT_CODE_RATE = Rate(100, 100)

LimitKind = Literal["global", "recipient", "sender"]
OnHoldUp = Callable[[LimitKind], None]

_RATES = ("global_rate", "recipient_rate", "long_code_rate", "toll_free_rate", "short_code_rate")
_RATE_OF_KIND = {
    SenderKind.LONG_CODE: "long_code_rate",
    SenderKind.TOLL_FREE: "toll_free_rate",
    SenderKind.SHORT_CODE: "short_code_rate",
}


KINDS: dict[str, LimitKind] = {
    "global_rate": "global",
    "recipient_rate": "recipient",
    **dict.fromkeys(_RATE_OF_KIND.values(), "sender"),
}


def ignore_hold_up(_kind: LimitKind) -> None:
    """Let nobody know."""


# What a message takes of one limit: the name of its setting, which of its buckets (a number, or "" where there is only
# one), and how many tokens. Several are made for each message, and a plain tuple is made ten times as fast as a class.
Claim = tuple[str, str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLimits:
    """How fast messages may leave, and what happens to one that comes too early. ``None`` takes a limit off.

    A message takes one token of each limit, but of a short code's as many as it has segments. A messaging service and
    an alphanumeric sender ID have no limit of their own: the service chooses its senders, and Twilio names no rate
    of an ID that holds everywhere.
    """

    global_rate: Rate | None = GLOBAL_RATE
    recipient_rate: Rate | None = RECIPIENT_RATE
    # Off: Twilio queues for hours what comes faster, and a campaign or a contract may allow another rate.
    long_code_rate: Rate | None = None
    toll_free_rate: Rate | None = None
    short_code_rate: Rate | None = None  # in segments
    on_limit: OnLimit = "wait"  # what most callers would program; "raise" is for those who must not block
    max_recipients: int = 10_000  # buckets kept of each limit, under 1 kB each: `turnstiles.py` says how firmly

    def __post_init__(self) -> None:
        for name in _RATES:
            rate = getattr(self, name)
            if rate is not None and not isinstance(rate, Rate):
                raise ValidationError(f"{name} must be a Rate or None, is {type(rate).__name__}")
        if self.on_limit not in get_args(OnLimit):
            raise ValidationError(f"on_limit must be 'wait' or 'raise', is {self.on_limit!r}")
        check_counts(self, "max_recipients")

    def rates(self) -> dict[str, Rate]:
        """Return the limits that are on, by the names of their settings."""
        return {name: rate for name in _RATES if (rate := getattr(self, name)) is not None}

    def claims(self, recipient: str, sender: str | None, segments: Callable[[], int]) -> list[Claim]:
        """Return what a message takes of which bucket.

        *recipient* is an E.164 number, *sender* a sender's text, the SID of a messaging service or ``None``.
        *segments* is only called if a limit goes by segments. Raises `ValidationError` if the message can never pass,
        since it takes more than the burst.
        """
        claims: list[Claim] = [("global_rate", "", 1)] if self.global_rate else []
        if self.recipient_rate:
            claims.append(("recipient_rate", recipient, 1))
        if sender and (self.long_code_rate or self.toll_free_rate or self.short_code_rate):
            claims += self._claims_of_sender(sender, segments)
        return claims

    def _claims_of_sender(self, sender: str, segments: Callable[[], int]) -> list[Claim]:
        kind = sender_kind(sender)
        name = _RATE_OF_KIND.get(kind)
        rate: Rate | None = getattr(self, name) if name else None
        if name is None or rate is None:
            return []
        tokens = segments() if kind is SenderKind.SHORT_CODE else 1
        if not 1 <= tokens <= rate.burst:
            raise ValidationError(f"a message must have 1 to {rate.burst} segments ({name}.burst), has {tokens}")
        return [(name, sender, tokens)]
