"""The door of every resource: who asks is known, not one too many, and may use the account that the path names."""

from collections.abc import Callable
from typing import Any

from flask import request

from fake_twilio.accounts.under_way import VISIT
from fake_twilio.api.auth import read_basic
from fake_twilio.api.exchange import not_found
from fake_twilio.domain.accounts.account import Account
from fake_twilio.domain.messages.message import Message
from fake_twilio.domain.twilio.errors import Refusal, refusal
from fake_twilio.domain.values.sids import is_account_sid, is_message_sid
from fake_twilio.messages.engine import Engine
from fake_twilio.messages.realm import Realm

CurrentRealm = Callable[[], Realm]


def entered(realm_now: CurrentRealm, account_sid: str, *, may_test: bool = False) -> Engine:
    """Return the engine of the account in the path.

    A malformed SID is no route (404), wrong credentials or those of a stranger are refused (401), and so is an account
    that is suspended or closed (403). Test credentials enter only where they *may_test* (else 403, 20008).
    """
    realm = realm_now()
    account = permitted(realm, account_sid, may_test=may_test)
    account.check_usable()
    return realm.engine(account.sid)


def permitted(realm: Realm, account_sid: str, *, may_test: bool = False) -> Account:
    """Return the account in the path, whatever its standing, to itself and to the account above it."""
    if not is_account_sid(account_sid):
        raise not_found()
    own = asking(realm, may_test=may_test)
    asked = realm.directory.find(account_sid)
    if asked is None or own.sid not in (asked.sid, asked.owner_sid):
        raise Refusal(20003, 401, "Authenticate")
    return asked


def authenticated(realm_now: CurrentRealm, *, may_test: bool = False) -> Engine:
    """Return the engine of the account that asks, where no path names it; test credentials enter if they *may_test*."""
    realm = realm_now()
    return realm.engine(asking(realm, may_test=may_test).sid)


def asking(realm: Realm, *, may_test: bool = False) -> Account:
    """Return the account that asks, by its own credentials or by those of a key; raise a 401, a 403, or a 429."""
    environ = request.environ
    account = realm.directory.authenticate(*read_basic(environ.get("HTTP_AUTHORIZATION")))
    _begin_visit(realm, account.sid, environ)
    account.check_usable()
    if account.is_test and not may_test:
        raise refusal(20008)
    return account


def _begin_visit(realm: Realm, account_sid: str, environ: dict[str, Any]) -> None:
    """Count the request from here until its answer, once; refuse it (20429) if its account has as many as it may."""
    if VISIT in environ:
        return
    visit = environ[VISIT] = realm.under_way.begin(account_sid, realm.scenario.limits.concurrency)
    if visit.is_refused:
        raise refusal(20429)


def message_there(engine: Engine, sid: str) -> Message:
    """Return the message at the requested path, or refuse (20404): malformed and unknown SIDs are all the same."""
    message = engine.get(sid) if is_message_sid(sid) else None
    if message is None:
        raise not_found()
    return message
