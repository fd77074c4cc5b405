"""A resource's table of routes becomes a blueprint; nothing answers OPTIONS or HEAD by itself."""

from collections.abc import Callable, Iterable

from flask import Blueprint, Response

Route = tuple[str, str, Callable[..., Response]]


def blueprint(name: str, routes: Iterable[Route]) -> Blueprint:
    """Return the blueprint *name* with a view for each (path, method)."""
    made = Blueprint(name, __name__)
    for path, method, view in routes:
        made.add_url_rule(path, view.__name__, view, methods=[method], provide_automatic_options=False)
    return made
