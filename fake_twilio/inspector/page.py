"""Pages of HTML: templates, and the headers that keep hostile text from doing anything.

Whatever stands in a message was written by somebody else. Every value is escaped, no script and no style stands in a
page, and the browser is told to take none from anywhere but here: a text that would be a script stays a text.
"""

from datetime import UTC, datetime
from typing import Any

from flask import Response, request
from jinja2 import Environment, PackageLoader, StrictUndefined

from fake_twilio.inspector.navigation import SECTIONS
from fake_twilio.scenario_tools.words import time

SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
THEMES = ("light", "dark")
THEME_COOKIE = "fake_twilio_theme"


class Pages:
    """Renders the templates of the inspector."""

    def __init__(self) -> None:
        self._templates = Environment(
            loader=PackageLoader("fake_twilio.inspector"),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters.update(clock=clock, moment=moment, span=time)

    def show(self, template: str, status: int = 200, **values: Any) -> Response:
        """Return a page made of *template*; *values* are what it shows."""
        theme = request.cookies.get(THEME_COOKIE, "")
        text = self._templates.get_template(template).render(
            sections=SECTIONS, path=request.path, theme=theme if theme in THEMES else "", **values
        )
        body = text.encode("utf-8", "backslashreplace")  # half a pair of surrogates has no bytes: it is named
        return Response(body, status, headers=SECURITY, content_type="text/html; charset=utf-8")


def clock(seconds: float) -> str:
    """Write a moment as people read it, in UTC: ``14:05:09``."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%H:%M:%S")


def moment(seconds: float) -> str:
    """Write a moment whole, in UTC, with its thousandths."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(" ", "milliseconds").removesuffix("+00:00")
