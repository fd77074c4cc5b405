"""A message as Twilio tells it: a frozen value."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self

from twilio_sms.domain.dates import read_date
from twilio_sms.domain.status import Status
from twilio_sms.redaction import mask

if TYPE_CHECKING:
    from decimal import Decimal

    from twilio_sms.domain.delivery_error import DeliveryError

_SID = re.compile(r"[0-9A-Za-z]{1,64}", re.ASCII)  # Twilio's have 34; what is none cannot be kept or asked for


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Message:
    """One message. Dates are in UTC; ``price`` is in ``price_unit`` and negative, ``None`` until Twilio priced it.

    ``attempts`` is how many requests it took to send it; it is no part of what makes two messages equal.
    """

    sid: str
    account_sid: str
    messaging_service_sid: str | None
    to: str
    from_: str | None
    body: str
    status: Status
    status_text: str
    direction: str
    num_segments: int
    num_media: int
    price: "Decimal | None"
    price_unit: str | None
    error_code: int | None
    error_message: str | None
    date_created: datetime | None
    date_updated: datetime | None
    date_sent: datetime | None
    api_version: str
    uri: str
    raw: Mapping[str, Any] = field(hash=False)
    attempts: int = field(default=1, compare=False)

    @classmethod
    def from_json(cls, tree: Mapping[str, Any], attempts: int = 1) -> Self:
        """Read Twilio's JSON, patiently: only ``sid`` must be there. Raises `ValueError` without one."""
        sid = tree.get("sid")
        if not isinstance(sid, str) or not _SID.fullmatch(sid):
            raise ValueError("a message without a sid")
        status_text = _text(tree, "status")
        return cls(
            sid=sid,
            account_sid=_text(tree, "account_sid"),
            messaging_service_sid=_optional_text(tree, "messaging_service_sid"),
            to=_text(tree, "to"),
            from_=_optional_text(tree, "from"),
            body=_text(tree, "body"),
            status=Status.parse(status_text),
            status_text=status_text,
            direction=_text(tree, "direction"),
            num_segments=_whole(tree, "num_segments") or 0,
            num_media=_whole(tree, "num_media") or 0,
            price=_decimal(tree, "price"),
            price_unit=_optional_text(tree, "price_unit"),
            error_code=_whole(tree, "error_code"),
            error_message=_optional_text(tree, "error_message"),
            date_created=_date(tree, "date_created"),
            date_updated=_date(tree, "date_updated"),
            date_sent=_date(tree, "date_sent"),
            api_version=_text(tree, "api_version"),
            uri=_text(tree, "uri"),
            raw=MappingProxyType(dict(tree)),
            attempts=attempts,
        )

    @property
    def delivery_error(self) -> "DeliveryError | None":
        """Why it was not delivered, as a value that says what to do next; ``None`` without an error code."""
        from twilio_sms.domain.delivery_error import DeliveryError  # a message that was just sent has none

        return DeliveryError.of(self.error_code) if self.error_code else None

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel as Twilio's JSON: a read-only view cannot be pickled."""
        return type(self).from_json, (dict(self.raw), self.attempts)

    def __repr__(self) -> str:
        return f"Message({self.sid}, {self.status_text}, to {mask(self.to)})"


def _text(tree: Mapping[str, Any], name: str) -> str:
    return _optional_text(tree, name) or ""


def _optional_text(tree: Mapping[str, Any], name: str) -> str | None:
    value = tree.get(name)
    return None if value is None else str(value)


def _whole(tree: Mapping[str, Any], name: str) -> int | None:
    try:
        return int(tree[name])
    except (KeyError, TypeError, ValueError, OverflowError):
        return None


def _decimal(tree: Mapping[str, Any], name: str) -> "Decimal | None":
    if tree.get(name) is None:
        return None
    from decimal import Decimal, InvalidOperation  # a message that was just sent has no price yet

    try:
        price = Decimal(str(tree[name]))
    except InvalidOperation:
        return None
    return price if price.is_finite() else None


def _date(tree: Mapping[str, Any], name: str) -> datetime | None:
    value = tree.get(name)
    return None if value is None else read_date(str(value))
