"""A resource's table of routes becomes a blueprint; none answers OPTIONS by itself."""

import re
from collections.abc import Callable, Iterable

from flask import Blueprint, Response
from flask.sansio.blueprints import BlueprintSetupState
from werkzeug.routing import BaseConverter

Route = tuple[str, str, Callable[..., Response]]
_JSON = ".json"


class DotlessConverter(BaseConverter):
    """A last part of a path that has no extension: ``<dotless:sid>`` takes no path from ``<sid>.json``."""

    regex = "[^/.]+"
    part_isolating = True


def blueprint(name: str, routes: Iterable[Route]) -> Blueprint:
    """Return the blueprint *name* with a view for each (path, method)."""
    made = Blueprint(name, __name__)
    made.record(_teach_dotless)
    for path, method, view in routes:
        made.add_url_rule(path, view.__name__, view, methods=[method], provide_automatic_options=False)
    return made


def resource(element: str, routes: Iterable[Route]) -> Blueprint:
    """Return the blueprint of a resource of the 2010 API, which has the name of its *element* in XML.

    What answers at a ``.json`` path answers without the extension, too, unless the table has something else there.
    """
    table = {(path, method): view for path, method, view in routes}
    bare = {(_without_extension(path), method): view for (path, method), view in table.items() if path.endswith(_JSON)}
    return blueprint(element, ((path, method, view) for (path, method), view in {**bare, **table}.items()))


def _without_extension(path: str) -> str:
    return re.sub(r"<(\w+)>$", r"<dotless:\1>", path.removesuffix(_JSON))


def _teach_dotless(state: BlueprintSetupState) -> None:
    state.app.url_map.converters["dotless"] = DotlessConverter
