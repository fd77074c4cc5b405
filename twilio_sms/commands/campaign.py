"""What a bulk was asked for, as its journal keeps it.

A run that was interrupted goes on with what it began with. That is kept in the journal itself, so that the two are one
file: it is written with the same care, moves with it, and no second file can go missing or belong to another run. It
holds the sender, the text with its placeholders and paths. The account's secret is never in it, nor the address that
the secret is sent to: both come from whoever resumes, so a journal from a stranger leads nobody's credentials astray.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from decimal import Decimal
from math import ceil, isfinite
from pathlib import Path
from typing import Any, Self

from twilio_sms.bulk.options import BulkOptions, OnUnknown
from twilio_sms.config import Config
from twilio_sms.domain.draft import Draft
from twilio_sms.domain.phone import PhoneNumber, ReadNumber
from twilio_sms.domain.problems import Problems
from twilio_sms.domain.template import BodyTemplate
from twilio_sms.errors import JournalError, ValidationError
from twilio_sms.phones import number_reader
from twilio_sms.resilience.limits import RateLimits
from twilio_sms.resilience.token_bucket import Rate

NOT_KEPT = "the journal does not say how it was begun: use send-bulk with the same rows and options"
_MESSAGE = {
    "from_": "--from",
    "messaging_service": "--messaging-service",
    "body": "--body",
    "default_region": "--default-region",
}
_BULK = ("workers", "on_unknown", "settle_seconds", "budget", "price_per_segment")
_LIMITS: Mapping[str, Any] = {"per_second": None, "per_recipient_per_second": None, "no_limits": False}
_TEXTS = ("file", "from_", "messaging_service", "body", "default_region", "budget", "price_per_segment", "opt_outs")
_ANYBODY = "+15551234567"


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """What `send-bulk` was asked for; one that exists can be run. Paths are absolute, amounts as they were written."""

    file: str
    from_: str | None = None
    messaging_service: str | None = None
    body: str | None = field(default=None, repr=False)
    default_region: str | None = None
    workers: int = 8
    on_unknown: OnUnknown = "keep"
    settle_seconds: float = 120.0
    budget: str | None = None
    price_per_segment: str | None = None
    per_second: float | None = None
    per_recipient_per_second: float | None = None
    no_limits: bool = False
    opt_outs: str | None = None

    def __post_init__(self) -> None:
        if self.from_ is not None and self.messaging_service is not None:
            raise ValidationError("give --from or --messaging-service, not both")
        if self.no_limits and (self.per_second is not None or self.per_recipient_per_second is not None):
            raise ValidationError("--no-limits takes the limits off: leave out the others")
        problems = Problems()
        for name, check in (
            ("--body:", lambda: BodyTemplate.parse(self.body or "")),
            ("--per-second:", lambda: _rate(self.per_second)),
            ("--per-recipient-per-second:", lambda: _rate(self.per_recipient_per_second)),
            ("--default-region:", self._number_reader),
            ("the sender:", self._check_sender),
            ("the bulk:", lambda: BulkOptions.parse(journal="journal", **self.bulk_settings())),
        ):
            problems.read(name, check)
        if problems:
            problems.raise_all()

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` wrote; raise `JournalError` for anything else."""
        tree = _json_object(text)
        if set(tree) - {known.name for known in fields(cls)}:
            raise JournalError("the journal was begun by a newer twilio-sms: upgrade this one")
        try:
            return cls(**tree)
        except (ValidationError, TypeError) as error:
            raise JournalError(NOT_KEPT) from error

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    def changed(self, given: Mapping[str, Any]) -> Self:
        """Return the campaign with what is *given*, where it is not ``None``, in the place of what it had."""
        given = {name: value for name, value in given.items() if value is not None}
        fall_back = _LIMITS if set(_LIMITS) & set(given) else {}  # one limit given, all are given anew
        return replace(self, **{**fall_back, **given})

    def check_same_messages(self, earlier: "Campaign") -> None:
        """Raise `JournalError` that names what makes other messages of the same rows than *earlier* made."""
        differing = [option for name, option in _MESSAGE.items() if getattr(self, name) != getattr(earlier, name)]
        if differing:
            raise JournalError(
                f"the journal was begun with another {' and '.join(differing)}: resume it as it was, or begin "
                "another journal if everyone is to get this message, too"
            )

    def config(self) -> Config:
        """Return the settings of the client."""
        return Config(rate_limits=self._rate_limits(), default_region=self.default_region)

    def bulk_settings(self) -> dict[str, Any]:
        """Return how the bulk is sent, as arguments of `send_bulk`."""
        return {name: getattr(self, name) for name in _BULK}

    def message_settings(self) -> dict[str, Any]:
        """Return what the rows have in common, as arguments of `send_bulk`."""
        shared = {"from_": self.from_, "messaging_service_sid": self.messaging_service, "body_template": self.body}
        return {name: value for name, value in shared.items() if value is not None}

    @property
    def price(self) -> Decimal | None:
        """What a segment costs."""
        return read_price(self.price_per_segment)

    @property
    def name(self) -> str:
        """The name of the file, for a person."""
        return Path(self.file).name

    def _check_sender(self) -> None:
        """Refuse before any row what would have every row refused."""
        if self.from_ is None and self.messaging_service is None:
            return
        Draft.parse(
            to=_ANYBODY,
            from_=self.from_,
            messaging_service_sid=self.messaging_service,
            body="anything",
            options={},
            read_number=self._number_reader(),
        )

    def _number_reader(self) -> ReadNumber:
        return number_reader(self.default_region) if self.default_region else PhoneNumber.parse

    def _rate_limits(self) -> RateLimits:
        if self.no_limits:
            return RateLimits(global_rate=None, recipient_rate=None)
        usual = RateLimits()
        return RateLimits(
            global_rate=_rate(self.per_second) or usual.global_rate,
            recipient_rate=_rate(self.per_recipient_per_second) or usual.recipient_rate,
        )


def read_price(text: str | None) -> Decimal | None:
    """Read an amount as the price of a segment; raise `ValidationError` if it is none."""
    return BulkOptions.parse(journal=None, budget=None, price_per_segment=text).price_per_segment


def _json_object(text: str) -> dict[str, Any]:
    try:
        tree = json.loads(text)
    except ValueError:
        tree = None
    if not isinstance(tree, dict) or not all(isinstance(tree.get(name), str | None) for name in _TEXTS):
        raise JournalError(NOT_KEPT)
    return tree


def _rate(per_second: float | None) -> Rate | None:
    """Return a rate that saves up what comes back in a second, and one message at least."""
    if per_second is None:
        return None
    return Rate(per_second, max(1, ceil(per_second)) if isfinite(per_second) else 1)
