"""How fast which sender sends where: Twilio's table of segments per second, and how much a queue holds.

Sources: Twilio, "Understanding Twilio Rate Limits and Message Queues", and its pages about 21611 and 30001 (2025): a US
long code sends one segment a second. A long code that writes to the United States does so in an A2P 10DLC campaign,
which has a rate of its own at Twilio; here it is that one segment, unless a scenario says what the campaign may.
Inferred, where the table is silent: a short code is as fast as others elsewhere, and foreign numbers are long codes.
"""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from fake_twilio.domain.values.numbers import country_of, is_e164, is_toll_free

QUEUE_SECONDS = 36_000  # of traffic: 10 hours; in 2023 it was 4
ELSEWHERE = 10  # segments per second, from every sender


class Kind(Enum):
    """What a message is sent from."""

    LONG_CODE = "long code"
    TOLL_FREE = "toll-free number"
    SHORT_CODE = "short code"
    ALPHANUMERIC = "alphanumeric sender ID"


RATES: Mapping[Kind, Mapping[str, int]] = MappingProxyType(
    {
        Kind.LONG_CODE: MappingProxyType({"US": 1, "CA": 1}),
        Kind.TOLL_FREE: MappingProxyType({"US": 3, "CA": 3}),
        Kind.SHORT_CODE: MappingProxyType({"US": 100, "CA": 100, "GB": 100}),
        Kind.ALPHANUMERIC: MappingProxyType({}),
    }
)


def kind_of(sender: str) -> Kind:
    """Return what kind of sender this is."""
    if is_toll_free(sender):
        return Kind.TOLL_FREE
    if is_e164(sender):
        return Kind.LONG_CODE
    return Kind.SHORT_CODE if sender.isdigit() else Kind.ALPHANUMERIC


def segments_per_second(sender: str, to: str) -> int:
    """Return how many segments *sender* sends in a second to the country of *to*."""
    return RATES[kind_of(sender)].get(country_of(to) or "", ELSEWHERE)
