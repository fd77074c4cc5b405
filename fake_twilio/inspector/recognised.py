"""A webhook of this fake to which a request belongs that somebody saw, and where both differ."""

import hmac
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from fake_twilio.delivery.webhook import Delivery
from fake_twilio.domain.twilio.form import Form, first
from fake_twilio.domain.webhooks.workbench.comparison import Row, form_rows, url_rows
from fake_twilio.domain.webhooks.workbench.guess import Guess

_NAMES = ("MessageSid", "SmsSid", "SmsMessageSid")


class Recognised(NamedTuple):
    """A webhook that was sent; *is_signed* is whether it is known by its signature, not just by what it tells of."""

    delivery: Delivery
    is_signed: bool
    url_rows: list[Row]
    form_rows: list[Row]
    same: int  # parameters that are as they were sent

    @property
    def is_forged(self) -> bool:
        """Whether the fake has signed it wrongly, because its scenario wants that."""
        return self.delivery.webhook.is_forged

    @property
    def is_same(self) -> bool:
        """Whether nothing differs."""
        return not self.url_rows and not self.form_rows


def recognise(deliveries: Sequence[Delivery], readings: Iterable[Guess], url: str, form: Form) -> Recognised | None:
    """Return the newest webhook with one of the *readings* of a signature, else the one that tells of the same."""
    newest_first = deliveries[::-1]
    given = [reading.text.encode("utf-8", "surrogatepass") for reading in readings if reading.text.strip()]
    signed = next((one for one in newest_first if _has_one(one.signature, given)), None)
    found = signed or _resembling(newest_first, form)
    return None if found is None else _compared(found, url, form, is_signed=signed is not None)


def form_sent(delivery: Delivery) -> Form:
    """Return the parameters that stood in the body of a request; with GET they are in its URL."""
    requested = delivery.request or delivery.webhook
    return () if requested.method == "GET" else requested.form


def _has_one(signature: str, given: Iterable[bytes]) -> bool:
    return any(hmac.compare_digest(signature.encode(), one) for one in given)


def _resembling(newest_first: Iterable[Delivery], form: Form) -> Delivery | None:
    sid = next(filter(None, (first(form, name) for name in _NAMES)), None)
    if sid is None:
        return None
    status = first(form, "MessageStatus") or first(form, "SmsStatus")
    about = [delivery for delivery in newest_first if delivery.webhook.message_sid == sid]
    return next((one for one in about if one.webhook.status.value == status), about[0] if about else None)


def _compared(delivery: Delivery, url: str, form: Form, *, is_signed: bool) -> Recognised:
    sent = form_sent(delivery)
    given = form if sent or delivery.method != "GET" else ()
    rows = form_rows(sent, given)
    same = len(set(sent) & set(given))
    return Recognised(delivery, is_signed, url_rows(delivery.url, url), rows, same)
