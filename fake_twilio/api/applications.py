"""The Application resource: make, list, fetch, change, delete."""

from typing import Any

from flask import Blueprint, Response, request

from fake_twilio.accounts.application_book import ApplicationBook
from fake_twilio.api.entry import CurrentRealm, entered
from fake_twilio.api.exchange import answer, not_found, posted_form
from fake_twilio.api.paging import Paging, cut_page
from fake_twilio.api.render import VERSION, key_of
from fake_twilio.api.routing import resource
from fake_twilio.domain.accounts.application import METHODS, URLS, Application
from fake_twilio.domain.twilio.form import first, read_form
from fake_twilio.domain.values.dates import rfc2822
from fake_twilio.domain.values.sids import is_application_sid

COLLECTION = "/2010-04-01/Accounts/<account_sid>/Applications.json"
RESOURCE = "/2010-04-01/Accounts/<account_sid>/Applications/<sid>.json"


class ApplicationsApi:
    """The views; *realm* names the accounts of the moment."""

    def __init__(self, realm: CurrentRealm) -> None:
        self._realm = realm

    def create(self, account_sid: str) -> Response:
        return answer(render_application(self._applications(account_sid).make(posted_form())), 201)

    def list(self, account_sid: str) -> Response:
        """Answer the applications, filtered by ``FriendlyName``."""
        form = read_form(request.query_string)
        name = first(form, "FriendlyName")
        found = [one for one in self._applications(account_sid).all() if not name or one.friendly_name == name]
        paging = Paging.from_form(form, is_application_sid)
        shown, has_more = cut_page(found, paging)
        page = paging.describe(request.path, [one.sid for one in shown], has_more=has_more)
        return answer({**page, "applications": [render_application(one) for one in shown]})

    def fetch(self, account_sid: str, sid: str) -> Response:
        applications = self._applications(account_sid)
        try:
            return answer(render_application(applications.get(sid)))
        except LookupError:
            raise not_found() from None

    def update(self, account_sid: str, sid: str) -> Response:
        applications = self._applications(account_sid)
        try:
            return answer(render_application(applications.change(sid, posted_form())))
        except LookupError:
            raise not_found() from None

    def delete(self, account_sid: str, sid: str) -> Response:
        applications = self._applications(account_sid)
        try:
            applications.delete(sid)
        except LookupError:
            raise not_found() from None
        return Response(status=204)

    def _applications(self, account_sid: str) -> ApplicationBook:
        return entered(self._realm, account_sid).senders.applications


def render_application(application: Application) -> dict[str, Any]:
    """Return an application as the 2010 API shows it; the old name of the callback shows the same address."""
    return {
        "account_sid": application.account_sid,
        "api_version": application.setting("ApiVersion"),
        "date_created": rfc2822(application.created_at),
        "date_updated": rfc2822(application.updated_at),
        "friendly_name": application.friendly_name,
        "sid": application.sid,
        "sms_status_callback": application.setting("MessageStatusCallback"),
        **{key_of(name): application.setting(name) for name in (*URLS, *METHODS)},
        "uri": f"/{VERSION}/Accounts/{application.account_sid}/Applications/{application.sid}.json",
        "voice_caller_id_lookup": application.setting("VoiceCallerIdLookup").lower() == "true",
        "public_application_connect_enabled": application.setting("PublicApplicationConnectEnabled").lower() == "true",
    }


def applications_blueprint(realm: CurrentRealm) -> Blueprint:
    """Return the routes of the Application resource."""
    api = ApplicationsApi(realm)
    return resource(
        "Application",
        (
            (COLLECTION, "GET", api.list),
            (COLLECTION, "POST", api.create),
            (RESOURCE, "GET", api.fetch),
            (RESOURCE, "POST", api.update),
            (RESOURCE, "DELETE", api.delete),
        ),
    )
