"""Who asks: HTTP Basic with the account's SID and auth token."""

import hmac
from base64 import b64decode

from fake_twilio.domain.account import Account
from fake_twilio.domain.errors import Refusal

REALM = 'Basic realm="Twilio API"'


def check_credentials(authorization: str | None, account: Account) -> None:
    """Return if *authorization* is the account's, else raise a 401 with one of the texts that were observed."""
    user, password = _read(authorization)
    if user and not _equal(user, account.sid):
        raise Refusal(20003, 401, "Authentication Error - invalid username")
    if not _equal(user, account.sid) or not _equal(password, account.auth_token):
        raise Refusal(20003, 401, "Authenticate")


def _read(authorization: str | None) -> tuple[str, str]:
    """Return user and password, both empty if there is no readable Basic header."""
    scheme, _, encoded = (authorization or "").partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        user, _, password = b64decode(encoded.strip(), validate=True).decode("utf-8").partition(":")
    except ValueError:  # no base64, no ASCII, no UTF-8
        return "", ""
    return user, password


def _equal(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode())
