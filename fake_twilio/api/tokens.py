"""Rotation of the auth token: a secondary one is made, promoted or dropped.

Source: Twilio's OpenAPI file of accounts.twilio.com and its page about the AuthToken resource. Dates are ISO 8601.
"""

from typing import Any

from flask import Blueprint, Response, request

from fake_twilio.api.entry import CurrentRealm, asking
from fake_twilio.api.exchange import answer
from fake_twilio.api.routing import blueprint
from fake_twilio.domain.accounts.account import Account
from fake_twilio.domain.values.dates import iso8601

SECONDARY = "/v1/AuthTokens/Secondary"
PROMOTE = "/v1/AuthTokens/Promote"


class TokensApi:
    """The views; they act on the account that asks."""

    def __init__(self, realm: CurrentRealm) -> None:
        self._realm = realm

    def create(self) -> Response:
        realm = self._realm()
        account = realm.directory.make_secondary_token(asking(realm).sid)
        return answer({**_render(account), "secondary_auth_token": account.secondary_token}, 201)

    def promote(self) -> Response:
        realm = self._realm()
        account = realm.directory.promote_token(asking(realm).sid)
        return answer({**_render(account), "auth_token": account.auth_token})

    def delete(self) -> Response:
        realm = self._realm()
        realm.directory.drop_secondary_token(asking(realm).sid)
        return Response(status=204)


def _render(account: Account) -> dict[str, Any]:
    return {
        "account_sid": account.sid,
        "date_created": iso8601(account.created_at),
        "date_updated": iso8601(account.updated_at),
        "url": request.base_url,
    }


def tokens_blueprint(realm: CurrentRealm) -> Blueprint:
    """Return the routes of the AuthToken resources."""
    api = TokensApi(realm)
    return blueprint(
        "tokens",
        ((SECONDARY, "POST", api.create), (SECONDARY, "DELETE", api.delete), (PROMOTE, "POST", api.promote)),
    )
