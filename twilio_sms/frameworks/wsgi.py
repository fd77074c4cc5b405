"""Webhooks as a plain WSGI application, or in front of one."""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from twilio_sms.errors import ValidationError
from twilio_sms.frameworks.door import METHODS
from twilio_sms.webhooks.handler import WebhookHandler
from twilio_sms.webhooks.request import WebhookRequest
from twilio_sms.webhooks.response import WebhookResponse

_REASONS = {
    200: "OK",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    415: "Unsupported Media Type",
    500: "Internal Server Error",
    503: "Service Unavailable",
}


class WsgiWebhooks:
    """A WSGI application that takes the webhooks of *handler* at two paths.

    *inbound* and *status* are the paths below where it is mounted. What goes elsewhere is for *app*, another WSGI
    application, or is answered 404; so it may stand in front of one as middleware. GET and POST are taken, other
    methods answered 405. Raises `ValidationError` for what is no handler, and for paths that are none or the same.
    """

    def __init__(
        self,
        handler: WebhookHandler,
        *,
        inbound: str = "/sms",
        status: str = "/status",
        app: WSGIApplication | None = None,
    ) -> None:
        if not isinstance(handler, WebhookHandler):
            raise ValidationError(f"handler must be a WebhookHandler, is {type(handler).__name__}")
        for name, path in (("inbound", inbound), ("status", status)):
            if not isinstance(path, str) or not path.startswith("/"):
                raise ValidationError(f"{name} must be a path such as '/sms', is {path!r}")
        if inbound == status:
            raise ValidationError(f"inbound and status must be different paths, are both {inbound!r}")
        self._takes = {inbound: handler.handle_inbound, status: handler.handle_status_callback}
        self._app = app or _not_found

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        take = self._takes.get(environ.get("PATH_INFO", ""))
        if take is None:
            return self._app(environ, start_response)
        if environ["REQUEST_METHOD"] not in METHODS:
            return _send(WebhookResponse(405), start_response, ("Allow", ", ".join(METHODS)))
        return _send(take(WebhookRequest.from_wsgi(environ)), start_response)


def _not_found(_environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    return _send(WebhookResponse(404), start_response)


def _send(response: WebhookResponse, start_response: StartResponse, *more: tuple[str, str]) -> Iterable[bytes]:
    body = response.body.encode()
    head = [("Content-Type", response.content_type), ("Content-Length", str(len(body))), *more]
    start_response(f"{response.status} {_REASONS.get(response.status, 'Unknown')}", head)
    return [body]
