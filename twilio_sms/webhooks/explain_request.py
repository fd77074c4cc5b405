"""Why a whole request is refused: its headers and its place behind a proxy too.

Here what a proxy says is read from anybody, since nothing is decided by it: it only tells what to look at.
"""

from collections.abc import Iterator
from dataclasses import replace

from twilio_sms.errors import ValidationError
from twilio_sms.webhooks.address import Addresses, Forwarded, read_forwarded
from twilio_sms.webhooks.explain import Explanation
from twilio_sms.webhooks.keys import SETTINGS_HEADER, SIGNATURE_HEADER
from twilio_sms.webhooks.parameters import Parameters
from twilio_sms.webhooks.request import WebhookRequest
from twilio_sms.webhooks.signature import RequestValidator

FORM = "application/x-www-form-urlencoded"


def explain_request(request: WebhookRequest, validator: RequestValidator, addresses: Addresses) -> Explanation:
    """Say for which changes the signature of *request* would be right, as *validator* and *addresses* see it."""
    hosts, prefixes = _said(request)
    found = validator.explain(
        _address(request, addresses),
        _signed(request),
        request.header(SIGNATURE_HEADER),
        settings=request.header(SETTINGS_HEADER),
        method=request.method,
        hosts=hosts,
        prefixes=prefixes,
    )
    return replace(found, notes=(*found.notes, *_notes(request, addresses)))


def _address(request: WebhookRequest, addresses: Addresses) -> str:
    try:
        return addresses.find(request)
    except ValidationError:
        return request.url


def _signed(request: WebhookRequest) -> tuple[tuple[str, str], ...] | bytes:
    if request.method == "GET":
        return ()
    if not (request.header("content-type") or "").lower().startswith(FORM):
        return request.body
    try:
        return Parameters.parse(request.body).pairs
    except ValidationError:
        return request.body


def _said(request: WebhookRequest) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the hosts and prefixes that the headers name."""
    try:
        said = read_forwarded(request)
    except ValidationError:
        said = Forwarded()
    named = said.host + (f":{said.port}" if said.host and said.port else "")
    hosts = (said.host, named, request.header("host") or "")
    return tuple(host for host in dict.fromkeys(hosts) if host), (said.prefix,) if said.prefix else ()


def _notes(request: WebhookRequest, addresses: Addresses) -> Iterator[str]:
    try:
        addresses.find(request)
    except ValidationError as error:
        yield error.message
    if request.method == "POST" and request.header("content-type") is None:
        yield f"a POST must have one content type, {FORM}"
    if isinstance(_signed(request), bytes) and (request.header("content-type") or "").lower().startswith(FORM):
        yield "the form cannot be read: it has a % that begins no character, no UTF-8, or too many parameters"
