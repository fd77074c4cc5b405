"""A request that goes through the proxy, and its answer."""

from dataclasses import dataclass, field
from typing import Protocol

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request; *target* is what stood in its first line, from the path on."""

    method: str
    target: str
    headers: Headers = field(default=(), repr=False)
    body: bytes = field(default=b"", repr=False)

    @property
    def path(self) -> str:
        """The path without a query."""
        return self.target.partition("?")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An answer, and how long it took."""

    status: int
    reason: str = ""
    headers: Headers = field(default=(), repr=False)
    body: bytes = field(default=b"", repr=False)
    seconds: float = 0.0


class NotAnswered(Exception):  # noqa: N818 - what came of a request, not a fault of ours
    """No whole answer came."""


class Forward(Protocol):
    """What brings a request to the API."""

    def send(self, asked: Asked) -> Answered:
        """Send *asked* once; raises `NotAnswered` if no whole answer came."""
