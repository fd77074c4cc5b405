"""Whether an app that was told to come back later did so, and no earlier."""

from collections.abc import Sequence
from dataclasses import dataclass

from fake_twilio.records.request_log import SeenRequest

TOLERANCE_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Followed:
    """An answer with Retry-After, and how many seconds later the same was asked again; ``None`` if it never was."""

    wanted_seconds: float
    came_after_seconds: float | None

    @property
    def came_back(self) -> bool:
        return self.came_after_seconds is not None

    @property
    def is_too_early(self) -> bool:
        after = self.came_after_seconds
        return after is not None and after < self.wanted_seconds - TOLERANCE_SECONDS


def followed(requests: Sequence[SeenRequest]) -> list[Followed]:
    """Return what followed each answer with Retry-After that could be read.

    The same is what the same account asks of the same resource for the same recipient. Waiting counts in the time of
    the run as well as in real time, whichever is longer: an app may do either.
    """
    ordered = sorted(requests, key=lambda request: request.real_began)
    pending: dict[tuple[str, ...], SeenRequest] = {}
    found = []
    for request in ordered:
        told = pending.get(_key(request))
        if told is not None and request.real_began >= told.real_ended:
            found.append(Followed(told.retry_after_seconds or 0.0, _seconds_between(told, request)))
            del pending[_key(request)]
        if request.is_answered and request.retry_after_seconds is not None:
            pending[_key(request)] = request
    return found + [Followed(told.retry_after_seconds or 0.0, None) for told in pending.values()]


def _key(request: SeenRequest) -> tuple[str, ...]:
    return request.account_sid, request.method, request.resource, request.recipient


def _seconds_between(told: SeenRequest, later: SeenRequest) -> float:
    return max(later.began - told.ended, later.real_began - told.real_ended)
