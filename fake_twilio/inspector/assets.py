"""The style sheet and the modules of the pages: our own files, and no others."""

from functools import cache
from importlib.resources import files

from flask import Response, abort

from fake_twilio.inspector.page import SECURITY

TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}


def asset(name: str) -> Response:
    """Answer one file by its *name*; a name that is none of them is not there."""
    found = _assets().get(name)
    if found is None:
        abort(404)
    return Response(found, headers=SECURITY, content_type=TYPES[name.rpartition(".")[2]])


@cache
def _assets() -> dict[str, bytes]:
    """Return the files by name; read once, and no path is ever made of what a request says."""
    folder = files("fake_twilio.inspector").joinpath("static")
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.name.rpartition(".")[2] in TYPES}
