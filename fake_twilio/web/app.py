"""The Flask application: blueprints, Twilio's headers, and every refusal in Twilio's form."""

import logging
from collections.abc import Callable, Iterable
from functools import partial
from math import ceil

from flask import Blueprint, Flask, Response, request
from werkzeug.exceptions import HTTPException

from fake_twilio.admin.door import Problem, refuse
from fake_twilio.admin.operations import PREFIX
from fake_twilio.api.accounts import accounts_blueprint
from fake_twilio.api.applications import applications_blueprint
from fake_twilio.api.auth import REALM
from fake_twilio.api.entry import CurrentRealm
from fake_twilio.api.exchange import leave_fault, posted_recipient
from fake_twilio.api.feedback import feedback_blueprint
from fake_twilio.api.incoming_numbers import incoming_numbers_blueprint
from fake_twilio.api.keys import keys_blueprint
from fake_twilio.api.lookups import lookups_blueprint
from fake_twilio.api.media import media_blueprint
from fake_twilio.api.messages import messages_blueprint
from fake_twilio.api.pooled_numbers import pooled_numbers_blueprint
from fake_twilio.api.representation import represent_refusal
from fake_twilio.api.services import services_blueprint
from fake_twilio.api.tokens import tokens_blueprint
from fake_twilio.api.twilio_headers import TwilioHeaders
from fake_twilio.domain.twilio.errors import Faulted, Refusal, code_of, refusal, refused_by
from fake_twilio.domain.values.logged import printable
from fake_twilio.records.incidents import Sort
from fake_twilio.records.request_log import REFUSED
from fake_twilio.records.unknown_routes import UnknownRoutes
from fake_twilio.timing.activity import READS
from fake_twilio.web.lean_flask import LeanFlask

_RESOURCES = (
    messages_blueprint,
    media_blueprint,
    feedback_blueprint,
    accounts_blueprint,
    keys_blueprint,
    incoming_numbers_blueprint,
    applications_blueprint,
    tokens_blueprint,
    lookups_blueprint,
    services_blueprint,
    pooled_numbers_blueprint,
)
_log = logging.getLogger("fake_twilio")
OWN = ("admin", "inspector")  # what no scenario reaches: who looks must see


def create_app(
    realm: CurrentRealm,
    monotonic: Callable[[], float],
    unknown: UnknownRoutes | None = None,
    own: Iterable[Blueprint] = (),
) -> Flask:
    """Return the application.

    *realm* names the accounts of the moment, *unknown* counts what is no route, *own* is what the fake has besides
    Twilio's API.
    """
    app = LeanFlask("fake_twilio", begin=partial(_meet_fate, realm))
    app.url_map.strict_slashes = True
    app.url_map.merge_slashes = False  # its redirect is a page of HTML
    for make_blueprint in _RESOURCES:
        app.register_blueprint(make_blueprint(realm))
    for blueprint in own:
        app.register_blueprint(blueprint)
    app.register_error_handler(Refusal, partial(_refuse_and_note, realm))
    app.register_error_handler(Faulted, partial(_break, realm))
    app.register_error_handler(HTTPException, partial(_refuse_http, unknown or UnknownRoutes()))
    app.register_error_handler(Exception, _fail)
    headers = TwilioHeaders(app.wsgi_app, lambda: realm().main.next_request_id(), monotonic)
    app.wsgi_app = headers  # type: ignore[method-assign] # Flask: this is where a middleware goes
    return app


def _meet_fate(realm: CurrentRealm) -> None:
    """Let the rules about requests have their way, before it is known who asks."""
    now = realm()
    if not now.fates.judges_requests or request.blueprint in OWN:
        return
    slow = now.fates.of_answer()
    if slow is not None:
        leave_fault(now, slow)
    verdict = now.fates.of_request(is_read=request.method in READS)
    if verdict is None:
        return
    refuse = verdict.outcome.refusal
    fault = verdict.check_stopped(None if refuse is None else refused_by(refuse, path=request.path))
    if fault is not None:
        leave_fault(now, fault)


def _refuse_and_note(realm: CurrentRealm, error: Refusal) -> Response:
    request.environ[REFUSED] = error.code
    realm().incidents.note(Sort.REFUSAL, str(error.code), recipient=posted_recipient())
    return _refuse(error)


def _break(realm: CurrentRealm, error: Faulted) -> Response:
    """Leave the fault to the connection; what it does not hide is the refusal."""
    leave_fault(realm(), error.fault)
    return _refuse(error.refusal or refusal(20500))


def _refuse(error: Refusal) -> Response:
    body, content_type = represent_refusal(error, request.path)
    response = Response(body, status=error.status, content_type=content_type)
    if error.status == 401:
        response.headers["WWW-Authenticate"] = REALM
    if error.retry_after_seconds is not None:
        response.headers["Retry-After"] = str(ceil(error.retry_after_seconds))
    return response


def _refuse_http(unknown: UnknownRoutes, error: HTTPException) -> Response:
    """Say what Flask refuses in Twilio's words."""
    status = error.code or 500
    if f"{request.path}/".startswith(f"{PREFIX}/"):
        return refuse(Problem(status, f"{error.name}: {PREFIX}/openapi.json lists what there is"))
    if status == 404:  # of the routing; what is not there on a route is a `Refusal`
        unknown.count(request.method, request.path)
    found = refusal(code_of(status), path=request.path, method=request.method)
    return _refuse(Refusal(found.code, status, found.message))


def _fail(error: Exception) -> Response:
    """Answer an error of our own; the traceback stays in the log."""
    _log.error("internal error while answering %s %s", request.method, printable(request.path), exc_info=error)
    return _refuse(refusal(20500))
