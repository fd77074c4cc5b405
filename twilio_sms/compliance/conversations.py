"""With whom a recipient speaks, and how far a STOP reaches that was said there.

Twilio keeps an opt-out for the messaging service that a number is in, or else for the number (docs "Advanced Opt-Out").
So a conversation is one with the service, if there is one, and START lifts what was said to the service and to the
number.
"""

from collections.abc import Callable
from enum import StrEnum

from twilio_sms.domain.scope import BRAND, Scope
from twilio_sms.errors import ValidationError


class StopReach(StrEnum):
    """How far an opt-out reaches that came by text, or that Twilio reports."""

    BRAND = "brand"  # to every sender
    CONVERSATION = "conversation"  # to the service or number that it was sent to, as at Twilio


def read_reach(reach: str) -> StopReach:
    """Return the reach that is named; raise `ValidationError` if there is no such one."""
    try:
        return StopReach(reach)
    except ValueError:
        raise ValidationError(f"stop_reach must be 'brand' or 'conversation', is {reach!r}") from None


def conversations(sender: str | None, service: str | None) -> tuple[Scope, ...]:
    """Return the service and the sender as scopes, the service first.

    An address that cannot be read is left out, so that no STOP gets lost by it.
    """
    return (*_read(Scope.of_service, service), *_read(Scope.of_sender, sender))


def scope_of_stop(conversation: Scope | None, reach: StopReach) -> Scope:
    """Return what a STOP in *conversation* opts out of."""
    return conversation if conversation and reach is StopReach.CONVERSATION else BRAND


def _read(scope_of: Callable[[str], Scope], name: str | None) -> tuple[Scope, ...]:
    try:
        return (scope_of(name),) if name else ()
    except ValidationError:
        return ()
