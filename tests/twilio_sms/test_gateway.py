"""Reads, changes and sends are each one request, and a deletion that got lost may find nothing left."""

from base64 import b64encode

import pytest

from tests.doubles import (
    ACCOUNT_SID,
    AUTH_TOKEN,
    MESSAGE_SID,
    RECIPIENT,
    ScriptedTransport,
    SilentWatch,
    answer,
    message_json,
)
from tests.parts import BASE, gateway
from twilio_sms.errors import ConflictError, NotFoundError
from twilio_sms.gateway import Dispatch
from twilio_sms.refusals import Json
from twilio_sms.resilience.retry import RetryPolicy
from twilio_sms.transport.wire import LostAnswer, Timeouts
from twilio_sms.verdict import Phase

FORM = (("To", RECIPIENT), ("Body", "hush"))
DISPATCH = Dispatch(form=FORM, recipient="+1555***4567")
LOST = LostAnswer(Phase.SENT, "reset")
NOT_FOUND = answer(404, {"code": 20404})


def read_sid(tree: Json) -> str:
    return str(tree["sid"])


@pytest.mark.parametrize(
    ("call", "method"),
    [
        (lambda gateway: gateway.get("get_message", "/x.json", read_sid, FORM), "GET"),
        (lambda gateway: gateway.post("cancel_message", "/x.json", FORM, read_sid), "POST"),
        (lambda gateway: gateway.create_message("/x.json", DISPATCH, read_sid, SilentWatch()), "POST"),
    ],
    ids=["read", "change", "send"],
)
def test_a_call_is_one_request_with_everything_in_it(call, method):
    transport = ScriptedTransport([answer(200, message_json())])

    sid = call(gateway(transport, timeouts=Timeouts(read_seconds=7)))

    [request] = transport.requests
    assert sid == MESSAGE_SID
    assert (request.method, request.url, request.form) == (method, f"{BASE}/x.json", FORM)
    assert request.authorization == "Basic " + b64encode(f"{ACCOUNT_SID}:{AUTH_TOKEN}".encode()).decode()
    assert request.timeouts == Timeouts(read_seconds=7)


def test_deleting_needs_no_body():
    transport = ScriptedTransport([answer(204, body=b"")])

    gateway(transport).delete("delete_message", "/x.json")

    assert [(request.method, request.form) for request in transport.requests] == [("DELETE", ())]


def test_a_delete_that_was_refused_is_an_error():
    transport = ScriptedTransport([answer(409, {"code": 20009, "message": "not complete"})])

    with pytest.raises(ConflictError, match="not complete"):
        gateway(transport).delete("delete_message", "/x.json")


@pytest.mark.parametrize("first", [LOST, answer(503, {})], ids=["lost", "503"])
def test_what_is_gone_after_a_lost_delete_was_deleted(first):
    transport = ScriptedTransport([first, NOT_FOUND])

    gateway(transport, retry=RetryPolicy()).delete("delete_message", "/x.json")

    assert len(transport.requests) == 2


@pytest.mark.parametrize(
    "script",
    [[NOT_FOUND], [answer(429, {}), NOT_FOUND], [LostAnswer(Phase.OPENING, "refused"), NOT_FOUND]],
    ids=["at once", "after a 429", "after a refused connection"],
)
def test_what_was_never_there_is_not_found(script):
    transport = ScriptedTransport(script)

    with pytest.raises(NotFoundError):
        gateway(transport, retry=RetryPolicy()).delete("delete_message", "/x.json")


def test_a_message_on_its_way_prints_neither_its_form_nor_a_whole_number():
    assert repr(DISPATCH) == "<Dispatch to +1555***4567>"
