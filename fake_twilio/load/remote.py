"""The fake that a load goes to, over its own API; and the sink of its webhooks."""

import json
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

from fake_twilio.load.errors import LoadError

TOKEN_VARIABLE = "FAKE_TWILIO_ADMIN_TOKEN"  # noqa: S105 - where it stands, not what it is
_UNAUTHORIZED = 401
_PATIENCE_SECONDS = 20.0  # counting a million messages takes a while


class _StayHere(HTTPRedirectHandler):
    """Follows nothing: the token goes to the host that was given, and nowhere else."""

    def redirect_request(self, *_: Any) -> None:
        return None


class Remote:
    """A fake at *url*, asked with its admin token if it has one; each method raises `LoadError`, in one line."""

    def __init__(self, url: str, token: str | None = None) -> None:
        self._url = url
        self._token = token
        self._opener = _direct()

    def health(self) -> Mapping[str, Any]:
        """Return what it says of itself: its account, scenario, messages by status, webhooks."""
        told = self._ask("/_fake/health")
        if "account_sid" not in told:
            raise LoadError(f"what answers at {self._url} is no fake Twilio: {_START}")
        return told

    def lets_in(self, account_sid: str, user: str, word: str) -> bool:
        """Whether an account is let in with its token, or a key and its secret; other trouble is the load's to find."""
        login = b64encode(f"{user}:{word}".encode()).decode()
        path = f"{self._url}/2010-04-01/Accounts/{account_sid}/Messages.json?PageSize=1"
        try:
            _answer(self._opener, path, {"Authorization": f"Basic {login}"}, None)
        except HTTPError as refused:
            return refused.code != _UNAUTHORIZED
        except (OSError, ValueError):
            return True
        return True

    def play(self, scenario: str) -> None:
        """Let a scenario decide from now on: the name of one that comes along, or the path of a file."""
        body = {"yaml": _text_of(scenario)} if _is_path(scenario) else {"name": scenario}
        try:
            self._ask("/_fake/scenario", body)
        except LoadError as error:
            raise LoadError(f"--scenario {scenario}: {error}") from None

    def _ask(self, path: str, body: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
        headers = {"Content-Type": "application/json", "X-Fake-Twilio": "1"}
        if self._token is not None:
            headers["Authorization"] = f"Bearer {self._token}"
        try:
            return _answer(self._opener, f"{self._url}{path}", headers, body)
        except HTTPError as refused:
            raise LoadError(self._refusal(refused)) from None
        except (OSError, ValueError) as error:
            raise LoadError(f"no fake answers at {self._url} ({getattr(error, 'reason', error)}): {_START}") from None

    def _refusal(self, refused: HTTPError) -> str:
        if refused.code == _UNAUTHORIZED:
            return f"{self._url} wants its admin token, or another one: set {TOKEN_VARIABLE} to what it printed"
        try:
            return "; ".join(str(problem) for problem in json.load(refused)["problems"])
        except (OSError, ValueError, KeyError, TypeError):
            return f"what answers at {self._url} is no fake Twilio (HTTP {refused.code}): {_START}"


def sink_counts(url: str) -> Mapping[str, Any]:
    """Return what the sink at *url* has counted; raises `LoadError` if there is none."""
    try:
        return _answer(_direct(), f"{url.rstrip('/')}/counts", {}, None)
    except (OSError, ValueError) as error:
        why = getattr(error, "reason", error)
        raise LoadError(f"no sink answers at {url} ({why}): start one by python -m fake_twilio.load.sink") from None


_START = "start one by fake-twilio serve"


def _direct() -> OpenerDirector:
    return build_opener(ProxyHandler({}), _StayHere())  # loads go to this machine: no proxy stands between


def _answer(
    opener: OpenerDirector, url: str, headers: Mapping[str, str], body: Mapping[str, Any] | None
) -> Mapping[str, Any]:
    if not url.startswith(("http://", "https://")):
        raise ValueError("an address begins with http:// or https://")
    data = None if body is None else json.dumps(body).encode()
    request = Request(url, data, dict(headers))  # noqa: S310 - the scheme was just checked
    with opener.open(request, timeout=_PATIENCE_SECONDS) as answer:
        tree = json.load(answer)
    if not isinstance(tree, dict):
        raise ValueError("its answer is no object")  # noqa: TRY004 - it is a wrong value that came
    return tree


def _is_path(scenario: str) -> bool:
    return scenario.endswith((".yaml", ".yml")) or "/" in scenario or "\\" in scenario


def _text_of(path: str) -> str:
    try:
        return Path(path).read_text("utf-8")
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else "it is no UTF-8 text"
        raise LoadError(f"--scenario {path} cannot be read: {why}") from None
