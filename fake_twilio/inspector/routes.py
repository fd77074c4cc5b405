"""One route of the inspector."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

from flask import Response


class Route(NamedTuple):
    """Where a view is found; all of them only read: what changes something goes through the admin API."""

    path: str
    view: Callable[..., Response]


class HasRoutes(Protocol):
    """A group of views."""

    def routes(self) -> tuple[Route, ...]:
        """Return its routes."""
