"""Who may have signed a webhook: auth tokens, and keys shared with Twilio.

Source: Twilio, "Sign webhooks with shared keys" (public beta), and the official validators. A webhook that a shared key
signed says so in ``X-Twilio-Webhooks-Signature-Settings: key={id},algorithm=HMAC_SHA256``, and one that an auth token
signed has no such header. The text that is signed is the same.

The header itself is not signed, so it only chooses among what the customer trusts: a request that names a key is judged
by that key alone, one that names none by the auth tokens alone. Who gives no token takes nothing that a token signed.
"""

import hmac
from binascii import b2a_base64
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from twilio_sms.credentials.secret import SecretString
from twilio_sms.errors import ValidationError

SIGNATURE_HEADER = "x-twilio-signature"
SETTINGS_HEADER = "x-twilio-webhooks-signature-settings"
HMAC_SHA1 = "HMAC_SHA1"
HMAC_SHA256 = "HMAC_SHA256"
HASHES = {HMAC_SHA1: "sha1", HMAC_SHA256: "sha256"}


@dataclass(frozen=True, slots=True, eq=False)
class SharedKey:
    """A key that signs in place of the auth token: *id* as Twilio names it, and its secret.

    Raises `ValidationError` for an id that no header can name, or a secret that is empty.
    """

    id: str
    secret: SecretString | str = field(repr=False)

    def __post_init__(self) -> None:
        if not isinstance(self.id, str) or not self.id or not self.id.isascii() or set(self.id) & set("=, \t\r\n"):
            raise ValidationError("the id of a shared key must be as Twilio names it, without '=', ',' and white space")
        object.__setattr__(self, "secret", held(self.secret))


class Signer(NamedTuple):
    """A secret and the hash that it signs with; *name* is how a person is told of it."""

    name: str
    secret: SecretString
    algorithm: str = HMAC_SHA1

    def sign(self, text: bytes) -> bytes:
        """Return the signature of *text* in base64."""
        digest = hmac.digest(self.secret.expose().encode(), text, HASHES[self.algorithm])
        return b2a_base64(digest, newline=False)


class Settings(NamedTuple):
    """What the settings header says of a signature."""

    key_id: str
    algorithm: str

    @classmethod
    def parse(cls, header: str) -> "Settings":
        """Read the header; raise `ValidationError` unless it names one key and one algorithm that there is."""
        pairs = [part.strip().partition("=") for part in header.split(",")]
        keys = [value.strip() for name, _, value in pairs if name.strip() == "key"]
        algorithms = [value.strip() for name, _, value in pairs if name.strip() == "algorithm"]
        if len(keys) != 1 or len(algorithms) != 1:
            raise ValidationError("the signature's settings must name one key and one algorithm")
        if algorithms[0] not in HASHES:
            raise ValidationError(f"the signature's algorithm must be one of {', '.join(HASHES)}")
        return cls(keys[0], algorithms[0])


class Keyring:
    """The secrets of one customer."""

    def __init__(self, tokens: Iterable[str | SecretString], shared_keys: Iterable[SharedKey] = ()) -> None:
        keys = tuple(shared_keys)
        if not all(isinstance(key, SharedKey) for key in keys):
            raise ValidationError("shared_keys must be SharedKey(id, secret)")
        self.by_token = tuple(Signer(f"auth token {at}", held(token)) for at, token in enumerate(tokens, 1))
        self.by_key = tuple((key.id, Signer(f"shared key {key.id}", held(key.secret))) for key in keys)
        if not self.by_token and not self.by_key:
            raise ValidationError("a validator needs an auth token that is not empty: else anybody could sign")

    def signers(self, settings: str | None) -> tuple[Signer, ...]:
        """Return who may have signed a request whose settings header is *settings*, ``None`` if it has none.

        Nobody may have, if the header is unclear or names a key that is not known.
        """
        if settings is None:
            return self.by_token
        try:
            said = Settings.parse(settings)
        except ValidationError:
            return ()
        return tuple(
            signer._replace(algorithm=said.algorithm) for key_id, signer in self.by_key if key_id == said.key_id
        )

    def with_algorithm(self, algorithm: str | None) -> tuple[Signer, ...]:
        """Return the tokens as they sign with *algorithm*; raise `ValidationError` if there is no such one."""
        if not algorithm:
            return self.by_token
        name = algorithm.upper()
        if name not in HASHES:
            raise ValidationError(f"algorithm must be one of {', '.join(HASHES)}")
        return tuple(signer._replace(algorithm=name) for signer in self.by_token)

    def __repr__(self) -> str:
        return f"Keyring({len(self.by_token)} tokens, {len(self.by_key)} shared keys)"


def held(secret: str | SecretString) -> SecretString:
    """Return *secret* as one that shows itself to nobody; raise `ValidationError` if it is empty."""
    text = secret.expose() if isinstance(secret, SecretString) else secret
    if not isinstance(text, str) or not text.strip():
        raise ValidationError("a validator needs an auth token that is not empty: else anybody could sign")
    return secret if isinstance(secret, SecretString) else SecretString(secret)
