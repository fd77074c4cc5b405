"""The official client, pointed at the fake: whatever host of Twilio it asks for, the fake is asked.

The client's HTTP client is exchanged for one that rewrites the address just before the request, so that every product,
edge and region is covered, and nothing else of the client changes.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from fake_twilio.kit.hosts import is_twilio

INSTALL = "fake_twilio.sdk() needs the official client: pip install twilio"


@dataclass(frozen=True, slots=True)
class Login:
    """An account and the token that lets it in."""

    account_sid: str
    auth_token: str = field(repr=False)


class PointedHttpClient:
    """An HTTP client of the SDK whose requests to Twilio go to *url*; all else is that of *inner*.

    With *login*, requests of the account *stranger* are made as that account.
    """

    def __init__(self, inner: Any, url: str, stranger: str = "", login: Login | None = None) -> None:
        self._inner = inner
        self._target = urlsplit(url)
        self._stranger = stranger
        self._login = login

    def request(self, method: str, url: str, **rest: Any) -> Any:
        """Make the request, or return what can be awaited for it if *inner* is asynchronous."""
        pointed = self._pointed(url)
        if self._login is None or urlsplit(pointed).netloc != self._target.netloc:
            return self._inner.request(method, pointed, **rest)
        return self._inner.request(method, self._as_login(pointed, self._login), **_with_login(rest, self._login))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def _pointed(self, url: str) -> str:
        parts = urlsplit(url)
        if not is_twilio(parts.hostname or ""):
            return url
        return urlunsplit(parts._replace(scheme=self._target.scheme, netloc=self._target.netloc))

    def _as_login(self, url: str, login: Login) -> str:
        return url.replace(f"/Accounts/{self._stranger}", f"/Accounts/{login.account_sid}") if self._stranger else url


class Patch:
    """A client that is pointed at a fake until `undo`; as a context manager, until its end."""

    def __init__(self, client: Any, http_client: PointedHttpClient) -> None:
        self._client = client
        self._before = client.http_client
        self._pointed = http_client
        client.http_client = http_client

    def undo(self) -> None:
        """Let the client go where it went before; a second time changes nothing."""
        if self._client.http_client is self._pointed:
            self._client.http_client = self._before

    def __enter__(self) -> Any:
        return self._client

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.undo()


def patched(client: Any, url: str, login: Login, is_known: Callable[[str], bool]) -> Patch:
    """Point *client* at *url*; one of an account that is not known there is let in with *login*."""
    sid = str(client.account_sid or "")
    pointed = PointedHttpClient(client.http_client, url, sid, None if is_known(sid) else login)
    return Patch(client, pointed)


def new_client(url: str, **options: Any) -> Any:
    """Return a `twilio.rest.Client` of *options* that asks *url*; raise `ModuleNotFoundError` if there is no SDK."""
    try:
        from twilio.rest import Client
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(INSTALL, name=error.name) from error
    client = Client(**options)
    client.http_client = PointedHttpClient(client.http_client, url)
    return client


def close(client: Any) -> None:
    """Close the connections that a client of the SDK keeps, if it keeps any."""
    session = getattr(client.http_client, "session", None)
    if session is not None and not getattr(client.http_client, "is_async", False):
        session.close()


def _with_login(rest: dict[str, Any], login: Login) -> dict[str, Any]:
    headers = {name: value for name, value in (rest.get("headers") or {}).items() if name != "Authorization"}
    return {**rest, "headers": headers, "auth": (login.account_sid, login.auth_token)}
