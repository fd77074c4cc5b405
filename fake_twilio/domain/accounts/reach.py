"""Which senders of a pool reach a recipient, and which of them suit it best.

Source: Twilio, "Messaging Services": geo-match prefers a sender of the recipient's country, area code geo-match one of
its area code. Toll-free numbers and short codes are taken for American ones, which reach country code 1 only;
alphanumeric sender IDs reach everywhere else.
"""

from collections.abc import Sequence

import phonenumbers

from fake_twilio.domain.values.numbers import is_e164, is_toll_free

_AREA_LENGTH = len("+1415")


def reaching(senders: Sequence[str], to: str) -> list[str]:
    """Return those of *senders* that may send to *to*, the recipient itself never."""
    return [sender for sender in senders if sender != to and _reaches(sender, to)]


def nearest(senders: Sequence[str], to: str, *, by_area: bool) -> list[str]:
    """Return the senders of the recipient's area, if *by_area*, or else of its country; all, if there are none."""
    area = [sender for sender in senders if _is_home(to) and sender[:_AREA_LENGTH] == to[:_AREA_LENGTH]]
    if by_area and area:
        return area
    country = _calling_code(to)
    return [sender for sender in senders if _calling_code(sender) == country] or list(senders)


def _reaches(sender: str, to: str) -> bool:
    if is_e164(sender):
        return _is_home(to) or not is_toll_free(sender)
    is_short_code = sender.isdigit()
    return is_short_code == _is_home(to)


def _is_home(number: str) -> bool:
    return number.startswith("+1")


def _calling_code(sender: str) -> int | None:
    """Return the country code of a number; short codes and alphanumeric sender IDs have none."""
    try:
        return phonenumbers.parse(sender, None).country_code
    except phonenumbers.NumberParseException:
        return None
