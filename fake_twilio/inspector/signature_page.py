"""The signature workbench: a request as an app saw it, and what would make its signature right.

It is a form that is sent by GET, so that it works without script and what it says can be kept as a link. A request line
of this fake takes 64 KiB; whatever stands in one is answered by a page.
"""

from typing import Any

from flask import Response, request

from fake_twilio.delivery.webhook import Delivery
from fake_twilio.domain.twilio.form import first
from fake_twilio.domain.webhooks.workbench.signatory import Signatory
from fake_twilio.domain.webhooks.workbench.signature_readings import signature_readings
from fake_twilio.domain.webhooks.workbench.verdict import Request, judge
from fake_twilio.domain.webhooks.workbench.visible import pieces
from fake_twilio.inspector.page import Pages
from fake_twilio.inspector.recognised import recognise
from fake_twilio.inspector.routes import Route
from fake_twilio.inspector.shortened import shortened
from fake_twilio.inspector.signatories import signatories_of
from fake_twilio.inspector.subject import Subject
from fake_twilio.inspector.workbench_link import MOST_CHARACTERS, PATH, workbench_link

METHODS = ("POST", "GET")
MOST_RECENT = 5  # webhooks that are offered where nothing was asked yet
MOST_LOOKED_AT = 50
MOST_SHOWN = 200  # parameters


class SignaturePage:
    """The view."""

    def __init__(self, subject: Subject, pages: Pages) -> None:
        self._subject = subject
        self._pages = pages

    def routes(self) -> tuple[Route, ...]:
        return (Route(PATH, self.show),)

    def show(self) -> Response:
        """Answer the workbench, with a verdict if there is a URL to judge."""
        asked = _asked()
        shown: dict[str, Any] = {
            "asked": asked,
            "methods": METHODS,
            "most_characters": MOST_CHARACTERS,
            "pieces": pieces,
        }
        if not asked.url.strip():
            return self._pages.show("signature.html", recent=self._recent(), verdict=None, **shown)
        read = asked.read()
        readings = signature_readings(asked.signature)
        return self._pages.show(
            "signature.html",
            verdict=judge(asked, self._signatories(first(read.form, "AccountSid") or "")),
            recognised=recognise(self._subject.callbacks, readings, asked.url, read.form),
            read=read,
            parameters=shortened(sorted(set(read.form)), most=MOST_SHOWN),
            **shown,
        )

    def _recent(self) -> list[tuple[Delivery, str | None]]:
        """Return the newest webhooks, each once, with the way to them."""
        newest = {delivery.signature: delivery for delivery in self._subject.callbacks[-MOST_LOOKED_AT:]}
        return [(delivery, workbench_link(delivery)) for delivery in list(newest.values())[: -MOST_RECENT - 1 : -1]]

    def _signatories(self, account_sid: str) -> list[Signatory]:
        """Return who may have signed for an account; for one that is not here, the main one does."""
        directory = self._subject.directory
        right = directory.find(account_sid) or directory.get(self._subject.account_sid)
        return signatories_of(right, directory.all(), directory.all_keys())


def _asked() -> Request:
    """Return the request that the fields describe; without script, and with any text in them."""
    fields = request.args
    method = fields.get("method", "")
    return Request(
        method=method if method in METHODS else METHODS[0],
        url=fields.get("url", ""),
        parameters=fields.get("parameters", ""),
        signature=fields.get("signature", ""),
        headers=fields.get("headers", ""),
    )
