"""API keys: make, list, fetch, rename, delete. The secret is shown once, in the answer to the making."""

from typing import Any

from flask import Blueprint, Response, request

from fake_twilio.accounts.directory import Directory
from fake_twilio.api.entry import CurrentRealm, permitted
from fake_twilio.api.exchange import answer, not_found, posted_form
from fake_twilio.api.paging import Paging, cut_page
from fake_twilio.api.routing import resource
from fake_twilio.domain.accounts.account import ApiKey
from fake_twilio.domain.twilio.form import first, read_form
from fake_twilio.domain.values.dates import rfc2822
from fake_twilio.domain.values.sids import is_key_sid

COLLECTION = "/2010-04-01/Accounts/<account_sid>/Keys.json"
RESOURCE = "/2010-04-01/Accounts/<account_sid>/Keys/<sid>.json"


class KeysApi:
    """The views; *realm* names the accounts of the moment."""

    def __init__(self, realm: CurrentRealm) -> None:
        self._realm = realm

    def create(self, account_sid: str) -> Response:
        key = self._entered(account_sid).make_key(account_sid, first(posted_form(), "FriendlyName") or "")
        return answer({**render_key(key), "secret": key.secret}, 201)

    def list(self, account_sid: str) -> Response:
        keys = self._entered(account_sid).keys_of(account_sid)
        paging = Paging.from_form(read_form(request.query_string), is_key_sid)
        shown, has_more = cut_page(keys, paging)
        page = paging.describe(request.path, [key.sid for key in shown], has_more=has_more)
        return answer({**page, "keys": [render_key(key) for key in shown]})

    def fetch(self, account_sid: str, sid: str) -> Response:
        directory = self._entered(account_sid)
        try:
            return answer(render_key(directory.key(account_sid, sid)))
        except LookupError:
            raise not_found() from None

    def update(self, account_sid: str, sid: str) -> Response:
        directory = self._entered(account_sid)
        try:
            key = directory.rename_key(account_sid, sid, first(posted_form(), "FriendlyName") or "")
        except LookupError:
            raise not_found() from None
        return answer(render_key(key))

    def delete(self, account_sid: str, sid: str) -> Response:
        directory = self._entered(account_sid)
        try:
            directory.delete_key(account_sid, sid)
        except LookupError:
            raise not_found() from None
        return Response(status=204)

    def _entered(self, account_sid: str) -> Directory:
        realm = self._realm()
        permitted(realm, account_sid).check_usable()
        return realm.directory


def render_key(key: ApiKey) -> dict[str, Any]:
    """Return a key without its secret."""
    return {
        "sid": key.sid,
        "friendly_name": key.friendly_name,
        "date_created": rfc2822(key.created_at),
        "date_updated": rfc2822(key.updated_at),
    }


def keys_blueprint(realm: CurrentRealm) -> Blueprint:
    """Return the routes of the Key resource."""
    api = KeysApi(realm)
    return resource(
        "Key",
        (
            (COLLECTION, "GET", api.list),
            (COLLECTION, "POST", api.create),
            (RESOURCE, "GET", api.fetch),
            (RESOURCE, "POST", api.update),
            (RESOURCE, "DELETE", api.delete),
        ),
    )
