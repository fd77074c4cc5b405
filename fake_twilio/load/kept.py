"""One kept connection to a server of the load's own: a fake's API, a sink.

No proxy stands between, and no redirect is followed: a token goes to the host that was given, and nowhere else. Many
small questions go there, and are no part of what is measured; a connection for each would be most of their cost. One
user has one: it is not for several at once.
"""

import json
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from fake_twilio.domain.twilio.form import Form
from fake_twilio.load.errors import RequestFailed

PATIENCE_SECONDS = 90.0  # longer than a sink may be asked to wait


class Told(NamedTuple):
    """An answer: its status, and what its JSON holds if it is an object."""

    status: int
    tree: Mapping[str, Any]


class Kept:
    """A connection to *url*, opened when it is needed, and again after a failure; *headers* go with each question."""

    def __init__(
        self, url: str, headers: Mapping[str, str] | None = None, patience_seconds: float = PATIENCE_SECONDS
    ) -> None:
        parts = urlsplit(url)
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        self._connection = kind(parts.hostname or "", parts.port, timeout=patience_seconds)
        self._base = parts.path.rstrip("/")
        self._headers = dict(headers or {})

    def get(self, path: str) -> Told:
        """Ask; raise `RequestFailed` if no answer comes, whose cause says why."""
        return self._ask("GET", path, None, {})

    def post(self, path: str, body: Mapping[str, Any]) -> Told:
        """Change something, once: it is not repeated if the answer gets lost; `RequestFailed` says so."""
        return self._ask("POST", path, json.dumps(body).encode(), {"Content-Type": "application/json"})

    def post_form(self, path: str, form: Form) -> Told:
        """Change something as Twilio's API has it done, once."""
        content = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode(form).encode("ascii"), content)

    def close(self) -> None:
        self._connection.close()

    def _ask(self, method: str, path: str, body: bytes | None, content: Mapping[str, str]) -> Told:
        try:
            self._connection.request(method, self._base + path, body, {**self._headers, **content})
            response = self._connection.getresponse()
            return Told(response.status, _tree(response.read()))
        except (OSError, HTTPException) as error:
            self._connection.close()
            raise RequestFailed(f"no answer ({type(error).__name__})") from error
        except BaseException:  # the user ends in the middle: what is still to come belongs to nobody
            self._connection.close()
            raise


def _tree(body: bytes) -> Mapping[str, Any]:
    try:
        tree = json.loads(body)
    except ValueError:
        return {}
    return tree if isinstance(tree, dict) else {}
