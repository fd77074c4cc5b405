"""Who may have signed a webhook, in words: the account, and all those that are taken for it."""

from collections.abc import Iterable, Iterator

from fake_twilio.domain.accounts.account import AUTH_TOKEN, Account, ApiKey
from fake_twilio.domain.webhooks.signer import AuthToken, SigningKey
from fake_twilio.domain.webhooks.workbench.signatory import Signatory

MOST = 40  # others that are tried
EXAMPLE_TOKEN = "12345"  # noqa: S105 - of the example in Twilio's documentation, "Webhooks security"  # nosec B105


def signatories_of(right: Account, accounts: Iterable[Account], keys: Iterable[ApiKey]) -> list[Signatory]:
    """Return who signs for the account that is the *right* one, and behind it who may have signed in its place.

    *accounts* are all there are; *keys*, those of the API, sign nothing at Twilio.
    """
    rest = [account for account in accounts if account.sid != right.sid]
    others = [*_of(right), *(one for account in rest for one in _of(account)), *_mistaken(right), *map(_of_key, keys)]
    return [_right(right), *others[:MOST], *_documented()]


def _right(account: Account) -> Signatory:
    signer = account.signer
    name = f"the auth token of {account.sid}" if isinstance(signer, AuthToken) else f"the shared key {signer.id}"
    return Signatory(name, signer)


def _of(account: Account) -> Iterator[Signatory]:
    """Yield what belongs to an account and may sign."""
    kind = "the test credentials" if account.is_test else account.sid
    why = "test credentials sign no webhook" if account.is_test else "it is another account, or no more what signs"
    yield Signatory(f"the auth token of {kind}", AuthToken(account.auth_token), why)
    if account.secondary_token:
        why = "it signs once it is promoted, not before"
        yield Signatory(f"the secondary auth token of {kind}", AuthToken(account.secondary_token), why)
    for key in reversed(account.signing_keys):
        yield Signatory(f"the shared key {key.id}", key, "it is not the newest, which signs")
        other = SigningKey(key.id, key.secret, "HMAC_SHA1" if key.algorithm == "HMAC_SHA256" else "HMAC_SHA256")
        yield Signatory(f"the shared key {key.id} with {other.algorithm}", other, f"it was made for {key.algorithm}")


def _mistaken(account: Account) -> Iterator[Signatory]:
    """Yield what is pasted where the token should be."""
    why = "it was pasted in place of the auth token"
    yield Signatory("the auth token with a line feed behind it", AuthToken(f"{account.auth_token}\n"), why)
    yield Signatory("the SID of the account", AuthToken(account.sid), why)
    by_sha256 = SigningKey("token", account.auth_token, "HMAC_SHA256")
    yield Signatory(
        "the auth token with HMAC-SHA256", by_sha256, "a token signs with HMAC-SHA1, only keys with SHA-256"
    )


def _of_key(key: ApiKey) -> Signatory:
    return Signatory(f"the secret of the API key {key.sid}", AuthToken(key.secret), "API keys sign no webhook")


def _documented() -> Iterator[Signatory]:
    yield Signatory("the token that a fake has by default", AuthToken(AUTH_TOKEN), "this fake was given another one")
    yield Signatory("the token of Twilio's documentation", AuthToken(EXAMPLE_TOKEN), "an example was copied")
    yield Signatory("an empty token", AuthToken(""), "the setting with the token is not set")
