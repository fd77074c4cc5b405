"""The Account resource: fetch, list, open a subaccount, rename, suspend, close.

Source: Twilio, "REST API: Account" and "Subaccounts". A refused change of status has code 20001 (inferred).
"""

from typing import Any

from flask import Blueprint, Response, request

from fake_twilio.api.entry import CurrentRealm, asking, permitted
from fake_twilio.api.exchange import answer, posted_form
from fake_twilio.api.paging import Paging, cut_page
from fake_twilio.api.render import key_of
from fake_twilio.api.routing import resource
from fake_twilio.domain.accounts.account import Account, Standing
from fake_twilio.domain.twilio.errors import Refusal
from fake_twilio.domain.twilio.form import first, read_form
from fake_twilio.domain.values.dates import rfc2822
from fake_twilio.domain.values.sids import is_account_sid

COLLECTION = "/2010-04-01/Accounts.json"
RESOURCE = "/2010-04-01/Accounts/<account_sid>.json"
_SUBRESOURCES = ("IncomingPhoneNumbers", "Keys", "Messages")  # of Twilio's, those that are answered here


class AccountsApi:
    """The views; *realm* names the accounts of the moment."""

    def __init__(self, realm: CurrentRealm) -> None:
        self._realm = realm

    def fetch(self, account_sid: str) -> Response:
        return answer(render_account(permitted(self._realm(), account_sid)))

    def list(self) -> Response:
        """Answer the account that asks and its subaccounts, filtered by ``FriendlyName`` and ``Status``."""
        realm, form = self._realm(), read_form(request.query_string)
        name, standing = first(form, "FriendlyName"), first(form, "Status")
        found = [
            account
            for account in realm.directory.accounts_of(asking(realm).sid)
            if name in (None, "", account.friendly_name) and standing in (None, "", account.standing)
        ]
        paging = Paging.from_form(form, is_account_sid)
        shown, has_more = cut_page(found, paging)
        page = paging.describe(request.path, [account.sid for account in shown], has_more=has_more)
        return answer({**page, "accounts": [render_account(account) for account in shown]})

    def create(self) -> Response:
        """Open a subaccount; only the main account has any."""
        realm = self._realm()
        owner = asking(realm)
        if owner.owner_sid is not None:
            raise Refusal(20001, 400, "A subaccount cannot have subaccounts")
        made = realm.directory.open_subaccount(owner.sid, first(posted_form(), "FriendlyName"))
        return answer(render_account(made), 201)

    def update(self, account_sid: str) -> Response:
        """Change ``FriendlyName`` and ``Status`` (active, suspended, closed)."""
        realm = self._realm()
        account = permitted(realm, account_sid)
        form = posted_form()
        name, status = first(form, "FriendlyName"), first(form, "Status")
        if status:
            account = realm.directory.set_standing(account.sid, _standing(status))
        if name:
            account = realm.directory.rename(account.sid, name)
        return answer(render_account(account))


def render_account(account: Account) -> dict[str, Any]:
    """Return an account as the 2010 API shows it."""
    uri = f"/2010-04-01/Accounts/{account.sid}"
    return {
        "status": account.standing,
        "date_updated": rfc2822(account.updated_at),
        "auth_token": account.auth_token,
        "friendly_name": account.friendly_name,
        "owner_account_sid": account.owner_sid or account.sid,
        "uri": f"{uri}.json",
        "sid": account.sid,
        "date_created": rfc2822(account.created_at),
        "type": "Full",
        "subresource_uris": {key_of(name): f"{uri}/{name}.json" for name in _SUBRESOURCES},
    }


def _standing(text: str) -> Standing:
    try:
        return Standing(text)
    except ValueError:
        raise Refusal(20001, 400, "Status must be active, suspended or closed") from None


def accounts_blueprint(realm: CurrentRealm) -> Blueprint:
    """Return the routes of the Account resource."""
    api = AccountsApi(realm)
    return resource(
        "Account",
        (
            (COLLECTION, "GET", api.list),
            (COLLECTION, "POST", api.create),
            (RESOURCE, "GET", api.fetch),
            (RESOURCE, "POST", api.update),
        ),
    )
