"""What every view needs of a request and its answer: the form that was posted, the form of the path, nothing there."""

from collections.abc import Iterable
from typing import Any

from flask import Response, request

from fake_twilio.api.representation import represent
from fake_twilio.api.twilio_headers import REQUEST_ID
from fake_twilio.domain.fate.faults import FAULT, Fault
from fake_twilio.domain.twilio.errors import Refusal, refusal
from fake_twilio.domain.twilio.form import Form, first, read_form
from fake_twilio.messages.realm import Realm
from fake_twilio.records.incidents import Sort

FORM_TYPE = "application/x-www-form-urlencoded"
_FORM = "fake_twilio.form"  # in the environment of a request: the form that it brought, once that is read


def posted_form() -> Form:
    """Return the form that was posted, read when it is first asked for.

    A body of another type, such as JSON, holds no parameter for Twilio.
    """
    environ = request.environ
    if _FORM not in environ:
        environ[_FORM] = _form_of(environ)
    form: Form = environ[_FORM]
    return form


def posted_recipient() -> str | None:
    """Return to whom a message was to go that was posted; ``None`` too where what was posted cannot be read."""
    try:
        return first(posted_form(), "To")
    except Refusal:
        return None


def _form_of(environ: dict[str, Any]) -> Form:
    is_form = environ.get("CONTENT_TYPE") == FORM_TYPE or request.mimetype == FORM_TYPE  # the latter has to be parsed
    return read_form(_body(environ)) if is_form else ()


def _body(environ: dict[str, Any]) -> bytes:
    """Return what was posted; the fake's own server hands it over whole, and needs no care about its end."""
    is_whole = environ.get("wsgi.input_terminated", False)
    return bytes(environ["wsgi.input"].read()) if is_whole else request.get_data(cache=False)


def leave_fault(realm: Realm, fault: Fault, message_sid: str | None = None) -> None:
    """Have the connection of this request meet *fault* once it is answered, on top of what it was to meet before."""
    request.environ[FAULT] = fault.on_top_of(request.environ.get(FAULT))
    realm.incidents.note(Sort.FAULT, fault.kind or "slow", message_sid=message_sid)


def not_found() -> Refusal:
    """Return the refusal (20404) for what is not at the requested path."""
    return refusal(20404, path=request.path)


def answer(tree: dict[str, Any], status: int = 200, *, request_id: str | None = None) -> Response:
    """Return *tree* in the form of the path; on a create the request's id has the digits of the new SID (observed)."""
    environ = request.environ
    if request_id:
        environ[REQUEST_ID] = request_id
    body, content_type = represent(tree, environ["PATH_INFO"], _element)
    return _Whole(body, status=status, content_type=content_type)


def _element() -> str:
    """Return the name that the requested resource has in XML."""
    return request.blueprint or ""


class _Whole(Response):
    """An answer with a body, which is there: nothing of it is streamed, redirected or closed."""

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response(self.status, self.headers.to_wsgi_list())
        return () if environ["REQUEST_METHOD"] == "HEAD" else self.iter_encoded()
