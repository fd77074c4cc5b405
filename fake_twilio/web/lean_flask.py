"""Flask without what no view of the fake needs: sessions, hooks, and the making of URLs.

Sessions and hooks take a tenth of each request's time. For each rule Werkzeug also compiles two functions from which
`url_for` makes URLs: nine tenths of what it takes to make the application, for what nobody here asks.
"""

from collections.abc import Callable

from flask import Flask, Response, request
from flask.sessions import NullSession, SessionInterface
from flask.typing import ResponseReturnValue
from flask.wrappers import Request
from werkzeug.routing import MapAdapter, Rule

_NOTHING = NullSession()


class _NoSessions(SessionInterface):
    """Gives each request the same session, in which nothing can be stored."""

    def open_session(self, _app: Flask, _request: Request) -> NullSession:
        return _NOTHING

    def save_session(self, _app: Flask, _session: object, _response: Response) -> None:
        """Nothing is kept."""


class _OneWayRule(Rule):
    """A rule that finds a view by a path, and makes no path of a view.

    If Werkzeug gives what it leaves out another name one day, all works as before, and starts as slowly.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:  # noqa: ARG002 - Werkzeug's
        return _make_no_url


def _make_no_url(*_rule: object, **_values: object) -> tuple[str, str]:
    raise NotImplementedError("url_for makes no URLs here: write the path down")


class LeanFlask(Flask):
    """An application that calls *begin* before each view, then what its blueprint has for that; nothing after it."""

    session_interface = _NoSessions()
    url_rule_class = _OneWayRule

    def __init__(self, name: str, begin: Callable[[], None]) -> None:
        super().__init__(name, static_folder=None, template_folder=None)
        self._begin = begin

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Return what finds the view of a request by its path alone: no route depends on the name of the host."""
        if request is None:
            return None
        query = request.environ.get("QUERY_STRING", "")
        return MapAdapter(self.url_map, "localhost", "/", "", request.scheme, request.path, request.method, query)

    def preprocess_request(self) -> ResponseReturnValue | None:
        self._begin()
        return super().preprocess_request() if request.blueprint in self.before_request_funcs else None

    def process_response(self, response: Response) -> Response:
        return response
