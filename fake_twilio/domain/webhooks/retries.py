"""What may go wrong with an attempt, and which retry policies try it again.

Source: Twilio, "Webhook connection overrides": `rp` lists what is tried again, a partial response never is. Inferred: a
connection that ends before its first byte is tried again by `all` only; a host name that is not found is a failed
connection.
"""

from collections.abc import Mapping, Set
from enum import StrEnum
from types import MappingProxyType


class Failure(StrEnum):
    """What stopped an attempt, so that there is no whole answer, or none that counts."""

    REFUSED = "refused"  # an address that may not be called, or that is none
    CONNECT = "connect"  # no connection, or no TLS
    SILENT = "silent"  # no first byte in time
    BROKEN = "broken"  # the connection ended before its first byte
    PARTIAL = "partial"  # something came, but no whole answer in time
    REDIRECTS = "redirects"  # redirected once too often
    UNSENT = "unsent"  # too many were waiting already


class Policy(StrEnum):
    """A word of `rp`."""

    CONNECT = "ct"
    READ = "rt"
    CLIENT_ERROR = "4xx"
    SERVER_ERROR = "5xx"
    ALL = "all"


Outcome = Failure | int  # an int is the first digit of a status

RETRIED_BY: Mapping[Outcome, frozenset[Policy]] = MappingProxyType(
    {
        Failure.REFUSED: frozenset(),
        Failure.CONNECT: frozenset({Policy.CONNECT, Policy.ALL}),
        Failure.SILENT: frozenset({Policy.READ, Policy.ALL}),
        Failure.BROKEN: frozenset({Policy.ALL}),
        Failure.PARTIAL: frozenset(),
        Failure.REDIRECTS: frozenset(),
        Failure.UNSENT: frozenset(),
        4: frozenset({Policy.CLIENT_ERROR, Policy.ALL}),
        5: frozenset({Policy.SERVER_ERROR, Policy.ALL}),
    }
)


def outcome_of(status: int | None, failure: Failure | None) -> Outcome:
    """Return what an attempt came to: its failure, or the first digit of its status."""
    return failure or (status or 0) // 100


def is_tried_again(outcome: Outcome, policies: Set[Policy]) -> bool:
    """Whether one of *policies* tries again what came to *outcome*."""
    return not RETRIED_BY.get(outcome, frozenset()).isdisjoint(policies)
