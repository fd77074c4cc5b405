"""What signs a webhook: the account's auth token, or a key that Twilio and the customer share.

Source: Twilio, "Sign webhooks with shared keys" (public beta of 2026) and the validator of twilio-python 9.13: the text
that is signed is the same, the header ``X-Twilio-Webhooks-Signature-Settings`` names key and algorithm. Inferred: of
several keys the newest signs, since at Twilio a webhook setting names the one that does.
"""

import re
from dataclasses import dataclass, field
from typing import Literal, get_args

from fake_twilio.domain.webhooks.signature import Algorithm, sign

SETTINGS_HEADER = "X-Twilio-Webhooks-Signature-Settings"
_ID = re.compile(r"[A-Za-z0-9_.:-]+")  # it stands in a header, between "=" and ","


@dataclass(frozen=True, slots=True)
class AuthToken:
    """The primary token of an account, which signs unless there is a key."""

    secret: str = field(repr=False)
    settings: Literal[None] = None

    def sign(self, text: str) -> str:
        return sign(self.secret, text)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A shared key: *id* as Twilio names it (``webhooks_sharedkey_...``), its secret and its algorithm."""

    id: str
    secret: str = field(repr=False)
    algorithm: Algorithm = "HMAC_SHA256"

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise ValueError("the id of a signing key must be letters, digits and _.:-")
        if not self.secret.strip():
            raise ValueError("the secret of a signing key must not be empty: anybody could sign with it")
        if self.algorithm not in get_args(Algorithm):
            raise ValueError(f"a signing key has one of {', '.join(get_args(Algorithm))}, not {self.algorithm}")

    @property
    def settings(self) -> str:
        """What the header says of the signature."""
        return f"key={self.id},algorithm={self.algorithm}"

    def sign(self, text: str) -> str:
        return sign(self.secret, text, self.algorithm)


Signer = AuthToken | SigningKey


def signature_headers(signature: str, settings: str | None) -> dict[str, str]:
    """Return the headers that carry a signature."""
    headers = {"X-Twilio-Signature": signature}
    return {**headers, SETTINGS_HEADER: settings} if settings else headers
