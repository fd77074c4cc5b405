"""Credentials out of environment variables, read anew for each attempt."""

import os
from collections.abc import Mapping
from typing import NoReturn

from twilio_sms.credentials.basic import BasicAuth, FixedCredentials
from twilio_sms.errors import CredentialsError, ValidationError


class EnvironmentCredentials:
    """Reads ``TWILIO_API_KEY`` and ``TWILIO_API_SECRET``, else ``TWILIO_AUTH_TOKEN``, for each attempt.

    So a secret that the program puts into its environment is used by the next attempt. *environ* is the process's own
    unless another mapping is given. Surrounding white space does not count.
    """

    __slots__ = ("_account_sid", "_environ")

    def __init__(self, account_sid: str, environ: Mapping[str, str] | None = None) -> None:
        self._account_sid = account_sid
        self._environ = os.environ if environ is None else environ

    def basic_auth(self) -> BasicAuth:
        """Return what the variables hold now; raise `CredentialsError` if it is not whole."""
        token, key, secret = map(self._read, ("TWILIO_AUTH_TOKEN", "TWILIO_API_KEY", "TWILIO_API_SECRET"))
        try:
            return FixedCredentials.choose(self._account_sid, token, key, secret).auth
        except ValidationError as error:
            trouble = error.message
        raise CredentialsError(f"the environment: {trouble}")

    def _read(self, name: str) -> str:
        return self._environ.get(name, "").strip()

    def __repr__(self) -> str:
        return "EnvironmentCredentials()"

    def __reduce__(self) -> NoReturn:
        raise TypeError("an environment holds secrets and is not pickled or copied; make new credentials there")

    __getstate__ = __reduce__
