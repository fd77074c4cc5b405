"""Flask without what no view of the fake needs: sessions, hooks, and the making of URLs.

Sessions and hooks take a tenth of each request's time. For each rule Werkzeug also compiles two functions from which
`url_for` makes URLs: nine tenths of what it takes to make the application, for what nobody here asks.

Which view a path leads to is for Werkzeug's rules to say, and is kept for the next request: most are for a path that
was asked before, since all messages of an account are posted to one.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from flask import Flask, Response, request
from flask.sessions import NullSession, SessionInterface
from flask.typing import ResponseReturnValue
from flask.wrappers import Request
from werkzeug.routing import MapAdapter, Rule

MANY_PATHS = 256  # so many are kept; beyond that all are let go
_NOTHING = NullSession()
_Found = tuple[Rule, Mapping[str, Any]]


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


class _Known(MapAdapter):
    """What found a view before, and finds it again; of an adapter it has nothing else."""

    def __init__(self, found: _Found) -> None:
        self._rule, self._values = found

    def match(self, *_args: Any, **_options: Any) -> Any:
        return self._rule, dict(self._values)


class _Finder(MapAdapter):
    """What finds a view by all rules, and has it *kept*; a refusal is not kept, since nobody bounds what is refused."""

    def __init__(self, keep: Callable[[_Found], None], *of_request: Any) -> None:
        super().__init__(*of_request)
        self._keep = keep

    def match(self, *args: Any, **options: Any) -> Any:
        found = super().match(*args, **options)
        if not args and options == {"return_rule": True}:  # what a request asks
            self._keep(found)
        return found


class LeanFlask(Flask):
    """An application that calls *begin* before each view, then what its blueprint has for that; nothing after it."""

    session_interface = _NoSessions()
    url_rule_class = _OneWayRule

    def __init__(self, name: str, begin: Callable[[], None]) -> None:
        super().__init__(name, static_folder=None, template_folder=None)
        self._begin = begin
        self._known: dict[tuple[str, str], _Found] = {}  # by method and path

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Return what finds the view of a request by its path alone: no route depends on the name of the host."""
        if request is None:
            return None
        key = request.method, request.path
        found = self._known.get(key)
        if found is not None:
            return _Known(found)
        query = request.environ.get("QUERY_STRING", "")
        scheme = request.scheme
        return _Finder(partial(self._keep, key), self.url_map, "localhost", "/", "", scheme, key[1], key[0], query)

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return *func* as it is: nothing here is a coroutine, which Flask would ask of each view for each request."""
        return func

    def do_teardown_request(self, *_args: Any, **_options: Any) -> None:
        """Nothing is torn down."""

    def do_teardown_appcontext(self, *_args: Any, **_options: Any) -> None:
        """Nothing is torn down."""

    def preprocess_request(self) -> ResponseReturnValue | None:
        self._begin()
        return super().preprocess_request() if request.blueprint in self.before_request_funcs else None

    def process_response(self, response: Response) -> Response:
        return response

    def _keep(self, key: tuple[str, str], found: _Found) -> None:
        if len(self._known) >= MANY_PATHS:
            self._known.clear()
        self._known[key] = found
