"""The door of every resource below an account: its SID has its shape, and who asks may use it."""

from collections.abc import Callable

from flask import request

from fake_twilio.api.auth import check_credentials
from fake_twilio.api.exchange import not_found
from fake_twilio.domain.errors import Refusal
from fake_twilio.domain.message import Message
from fake_twilio.domain.sids import is_account_sid, is_message_sid
from fake_twilio.engine import Engine

CurrentEngine = Callable[[], Engine]


def entered(engine_now: CurrentEngine, account_sid: str) -> Engine:
    """Return the engine to who may use it: a malformed SID is no route (404), a wrong secret is refused (401)."""
    if not is_account_sid(account_sid):
        raise not_found()
    engine = authenticated(engine_now)
    if account_sid != engine.account.sid:
        raise Refusal(20003, 401, "Authenticate")
    return engine


def authenticated(engine_now: CurrentEngine) -> Engine:
    """Return the engine to who has the account's credentials; paths outside the 2010 API name no account."""
    engine = engine_now()
    check_credentials(request.headers.get("Authorization"), engine.account)
    return engine


def message_there(engine: Engine, sid: str) -> Message:
    """Return the message at the requested path, or refuse (20404): malformed and unknown SIDs are all the same."""
    message = engine.get(sid) if is_message_sid(sid) else None
    if message is None:
        raise not_found()
    return message
