"""The Message resource: create, fetch, list, update, delete."""

import logging
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request

from fake_twilio.api.entry import CurrentRealm, entered, message_there
from fake_twilio.api.exchange import answer, leave_fault, not_found, posted_form
from fake_twilio.api.paging import Paging
from fake_twilio.api.render import render_message, render_page
from fake_twilio.api.routing import resource
from fake_twilio.domain.messages.message import Message, Twist
from fake_twilio.domain.messages.query import Query
from fake_twilio.domain.twilio.errors import Refusal, refusal
from fake_twilio.domain.twilio.form import Form, first, read_form
from fake_twilio.domain.values.logged import printable
from fake_twilio.messages.engine import Engine

_log = logging.getLogger("fake_twilio")
COLLECTION = "/2010-04-01/Accounts/<account_sid>/Messages.json"
COLLECTION_AS_CSV = "/2010-04-01/Accounts/<account_sid>/Messages.csv"
RESOURCE = "/2010-04-01/Accounts/<account_sid>/Messages/<sid>.json"


class MessagesApi:
    """The views; *realm* names the accounts of the moment, since a reset puts a new one in its place."""

    def __init__(self, realm: CurrentRealm) -> None:
        self._realm = realm

    def create(self, account_sid: str) -> Response:
        engine = entered(self._realm, account_sid, may_test=True)
        message = engine.rehearse(posted_form()) if engine.account.is_test else engine.accept(posted_form())
        if message.twist is not None:
            self._twist(engine, message, message.twist)
        for note in message.notes:
            _log.warning("%s: %s", message.sid, printable(note))
        return answer(render_message(message, is_new=True), 201, request_id=f"RQ{message.sid[2:]}")

    def _twist(self, engine: Engine, message: Message, twist: Twist) -> None:
        """Have happen before the answer, or to it, what the scenario wants."""
        engine.hasten(message)
        if twist.fault is not None:
            leave_fault(self._realm(), twist.fault, message.sid)

    def fetch(self, account_sid: str, sid: str) -> Response:
        return answer(render_message(message_there(entered(self._realm, account_sid), sid)))

    def list(self, account_sid: str) -> Response:
        engine = entered(self._realm, account_sid)
        form = read_form(request.query_string)
        paging = Paging.from_form(form)
        shown, has_more = paging.cut(engine.page(Query.from_form(form), paging.size + 1, paging.cursor))
        page = paging.describe(request.path, [message.sid for message in shown], has_more=has_more)
        return answer(render_page(shown, page))

    def update(self, account_sid: str, sid: str) -> Response:
        """Cancel with ``Status=canceled``, redact with an empty ``Body``; Twilio offers nothing else."""
        engine = entered(self._realm, account_sid)
        form = posted_form()
        change = _change(engine, form)
        try:
            return answer(render_message(change(sid)))
        except LookupError:
            raise not_found() from None

    def delete(self, account_sid: str, sid: str) -> Response:
        try:
            entered(self._realm, account_sid).delete(sid)
        except LookupError:
            raise not_found() from None
        return Response(status=204)


def _change(engine: Engine, form: Form) -> Callable[[str], Any]:
    status, body = first(form, "Status"), first(form, "Body")
    if status == "canceled":
        return engine.cancel
    if status:
        raise refusal(20001)
    if body == "":
        return engine.redact
    if body:
        raise Refusal(20001, 400, "The Body parameter must be an empty string")
    return engine.found


def messages_blueprint(realm: CurrentRealm) -> Blueprint:
    """Return the routes of the Message resource."""
    api = MessagesApi(realm)
    return resource(
        "Message",
        (
            (COLLECTION, "POST", api.create),
            (COLLECTION, "GET", api.list),
            (COLLECTION_AS_CSV, "GET", api.list),
            (RESOURCE, "GET", api.fetch),
            (RESOURCE, "POST", api.update),
            (RESOURCE, "DELETE", api.delete),
        ),
    )
