"""The fake that a load goes to, over its own API; and the sink of its webhooks."""

import json
from base64 import b64encode
from collections.abc import Mapping
from http.client import HTTPException
from pathlib import Path
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from fake_twilio.load.errors import LoadError

TOKEN_VARIABLE = "FAKE_TWILIO_ADMIN_TOKEN"  # noqa: S105 - where it stands, not what it is  # nosec B105
_UNAUTHORIZED = 401
_FIRST_REFUSAL = 300
_START = "start one by fake-twilio serve"
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

    def health(self) -> Mapping[str, Any]:
        """Return what it says of itself: its account, scenario, messages by status, webhooks."""
        told = self._ask("/_fake/health")
        if "account_sid" not in told:
            raise LoadError(f"what answers at {self._url} is no fake Twilio: {_START}")
        return told

    def lets_in(self, account_sid: str, user: str, word: str) -> bool:
        """Whether an account is let in with its token, or a key and its secret; other trouble is the load's to find."""
        login = b64encode(f"{user}:{word}".encode()).decode()
        url = f"{self._url}/2010-04-01/Accounts/{account_sid}/Messages.json?PageSize=1"
        try:
            return _exchange(url, {"Authorization": f"Basic {login}"}).status != _UNAUTHORIZED
        except OSError:
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
            answer = _exchange(f"{self._url}{path}", headers, body)
        except OSError as error:
            raise LoadError(f"no fake answers at {self._url} ({_told(error)}): {_START}") from None
        if answer.status >= _FIRST_REFUSAL:
            raise LoadError(self._refusal(answer))
        return answer.tree

    def _refusal(self, answer: "_Answer") -> str:
        if answer.status == _UNAUTHORIZED:
            return f"{self._url} wants its admin token, or another one: set {TOKEN_VARIABLE} to what it printed"
        problems = answer.tree.get("problems")
        if isinstance(problems, list):
            return "; ".join(map(str, problems))
        return f"what answers at {self._url} is no fake Twilio (HTTP {answer.status}): {_START}"


def sink_counts(url: str) -> Mapping[str, Any]:
    """Return what the sink at *url* has counted; raises `LoadError` if there is none."""
    try:
        answer = _exchange(f"{url.rstrip('/')}/counts", {})
        why = f"HTTP {answer.status}"
    except OSError as error:
        answer, why = None, _told(error)
    if answer is None or answer.status >= _FIRST_REFUSAL:
        raise LoadError(f"no sink answers at {url} ({why}): start one by python -m fake_twilio.load.sink")
    return answer.tree


class _Answer(NamedTuple):
    status: int
    tree: Mapping[str, Any]  # empty if what came is no JSON object


def _exchange(url: str, headers: Mapping[str, str], body: Mapping[str, Any] | None = None) -> _Answer:
    """Ask once: no proxy stands between, since loads go to this machine. Raises `OSError` if nobody answers."""
    data = None if body is None else json.dumps(body).encode()
    request = Request(url, data, dict(headers))  # noqa: S310 - hosts are checked before: http or https
    try:
        with build_opener(ProxyHandler({}), _StayHere()).open(request, timeout=_PATIENCE_SECONDS) as answer:
            return _Answer(answer.status, _tree_of(answer.read()))
    except HTTPError as refused:
        with refused:
            return _Answer(refused.code, _tree_of(refused.read()))
    except HTTPException as error:
        raise OSError(f"{type(error).__name__}: not HTTP") from None


def _tree_of(body: bytes) -> Mapping[str, Any]:
    try:
        tree = json.loads(body)
    except ValueError:
        return {}
    return tree if isinstance(tree, dict) else {}


def _told(error: OSError) -> str:
    return str(getattr(error, "reason", error))


def _is_path(scenario: str) -> bool:
    return scenario.endswith((".yaml", ".yml")) or "/" in scenario or "\\" in scenario


def _text_of(path: str) -> str:
    try:
        return Path(path).read_text("utf-8")
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else "it is no UTF-8 text"
        raise LoadError(f"--scenario {path} cannot be read: {why}") from None
