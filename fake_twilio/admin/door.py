"""The door of the admin API: who may change something, what was sent, and how it is answered.

A page in a browser cannot come in: a change needs a type and a header that no form can send, and the guard before this
door refuses foreign hosts and origins. Where the fake listens beyond this machine, a token is needed, too.
"""

import hmac
import json
from typing import Any, TypeVar

from flask import Response, request
from pydantic import ValidationError

from fake_twilio.admin.bodies import Body

HEADER = "X-Fake-Twilio"
COOKIE = "fake_twilio_token"  # set by the inspector's door; no page of another site can bring it (SameSite)
T = TypeVar("T", bound=Body)


class Problem(Exception):  # noqa: N818 - it is an answer, not an accident
    """The admin API says no: a status, and what is wrong, one line each."""

    def __init__(self, status: int, *problems: str) -> None:
        super().__init__(status, *problems)
        self.status = status
        self.problems = problems


class Door:
    """Lets readers in, and those who change something if they come on purpose; *token* is asked of both, if set.

    Raises `ValueError` for an empty token: who brings none would bring it.
    """

    def __init__(self, token: str | None) -> None:
        if token is not None and not token.strip():
            raise ValueError("the admin token must not be empty: nobody would have to bring it")
        self._token = token

    def check(self) -> None:
        """Raise a `Problem` for a request that may not come in; to be called before each."""
        if self._token is not None and not self._is_brought(self._token):
            raise Problem(401, "wanted the admin token that was printed at the start, as Authorization: Bearer …")
        if request.method == "GET":
            return
        if request.mimetype != "application/json":
            raise Problem(415, "wanted Content-Type: application/json")
        if request.headers.get(HEADER) != "1":
            raise Problem(403, f"wanted the header {HEADER}: 1")

    def _is_brought(self, token: str) -> bool:
        """Whether *token* came along: in the header of a program, or in the cookie of a page that was let in."""
        given = (request.headers.get("Authorization", "").removeprefix("Bearer "), request.cookies.get(COOKIE, ""))
        return sum(hmac.compare_digest(each.encode(), token.encode()) for each in given) > 0


def read_body(kind: type[T]) -> T:
    """Return the JSON that was sent as a *kind* of body; raise a `Problem` that names each wrong key."""
    try:
        return kind.model_validate_json(request.get_data() or b"{}")
    except ValidationError as error:
        told = [f"{'.'.join(map(str, entry['loc'])) or 'body'}: {entry['msg']}" for entry in error.errors()]
        raise Problem(400, *told) from None


def answer(tree: Any, status: int = 200) -> Response:
    """Return *tree* as JSON."""
    return Response(json.dumps(tree, ensure_ascii=False), status=status, content_type="application/json")


def refuse(problem: Problem) -> Response:
    """Return what is wrong."""
    response = answer({"problems": list(problem.problems)}, problem.status)
    if problem.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response
