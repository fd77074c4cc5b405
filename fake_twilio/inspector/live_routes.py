"""Where pages ask what changed."""

import json

from flask import Response, request

from fake_twilio.inspector.live import Live
from fake_twilio.inspector.page import SECURITY
from fake_twilio.inspector.routes import Route


class LiveRoutes:
    """The views."""

    def __init__(self, live: Live) -> None:
        self._live = live

    def routes(self) -> tuple[Route, ...]:
        return Route("/inspector/changes", self.changes), Route("/inspector/events", self.events)

    def changes(self) -> Response:
        """Answer what changed after the number ``since``."""
        text = json.dumps(self._live.changes(_since(request.args.get("since"))))
        return Response(text, headers=SECURITY, content_type="application/json")

    def events(self) -> Response:
        """Answer events without end; 204 if too many pages are open: then a browser asks no more."""
        if request.method == "HEAD":  # Flask offers it with every GET; it must not hold a place
            return Response(headers=SECURITY, content_type="text/event-stream")
        stream = self._live.stream(_since(request.headers.get("Last-Event-ID") or request.args.get("since")))
        if stream is None:
            return Response(status=204, headers=SECURITY)
        return Response(stream, headers=SECURITY, content_type="text/event-stream")


def _since(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 19 else -1
