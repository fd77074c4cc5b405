"""The PhoneNumber resource of a messaging service: the numbers in its pool."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, Response, request

from fake_twilio.accounts.senders import PooledNumber, Senders
from fake_twilio.api.entry import CurrentRealm, authenticated
from fake_twilio.api.exchange import answer, not_found, posted_form
from fake_twilio.api.paging import Paging, cut_page
from fake_twilio.api.routing import blueprint
from fake_twilio.domain.twilio.errors import Refusal
from fake_twilio.domain.twilio.form import first, read_form
from fake_twilio.domain.values.dates import iso8601
from fake_twilio.domain.values.numbers import country_of
from fake_twilio.domain.values.sids import is_number_sid

COLLECTION = "/v1/Services/<service_sid>/PhoneNumbers"
RESOURCE = "/v1/Services/<service_sid>/PhoneNumbers/<sid>"
T = TypeVar("T")


class PooledNumbersApi:
    """The views; *realm* names the accounts of the moment."""

    def __init__(self, realm: CurrentRealm) -> None:
        self._realm = realm

    def create(self, service_sid: str) -> Response:
        """Put a number of the account into the pool; one that is not the account's is not found (inferred)."""
        senders = self._senders()
        number_sid = first(posted_form(), "PhoneNumberSid")
        if not number_sid:
            raise Refusal(20001, 400, "Missing required parameter PhoneNumberSid in the post body")
        return answer(render_pooled(_found(lambda: senders.join(service_sid, number_sid))), 201)

    def list(self, service_sid: str) -> Response:
        senders = self._senders()
        pool = _found(lambda: senders.pool(service_sid))
        paging = Paging.from_form(read_form(request.query_string), is_number_sid)
        shown, has_more = cut_page(pool, paging)
        meta = paging.meta(request.base_url, [number.sid for number in shown], "phone_numbers", has_more=has_more)
        return answer({"phone_numbers": [render_pooled(number) for number in shown], "meta": meta})

    def fetch(self, service_sid: str, sid: str) -> Response:
        senders = self._senders()
        return answer(render_pooled(_found(lambda: senders.pooled(service_sid, sid))))

    def delete(self, service_sid: str, sid: str) -> Response:
        senders = self._senders()
        _found(lambda: senders.leave(service_sid, sid))
        return Response(status=204)

    def _senders(self) -> Senders:
        return authenticated(self._realm).senders


def _found(act: Callable[[], T]) -> T:
    """Return what *act* does, or refuse (20404) if it does not find something."""
    try:
        return act()
    except LookupError:
        raise not_found() from None


def render_pooled(pooled: PooledNumber) -> dict[str, Any]:
    """Return a number of a pool; every number of the fake can do everything but fax."""
    number = pooled.number
    return {
        "sid": number.sid,
        "account_sid": number.account_sid,
        "service_sid": pooled.service_sid,
        "date_created": iso8601(pooled.joined_at),
        "date_updated": iso8601(pooled.joined_at),
        "phone_number": number.phone_number,
        "country_code": country_of(number.phone_number),
        "capabilities": ["SMS", "MMS", "Voice"],
        "url": f"{request.host_url}v1/Services/{pooled.service_sid}/PhoneNumbers/{number.sid}",
    }


def pooled_numbers_blueprint(realm: CurrentRealm) -> Blueprint:
    """Return the routes of the numbers of a service."""
    api = PooledNumbersApi(realm)
    return blueprint(
        "pooled_numbers",
        (
            (COLLECTION, "GET", api.list),
            (COLLECTION, "POST", api.create),
            (RESOURCE, "GET", api.fetch),
            (RESOURCE, "DELETE", api.delete),
        ),
    )
