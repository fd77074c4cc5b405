"""An account and the secret it signs with."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Account:
    """An account; its auth token authenticates its requests and signs its webhooks."""

    sid: str
    auth_token: str = field(repr=False)
