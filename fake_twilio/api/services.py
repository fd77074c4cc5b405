"""The Service resource of Twilio's messaging API: open, list, fetch, change, close."""

from typing import Any

from flask import Blueprint, Response, request

from fake_twilio.accounts.service_book import ServiceBook
from fake_twilio.api.entry import CurrentRealm, authenticated
from fake_twilio.api.exchange import answer, not_found, posted_form
from fake_twilio.api.paging import Paging, cut_page
from fake_twilio.api.render import key_of
from fake_twilio.api.routing import blueprint
from fake_twilio.domain.accounts.service import Service
from fake_twilio.domain.twilio.form import read_form
from fake_twilio.domain.values.dates import iso8601
from fake_twilio.domain.values.sids import is_service_sid

COLLECTION = "/v1/Services"
RESOURCE = "/v1/Services/<sid>"


class ServicesApi:
    """The views; *realm* names the accounts of the moment."""

    def __init__(self, realm: CurrentRealm) -> None:
        self._realm = realm

    def create(self) -> Response:
        return answer(render_service(self._services().open(posted_form())), 201)

    def list(self) -> Response:
        services = self._services().all()
        paging = Paging.from_form(read_form(request.query_string), is_service_sid)
        shown, has_more = cut_page(services, paging)
        meta = paging.meta(request.base_url, [service.sid for service in shown], "services", has_more=has_more)
        return answer({"services": [render_service(service) for service in shown], "meta": meta})

    def fetch(self, sid: str) -> Response:
        services = self._services()
        try:
            return answer(render_service(services.get(sid)))
        except LookupError:
            raise not_found() from None

    def update(self, sid: str) -> Response:
        services = self._services()
        try:
            return answer(render_service(services.change(sid, posted_form())))
        except LookupError:
            raise not_found() from None

    def delete(self, sid: str) -> Response:
        services = self._services()
        try:
            services.close(sid)
        except LookupError:
            raise not_found() from None
        return Response(status=204)

    def _services(self) -> ServiceBook:
        return authenticated(self._realm).senders.services


def render_service(service: Service) -> dict[str, Any]:
    """Return a service; its addresses name the host that was asked, where Twilio's name messaging.twilio.com."""
    url = f"{request.host_url}v1/Services/{service.sid}"
    return {
        "sid": service.sid,
        "account_sid": service.account_sid,
        "friendly_name": service.friendly_name,
        "date_created": iso8601(service.created_at),
        "date_updated": iso8601(service.updated_at),
        **{key_of(name): value for name, value in service.settings.items()},
        "us_app_to_person_registered": False,
        "url": url,
        "links": {"phone_numbers": f"{url}/PhoneNumbers"},
    }


def services_blueprint(realm: CurrentRealm) -> Blueprint:
    """Return the routes of the Service resource."""
    api = ServicesApi(realm)
    return blueprint(
        "services",
        (
            (COLLECTION, "GET", api.list),
            (COLLECTION, "POST", api.create),
            (RESOURCE, "GET", api.fetch),
            (RESOURCE, "POST", api.update),
            (RESOURCE, "DELETE", api.delete),
        ),
    )
