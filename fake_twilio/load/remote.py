"""The fake that a load goes to, over its own API; and the sink of its webhooks."""

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from fake_twilio.load.errors import LoadError, RequestFailed
from fake_twilio.load.kept import Kept, Told

TOKEN_VARIABLE = "FAKE_TWILIO_ADMIN_TOKEN"  # noqa: S105 - where it stands, not what it is  # nosec B105
_UNAUTHORIZED = 401
_FIRST_REFUSAL = 300
_START = "start one by fake-twilio serve"
_PATIENCE_SECONDS = 20.0  # counting a million messages takes a while


def admin_headers(environ: Mapping[str, str]) -> dict[str, str]:
    """Return what the fake's own API asks of who changes something: its sign, and its token if *environ* has one."""
    token = environ.get(TOKEN_VARIABLE)
    return {"X-Fake-Twilio": "1", **({"Authorization": f"Bearer {token}"} if token else {})}


class Remote:
    """A fake at *url*, asked with its admin token if *environ* has one; each method raises `LoadError`, in one line."""

    def __init__(self, url: str, environ: Mapping[str, str]) -> None:
        self._url = url
        self._headers = admin_headers(environ)

    def health(self) -> Mapping[str, Any]:
        """Return what it says of itself: its account, scenario, messages by status, webhooks."""
        told = self._ask("/_fake/health")
        if "account_sid" not in told:
            raise LoadError(f"what answers at {self._url} is no fake Twilio: {_START}")
        return told

    def lets_in(self, account_sid: str, authorization: str) -> bool:
        """Whether an account is let in with these words of ``Authorization``; other trouble is the load's to find."""
        path = f"/2010-04-01/Accounts/{account_sid}/Messages.json?PageSize=1"
        try:
            return _ask_once(self._url, path, {"Authorization": authorization}).status != _UNAUTHORIZED
        except RequestFailed:
            return True

    def play(self, scenario: str) -> None:
        """Let a scenario decide from now on: the name of one that comes along, or the path of a file."""
        body = {"yaml": _text_of(scenario)} if _is_path(scenario) else {"name": scenario}
        try:
            self._ask("/_fake/scenario", body)
        except LoadError as error:
            raise LoadError(f"--scenario {scenario}: {error}") from None

    def _ask(self, path: str, body: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
        try:
            answer = _ask_once(self._url, path, self._headers, body)
        except RequestFailed as failed:
            raise LoadError(f"no fake answers at {self._url} ({_why(failed)}): {_START}") from None
        if answer.status >= _FIRST_REFUSAL:
            raise LoadError(self._refusal(answer))
        return answer.tree

    def _refusal(self, answer: Told) -> str:
        if answer.status == _UNAUTHORIZED:
            return f"{self._url} wants its admin token, or another one: set {TOKEN_VARIABLE} to what it printed"
        problems = answer.tree.get("problems")
        if isinstance(problems, list):
            return "; ".join(map(str, problems))
        return f"what answers at {self._url} is no fake Twilio (HTTP {answer.status}): {_START}"


def sink_counts(url: str) -> Mapping[str, Any]:
    """Return what the sink at *url* has counted; raises `LoadError` if there is none."""
    try:
        answer = _ask_once(url, "/counts", {})
    except RequestFailed as failed:
        raise _no_sink(url, _why(failed)) from None
    if answer.status >= _FIRST_REFUSAL:
        raise _no_sink(url, f"HTTP {answer.status}")
    return answer.tree


def _no_sink(url: str, why: str) -> LoadError:
    return LoadError(f"no sink answers at {url} ({why}): start one by python -m fake_twilio.load.sink")


def _ask_once(url: str, path: str, headers: Mapping[str, str], body: Mapping[str, Any] | None = None) -> Told:
    with closing(Kept(url, headers, _PATIENCE_SECONDS)) as server:
        return server.get(path) if body is None else server.post(path, body)


def _why(failed: RequestFailed) -> str:
    cause = failed.__cause__
    return str(cause) if isinstance(cause, OSError) else f"{type(cause).__name__}: not HTTP"


def _is_path(scenario: str) -> bool:
    return scenario.endswith((".yaml", ".yml")) or "/" in scenario or "\\" in scenario


def _text_of(path: str) -> str:
    try:
        return Path(path).read_text("utf-8")
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else "it is no UTF-8 text"
        raise LoadError(f"--scenario {path} cannot be read: {why}") from None
