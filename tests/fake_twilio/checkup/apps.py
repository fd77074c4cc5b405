"""Little apps that take webhooks, well or badly, on a real port."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event
from typing import Any

from twilio.request_validator import RequestValidator
from werkzeug import Request, Response

from fake_twilio.checkup.subject import Subject
from fake_twilio.delivery.webhook import Kind
from fake_twilio.timing.clock import monotonic
from fake_twilio.wire.http_server import Server
from tests.doubles import ACCOUNT_SID, RECIPIENT, SENDER

TOKEN = "0b" * 16
HELLO = "<Response><Message>hello</Message></Response>"
View = Callable[[Request], Response]


@contextmanager
def running(view: View) -> Iterator[str]:
    """Serve an app; give the address of its webhook."""

    @Request.application
    def app(request: Request) -> Response:
        return view(request)

    server = Server("127.0.0.1", 0, app, monotonic)
    server.start()
    try:
        yield f"http://127.0.0.1:{server.port}/sms"
    finally:
        server.stop(0.0)


def is_signed(request: Request, url: str | None = None) -> bool:
    """Whether Twilio's own validator takes the signature, for *url* or the one that was called."""
    given = request.headers.get("X-Twilio-Signature", "")
    return bool(RequestValidator(TOKEN).validate(url or request.url, request.form, given))


def good(request: Request) -> Response:
    """Takes what Twilio signed, and answers TwiML to messages, nothing to statuses."""
    if not is_signed(request):
        return Response(status=403)
    return Response(status=204) if "MessageStatus" in request.form else Response(HELLO, content_type="text/xml")


def trusting(request: Request) -> Response:
    """Takes everything."""
    return Response(HELLO, content_type="text/xml")


def crashing(request: Request) -> Response:
    """Takes it for granted that there is a signature."""
    return good(request) if "X-Twilio-Signature" in request.headers else Response("KeyError", status=500)


def behind_a_proxy(request: Request) -> Response:
    """Validates the public address, which is https and has no port."""
    return Response(status=204 if is_signed(request, "https://127.0.0.1/sms") else 403)


def moved(request: Request) -> Response:
    """Is somewhere else by now."""
    return Response(status=308, headers={"Location": "https://shop.example/sms"})


def strict(request: Request) -> Response:
    """Checks the signature over the parameters that it knows."""
    known = {name: value for name, value in request.form.items() if not name.startswith("FakeTwilio")}
    given = request.headers.get("X-Twilio-Signature", "")
    return Response(status=204 if RequestValidator(TOKEN).validate(request.url, known, given) else 403)


def answering(text: str, content_type: str = "text/xml") -> View:
    """Checks the signature, then answers *text*."""
    return lambda request: Response(text, content_type=content_type) if is_signed(request) else Response(status=403)


def once_only() -> View:
    """Takes no token twice."""
    seen: set[str] = set()

    def view(request: Request) -> Response:
        token = request.headers["I-Twilio-Idempotency-Token"]
        if token in seen:
            return Response(status=409)
        if is_signed(request):
            seen.add(token)
        return good(request)

    return view


@contextmanager
def never_answering() -> Iterator[str]:
    """Serve an app that thinks until the block ends."""
    over = Event()

    def view(request: Request) -> Response:
        over.wait(10)
        return Response(status=204)

    with running(view) as url:
        try:
            yield url
        finally:
            over.set()


def subject_of(url: str, **changes: Any) -> Subject:
    """Return the subject that *url* is, with the token that these apps check."""
    values: dict[str, Any] = {
        "url": url,
        "kind": Kind.INBOUND,
        "auth_token": TOKEN,
        "account_sid": ACCOUNT_SID,
        "sender": RECIPIENT,
        "recipient": SENDER,
    }
    return Subject(**{**values, **changes})
