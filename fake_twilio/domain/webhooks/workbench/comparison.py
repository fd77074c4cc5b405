"""A request that was sent and one that was seen, part by part: where they differ."""

from collections.abc import Iterator
from typing import NamedTuple

from fake_twilio.domain.twilio.form import Form
from fake_twilio.domain.webhooks.workbench.address import Address
from fake_twilio.domain.webhooks.workbench.visible import Contrast, contrast

Values = dict[str, None]  # each once, in their order


class Row(NamedTuple):
    """One part that differs; without a *contrast* only one of both has it, and *only* says which: sent, or yours."""

    name: str
    contrast: Contrast | None = None
    only: str = ""
    value: str = ""


def url_rows(sent: str, seen: str) -> list[Row]:
    """Return the parts of the URL that differ; the whole URL if one of both has no parts."""
    left, right = Address.find(sent), Address.find(seen)
    if sent == seen:
        return []
    if left is None or right is None:
        return [Row("URL", contrast(sent, seen))]
    return [row for part in Address._fields for row in _row(part, getattr(left, part), getattr(right, part))]


def form_rows(sent: Form, seen: Form) -> list[Row]:
    """Return the parameters that differ, as they are signed: order does not count, and equal pairs count once."""
    left, right = _by_name(sent), _by_name(seen)
    names = dict.fromkeys((*left, *right))
    return [row for name in names for row in _rows_of(name, left.get(name, {}), right.get(name, {}))]


def _rows_of(name: str, sent: Values, seen: Values) -> Iterator[Row]:
    left, right = [one for one in sent if one not in seen], [one for one in seen if one not in sent]
    for one, other in zip(left, right, strict=False):
        yield Row(name, contrast(one, other))
    yield from (Row(name, only="sent", value=one) for one in left[len(right) :])
    yield from (Row(name, only="yours", value=one) for one in right[len(left) :])


def _row(name: str, sent: str | None, seen: str | None) -> Iterator[Row]:
    if sent is None and seen is not None:
        yield Row(name, only="yours", value=seen)
    elif seen is None and sent is not None:
        yield Row(name, only="sent", value=sent)
    elif sent != seen and sent is not None and seen is not None:
        yield Row(name, contrast(sent, seen))


def _by_name(form: Form) -> dict[str, Values]:
    found: dict[str, Values] = {}
    for name, value in form:
        found.setdefault(name, {})[value] = None
    return found
