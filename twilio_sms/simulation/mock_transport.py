"""The wire of a mock: each request is answered from the script, or from the messages that were sent."""

import json
from threading import local
from urllib.parse import urlsplit

from twilio_sms.domain.form import Form
from twilio_sms.errors import TwilioError
from twilio_sms.refusals import Json
from twilio_sms.simulation.mock_account import MockAccount
from twilio_sms.simulation.mock_listing import page_of
from twilio_sms.simulation.script import Plan, Script
from twilio_sms.simulation.sent_message import SentMessage
from twilio_sms.transport.wire import LostAnswer, Request, Response

_IN_FLIGHT = frozenset({"accepted", "scheduled", "queued", "sending"})
_JSON = {"content-type": "application/json"}


class CallState(local):
    """How far the call of a thread is: what the gates are to do, and which message its attempts are about."""

    is_repeated = False  # whether the next attempt is not the first
    armed: type[TwilioError] | None = None  # the gate that is to refuse
    form: Form | None = None
    plan = Plan()


class MockTransport:
    """Carries nothing. A failure is given to each attempt at the message that it is for."""

    def __init__(self, script: Script, account: MockAccount, calls: CallState) -> None:
        self._script = script
        self._account = account
        self._calls = calls

    def send(self, request: Request) -> Response:
        path = urlsplit(request.url).path
        sid = path.rpartition("/")[2].removesuffix(".json")
        self._calls.is_repeated = False
        if sid != "Messages":
            return self._one(request, sid)
        if request.method == "GET":
            return _answer(200, page_of(self._account.newest_first(), path, request.form))
        return self._create(request)

    def close(self) -> None:
        """There is nothing to close."""

    def _create(self, request: Request) -> Response:
        sent = SentMessage.from_form(request.form)
        plan = self._plan(request, sent)
        failure = plan.failure
        if failure is None:
            return _answer(201, self._account.create(sent, plan.facts))
        if failure.is_taken:
            self._account.create(sent, plan.facts)
        if isinstance(failure.answer, LostAnswer):
            raise LostAnswer(failure.answer.phase, failure.answer.reason)
        assert failure.answer is not None, "what a gate refuses does not come here"
        return failure.answer

    def _plan(self, request: Request, sent: SentMessage) -> Plan:
        """Return what happens to a message; all attempts at one message carry the very same form."""
        if self._calls.form is not request.form:
            self._calls.plan = self._script.take(sent)
            self._calls.form = request.form
        return self._calls.plan

    def _one(self, request: Request, sid: str) -> Response:
        tree = self._account.find(sid)
        if tree is None:
            return _refusal(404, 20404, "The requested resource was not found")
        if request.method == "GET":
            return _answer(200, tree)
        if request.method == "DELETE":
            return self._delete(tree, sid)
        return self._change(tree, sid, dict(request.form))

    def _delete(self, tree: Json, sid: str) -> Response:
        if tree["status"] in _IN_FLIGHT:
            return _refusal(409, 20009, "Cannot delete this resource before it is complete")
        self._account.delete(sid)
        return Response(status=204, headers={}, body=b"")

    def _change(self, tree: Json, sid: str, form: dict[str, str]) -> Response:
        if form.get("Status") == "canceled":
            if tree["status"] != "scheduled":
                return _refusal(409, 30409, "Message is not in a cancelable state")
            return _answer(200, self._account.change(sid, {"status": "canceled"}))
        return _answer(200, self._account.change(sid, {"body": form.get("Body", tree["body"])}))


def _answer(status: int, tree: Json) -> Response:
    return Response(status=status, headers=_JSON, body=json.dumps(tree).encode())


def _refusal(status: int, code: int, told: str) -> Response:
    more = f"https://www.twilio.com/docs/errors/{code}"
    return _answer(status, {"code": code, "message": told, "more_info": more, "status": status})
