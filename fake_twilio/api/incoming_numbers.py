"""The IncomingPhoneNumber resource: buy, list, fetch, change, release."""

from typing import Any

from flask import Blueprint, Response, request

from fake_twilio.api.entry import CurrentRealm, entered
from fake_twilio.api.exchange import answer, not_found, posted_form
from fake_twilio.api.paging import Paging, cut_page
from fake_twilio.api.render import key_of
from fake_twilio.api.routing import resource
from fake_twilio.domain.accounts.incoming_number import SIDS, IncomingNumber
from fake_twilio.domain.rules.magic import purchase_code
from fake_twilio.domain.twilio.errors import refusal
from fake_twilio.domain.twilio.form import Form, first, read_form
from fake_twilio.domain.values.dates import rfc2822
from fake_twilio.domain.values.numbers import national
from fake_twilio.domain.values.patterns import Glob
from fake_twilio.domain.values.sids import is_number_sid
from fake_twilio.messages.engine import Engine

COLLECTION = "/2010-04-01/Accounts/<account_sid>/IncomingPhoneNumbers.json"
RESOURCE = "/2010-04-01/Accounts/<account_sid>/IncomingPhoneNumbers/<sid>.json"
_SMS = ("SmsUrl", "SmsMethod", "SmsFallbackUrl", "SmsFallbackMethod")
_VOICE = ("VoiceUrl", "VoiceMethod", "VoiceFallbackUrl", "VoiceFallbackMethod")
_STATUS = ("StatusCallback", "StatusCallbackMethod")


class IncomingNumbersApi:
    """The views; *realm* names the accounts of the moment."""

    def __init__(self, realm: CurrentRealm) -> None:
        self._realm = realm

    def create(self, account_sid: str) -> Response:
        """Buy a number; test credentials meet Twilio's magic ones, and keep nothing."""
        engine = entered(self._realm, account_sid, may_test=True)
        form = _checked(engine, posted_form())
        bought = _rehearsed(engine, form) if engine.account.is_test else engine.senders.numbers.buy(account_sid, form)
        return answer(render_number(bought), 201)

    def list(self, account_sid: str) -> Response:
        """Answer the numbers, filtered by ``PhoneNumber``, ``FriendlyName``, ``Beta`` and ``Origin``."""
        form = read_form(request.query_string)
        owned = entered(self._realm, account_sid).senders.numbers.all(account_sid)
        found = [number for number in owned if _is_wanted(number, form)]
        paging = Paging.from_form(form, is_number_sid)
        shown, has_more = cut_page(found, paging)
        page = paging.describe(request.path, [number.sid for number in shown], has_more=has_more)
        return answer({**page, "incoming_phone_numbers": [render_number(number) for number in shown]})

    def fetch(self, account_sid: str, sid: str) -> Response:
        engine = entered(self._realm, account_sid)
        try:
            return answer(render_number(engine.senders.numbers.get(account_sid, sid)))
        except LookupError:
            raise not_found() from None

    def update(self, account_sid: str, sid: str) -> Response:
        engine = entered(self._realm, account_sid)
        form = _checked(engine, posted_form())
        try:
            return answer(render_number(engine.senders.numbers.change(account_sid, sid, form)))
        except LookupError:
            raise not_found() from None

    def delete(self, account_sid: str, sid: str) -> Response:
        engine = entered(self._realm, account_sid)
        try:
            engine.senders.release(sid)
        except LookupError:
            raise not_found() from None
        return Response(status=204)


def _checked(engine: Engine, form: Form) -> Form:
    """Return *form*, or refuse it (20001, inferred) if it names an application that the account does not have."""
    application_sid = first(form, "SmsApplicationSid")
    if application_sid:
        engine.senders.applications.named(application_sid)
    return form


def _rehearsed(engine: Engine, form: Form) -> IncomingNumber:
    code = purchase_code(first(form, "PhoneNumber"), first(form, "AreaCode"))
    if code is not None:
        raise refusal(code)
    return engine.senders.numbers.quote(engine.account.sid, form)


def _is_wanted(number: IncomingNumber, form: Form) -> bool:
    """Twilio: part of a number is enough, and ``*`` stands for any digit; here, for any digits."""
    part, name = first(form, "PhoneNumber"), first(form, "FriendlyName")
    return (
        (not part or Glob(f"*{part}*").matches(number.phone_number))
        and (not name or name == _name(number))
        and first(form, "Origin") in (None, "", "twilio")
    )


def _name(number: IncomingNumber) -> str:
    return number.setting("FriendlyName") or national(number.phone_number)


def render_number(number: IncomingNumber) -> dict[str, Any]:
    """Return a number as the 2010 API shows it; every number of the fake can do everything but fax."""
    plain = {key_of(name): number.setting(name) or _default(name) for name in (*_SMS, *_VOICE, *_STATUS)}
    sids = {key_of(name): number.setting(name) or None for name in (*SIDS, "EmergencyAddressSid")}
    return {
        "account_sid": number.account_sid,
        "address_requirements": "none",
        "api_version": "2010-04-01",
        "beta": False,
        "capabilities": {"voice": True, "sms": True, "mms": True, "fax": False},
        "date_created": rfc2822(number.created_at),
        "date_updated": rfc2822(number.updated_at),
        "emergency_status": number.setting("EmergencyStatus") or "Inactive",
        "emergency_address_status": "unregistered",
        "friendly_name": _name(number),
        "origin": "twilio",
        "phone_number": number.phone_number,
        "sid": number.sid,
        **plain,
        **sids,
        "uri": f"/2010-04-01/Accounts/{number.account_sid}/IncomingPhoneNumbers/{number.sid}.json",
        "voice_caller_id_lookup": number.setting("VoiceCallerIdLookup").lower() == "true",
        "voice_receive_mode": number.setting("VoiceReceiveMode") or "voice",
        "status": "in-use",
        "type": "local",
    }


def _default(name: str) -> str:
    return "POST" if name.endswith("Method") else ""


def incoming_numbers_blueprint(realm: CurrentRealm) -> Blueprint:
    """Return the routes of the IncomingPhoneNumber resource."""
    api = IncomingNumbersApi(realm)
    return resource(
        "IncomingPhoneNumber",
        (
            (COLLECTION, "GET", api.list),
            (COLLECTION, "POST", api.create),
            (RESOURCE, "GET", api.fetch),
            (RESOURCE, "POST", api.update),
            (RESOURCE, "DELETE", api.delete),
        ),
    )
