"""Who may look: everybody on this machine; beyond it, who has the token that was printed at the start."""

import hmac

from flask import Response, redirect, request

from fake_twilio.admin.door import COOKIE
from fake_twilio.inspector.page import SECURITY


class PageDoor:
    """Lets a browser in that brings the *token* once in the address, ``?token=``, and from then on as a cookie."""

    def __init__(self, token: str | None) -> None:
        self._token = token

    def check(self) -> Response | None:
        """Return what is answered in place of a page, or nothing for who may look; to be called before each."""
        if self._token is None or self._is_right(request.cookies.get(COOKIE, "")):
            return None
        if not self._is_right(request.args.get("token", "")):
            text = "This fake listens beyond its machine: open it with ?token= and the token printed at the start."
            return Response(text, 401, headers=SECURITY, content_type="text/plain; charset=utf-8")
        answer = redirect(request.path)
        answer.headers.extend(SECURITY)
        answer.set_cookie(COOKIE, self._token, httponly=True, samesite="Strict")
        return Response(answer.get_data(), answer.status_code, headers=answer.headers)

    def _is_right(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), (self._token or "").encode())
