"""Webhooks in Flask: an extension with a blueprint and a decorator."""

from collections.abc import Callable
from functools import wraps
from io import BytesIO
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakSet

from flask import Blueprint, Flask, Request, Response, current_app, has_app_context, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from twilio_sms.client import Client
from twilio_sms.errors import ValidationError
from twilio_sms.frameworks.door import METHODS, Unreadable, admit, check_length, with_body
from twilio_sms.frameworks.settings import Parts
from twilio_sms.webhooks.handler import WebhookHandler
from twilio_sms.webhooks.parameters import Parameters
from twilio_sms.webhooks.patterns import Pattern, check_brackets
from twilio_sms.webhooks.request import MAX_BODY_BYTES, WebhookRequest
from twilio_sms.webhooks.response import WebhookResponse

_NAME = "twilio_sms"
F = TypeVar("F", bound=Callable[..., object])
P = ParamSpec("P")
R = TypeVar("R")
_Registration = Callable[[WebhookHandler], object]


class TwilioSMS:
    """The Flask extension: takes webhooks at ``/twilio/inbound`` and ``/twilio/status``.

    Give *app* at once, or call `init_app` in a factory. Without a *handler* of your own one is made for each app, of
    its ``TWILIO_*`` configuration (see `init_app`). *url_prefix* is where the two addresses are, ``None`` for nowhere.
    """

    def __init__(
        self, app: Flask | None = None, handler: WebhookHandler | None = None, *, url_prefix: str | None = "/twilio"
    ) -> None:
        if not isinstance(handler, WebhookHandler | None):
            raise ValidationError(f"handler must be a WebhookHandler, is {type(handler).__name__}")
        self._own = handler
        self._app = app
        self._registrations: list[_Registration] = []
        self._made: WeakSet[WebhookHandler] = WeakSet()
        self._url_prefix = url_prefix
        self.blueprint = _blueprint(self)
        if app is not None:
            self.init_app(app)

    def init_app(self, app: Flask) -> None:
        """Make the handler of *app*, and the client if its account is known, and add the two addresses.

        Reads ``TWILIO_AUTH_TOKEN`` (a list while it is rotated), ``TWILIO_ACCOUNT_SID``, ``TWILIO_PUBLIC_URL``,
        ``TWILIO_TRUSTED_PROXIES``, ``TWILIO_WEBHOOK_STORE`` and ``TWILIO_OPT_OUTS`` (paths of SQLite files), and for
        the client ``TWILIO_API_KEY``, ``TWILIO_API_SECRET``, ``TWILIO_BASE_URL``, ``TWILIO_EDGE``, ``TWILIO_REGION``.
        Raises `ValidationError` if there is neither a token nor a handler: nothing could be checked, and there is no
        way to turn the check off.
        """
        parts = Parts(None, self._own) if self._own else Parts.of(app.config)
        if parts.handler is not self._own:
            for register in self._registrations:
                register(parts.handler)
            self._made.add(parts.handler)
        app.extensions[_NAME] = parts
        if self._url_prefix is not None:
            app.register_blueprint(self.blueprint, url_prefix=self._url_prefix)

    @property
    def handler(self) -> WebhookHandler:
        """The handler of the current app; outside of one, that of the app that the extension was given."""
        return self._own or self._parts.handler

    @property
    def client(self) -> Client:
        """The client of the current app's account; raises `ValidationError` if its configuration names none."""
        client = self._parts.client
        if client is None:
            raise ValidationError(
                "there is no client: set TWILIO_ACCOUNT_SID; if you gave a handler, use the client that it was made of"
            )
        return client

    def on(self, pattern: Pattern = "*") -> Callable[[F], F]:
        """Return a decorator as `WebhookHandler.on`, which may be used before there is an app."""
        check_brackets(pattern)

        def register(function: F) -> F:
            self._register(lambda handler: handler.register_handler(pattern, function))
            return function

        return register

    def on_status(self, *statuses: str) -> Callable[[F], F]:
        """Return a decorator as `WebhookHandler.on_status`, which may be used before there is an app."""

        def register(function: F) -> F:
            self._register(lambda handler: handler.on_status(*statuses)(function))
            return function

        return register

    def verified(self, view: Callable[Concatenate[Parameters, P], R]) -> Callable[P, R | Response]:
        """Decorate a view of your own: it gets the signed parameters as its first argument, and only if they are.

        Stands below ``@app.post(...)``. The view still has ``request.form``. What is not signed is answered 403 or 415.
        A webhook may come more than once, and here nobody counts: that is for the view.
        """

        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R | Response:
            parameters = admit(lambda: _read(request), self.handler.verify)
            if isinstance(parameters, WebhookResponse):
                return _to_flask(parameters)
            return view(parameters, *args, **kwargs)

        return guarded

    @property
    def _parts(self) -> Parts:
        app: Any = current_app if has_app_context() else self._app
        if app is None or _NAME not in app.extensions:
            raise RuntimeError("TwilioSMS has no app: call init_app(app), and use it within an application context")
        parts: Parts = app.extensions[_NAME]
        return parts

    def _register(self, registration: _Registration) -> None:
        """Apply *registration* to each handler that there is, and to those of apps to come."""
        for handler in [self._own] if self._own else list(self._made):
            registration(handler)
        self._registrations.append(registration)


def _blueprint(extension: TwilioSMS) -> Blueprint:
    """Return the two addresses; except it from checks against CSRF, which read the form and know no signature."""
    blueprint = Blueprint(_NAME, __name__)

    def inbound() -> Response:
        return _answer(extension.handler.handle_inbound)

    def status() -> Response:
        return _answer(extension.handler.handle_status_callback)

    for view in (inbound, status):
        blueprint.add_url_rule(f"/{view.__name__}", view_func=view, methods=METHODS)
    return blueprint


def _answer(take: Callable[[WebhookRequest], WebhookResponse]) -> Response:
    if request.method not in METHODS:  # Flask adds HEAD to GET
        raise MethodNotAllowed(METHODS)
    return _to_flask(admit(lambda: _read(request), take))


def _read(asked: Request) -> WebhookRequest:
    """Read the raw body and leave it to the view, whose ``request.form`` is parsed from it."""
    length, environ = asked.content_length, asked.environ
    check_length(length)
    if length is None and environ.get("wsgi.input_terminated"):  # sent in chunks: it may be endless
        environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(MAX_BODY_BYTES + 1))
    try:
        body = asked.get_data(cache=True)
    except HTTPException as error:
        raise Unreadable(
            f"Flask does not give its body ({error.code} {error.name}); a MAX_CONTENT_LENGTH must be {MAX_BODY_BYTES}"
        ) from error
    return with_body(environ, body, length)


def _to_flask(response: WebhookResponse) -> Response:
    return Response(response.body, response.status, content_type=response.content_type)
