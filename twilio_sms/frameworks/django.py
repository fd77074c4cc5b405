"""Webhooks in Django: views, URLs, a decorator and settings."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException, UnreadablePostError
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from twilio_sms.domain.spelling import did_you_mean
from twilio_sms.errors import ValidationError
from twilio_sms.frameworks.door import METHODS, PARSED_BEFORE, Unreadable, admit, check_length, with_body
from twilio_sms.frameworks.settings import SETTINGS, Parts
from twilio_sms.webhooks.handler import WebhookHandler
from twilio_sms.webhooks.parameters import Parameters
from twilio_sms.webhooks.request import WebhookRequest
from twilio_sms.webhooks.response import WebhookResponse

_MOST_DIGITS = 18  # of a length: Python reads no number of thousands
P = ParamSpec("P")
View = Callable[[HttpRequest], HttpResponse]


def parts_from_settings() -> Parts:
    """Make client and handler of Django's settings; keep them: each call makes new ones.

    The settings are a dict, ``TWILIO_SMS = {"AUTH_TOKEN": ..., "ACCOUNT_SID": ...}``, or ``TWILIO_AUTH_TOKEN`` and so
    on: see `Parts.of` for all of them. Raises `ValidationError` if there is no token, or a setting cannot work, and for
    a name in the dict that is none: what is misspelt would be forgotten with the process.
    """
    grouped = getattr(settings, "TWILIO_SMS", None)
    if grouped is None:
        return Parts.of({name: getattr(settings, name) for name in dir(settings) if name.startswith("TWILIO_")})
    if not isinstance(grouped, Mapping):
        raise ValidationError(f"TWILIO_SMS must be a dict, is {type(grouped).__name__}")
    known = [name.removeprefix("TWILIO_") for name in SETTINGS]
    for name in grouped:
        if name not in known:
            raise ValidationError(f"TWILIO_SMS has no setting {name!r}{did_you_mean(str(name), known)}")
    return Parts.of({f"TWILIO_{name}": value for name, value in grouped.items()})


def handler_from_settings() -> WebhookHandler:
    """Make a handler of Django's settings: see `parts_from_settings`, which gives its client too."""
    return parts_from_settings().handler


def twilio_urls(handler: WebhookHandler) -> list[Any]:
    """Return the addresses ``inbound`` and ``status``, for ``path("twilio/", include(twilio_urls(handler)))``."""
    return [
        path("inbound", inbound_view(handler), name="twilio-inbound"),
        path("status", status_view(handler), name="twilio-status"),
    ]


def inbound_view(handler: WebhookHandler) -> View:
    """Return the view for inbound messages: GET and POST, excepted from Django's check against CSRF."""
    return _view(_checked(handler).handle_inbound)


def status_view(handler: WebhookHandler) -> View:
    """Return the view for status callbacks, as `inbound_view`."""
    return _view(_checked(handler).handle_status_callback)


def verified(
    handler: WebhookHandler,
) -> Callable[[Callable[Concatenate[HttpRequest, Parameters, P], HttpResponse]], Callable[..., HttpResponse]]:
    """Return a decorator for a view of your own: it gets the request and the signed parameters, only if they are.

    The view still has ``request.POST``, and is excepted from Django's check against CSRF. What is not signed is
    answered 403 or 415. A webhook may come more than once, and here nobody counts: that is for the view.
    """
    verify = _checked(handler).verify

    def decorate(view: Callable[Concatenate[HttpRequest, Parameters, P], HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            parameters = admit(lambda: _read(request), verify)
            if isinstance(parameters, WebhookResponse):
                return _to_django(parameters)
            return view(request, parameters, *args, **kwargs)

        return _open(guarded)

    return decorate


def _view(take: Callable[[WebhookRequest], WebhookResponse]) -> View:
    def view(request: HttpRequest) -> HttpResponse:
        return _to_django(admit(lambda: _read(request), take))

    return _open(view)


def _open(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Take GET and POST, from somebody who has a signature in the place of a cookie."""
    opened: Callable[..., HttpResponse] = csrf_exempt(require_http_methods(METHODS)(view))
    return opened


def _read(request: HttpRequest) -> WebhookRequest:
    """Read the raw body and leave it to the view; scheme and host are those that Django's own settings let count."""
    text = str(request.META.get("CONTENT_LENGTH") or "0")
    length = int(text[:_MOST_DIGITS]) if text.isascii() and text.isdecimal() else 0
    check_length(length)
    try:
        body = request.body
    except RawPostDataException:
        raise Unreadable(PARSED_BEFORE) from None
    except (RequestDataTooBig, UnreadablePostError) as error:
        raise Unreadable(f"Django does not give its body ({type(error).__name__})") from error
    seen = {"wsgi.url_scheme": request.scheme, "HTTP_HOST": request.get_host()}
    return with_body({**request.META, **seen}, body, length)


def _to_django(response: WebhookResponse) -> HttpResponse:
    return HttpResponse(response.body, status=response.status, content_type=response.content_type)


def _checked(handler: WebhookHandler) -> WebhookHandler:
    if not isinstance(handler, WebhookHandler):
        raise ValidationError(f"handler must be a WebhookHandler, is {type(handler).__name__}")
    return handler
