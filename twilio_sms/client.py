"""The front door: builds the parts of a client and owns its connections."""

import os
import re
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

from twilio_sms.clock import Clock, SystemClock
from twilio_sms.config import Config, Settings, api_url
from twilio_sms.credentials import Credentials, FixedCredentials
from twilio_sms.errors import ValidationError
from twilio_sms.gateway import Gateway
from twilio_sms.messages import Messages
from twilio_sms.transport.http import HttpTransport
from twilio_sms.transport.wire import Transport

_ACCOUNT_SID = re.compile(r"AC[0-9a-fA-F]{32}", re.ASCII)


class Client:
    """A Twilio account to send messages from.

    Many threads may share one; use it as a context manager, or `close` it, to close its connections. Give *auth_token*,
    or *api_key* and *api_secret*, or your own *credentials*. Raises `ValidationError` for settings that cannot work.
    """

    def __init__(
        self,
        account_sid: str,
        auth_token: str | None = None,
        *,
        api_key: str | None = None,
        api_secret: str | None = None,
        credentials: Credentials | None = None,
        base_url: str | None = None,
        edge: str | None = None,
        region: str | None = None,
        config: Config | None = None,
        transport: Transport | None = None,
        clock: Clock | None = None,
    ) -> None:
        if not isinstance(account_sid, str) or not _ACCOUNT_SID.fullmatch(account_sid):
            raise ValidationError("account_sid must be AC and 32 hexadecimal digits (variable TWILIO_ACCOUNT_SID)")
        config = config or Config()
        clock = clock or SystemClock()
        self.account_sid = account_sid
        self.base_url = api_url(base_url, edge, region)
        chosen = credentials or FixedCredentials.choose(account_sid, auth_token, api_key, api_secret)
        self._transport = transport or HttpTransport(
            connections=config.connections, max_answer_bytes=config.max_answer_bytes, clock=clock
        )
        gateway = Gateway(self.base_url, chosen, self._transport, config.timeouts, clock)
        self.messages = Messages(gateway, account_sid)

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None, **options: Any) -> Self:
        """Build a client from the ``TWILIO_*`` variables; *options* are those of the constructor, and win.

        An option wins over all variables that say the same in another way: ``auth_token=`` over an API key,
        ``base_url=`` over an edge and a region.

        Reads ``TWILIO_ACCOUNT_SID``, ``TWILIO_AUTH_TOKEN``, ``TWILIO_API_KEY``, ``TWILIO_API_SECRET``,
        ``TWILIO_BASE_URL``, ``TWILIO_EDGE`` and ``TWILIO_REGION``.
        """
        settings = Settings.from_env(os.environ if environ is None else environ)
        return cls(**settings.completing(options))

    def close(self) -> None:
        """Close the transport and its connections; the client may not be used after it."""
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Client({self.account_sid[:6]}***, {self.base_url})"
