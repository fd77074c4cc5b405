"""A request becomes what Twilio said, or is refused.

Each step is one thing that may stop a request: how much it is, of what kind, signed at all, signed rightly, named as
Twilio names. What is answered is a status and nothing else, since who forges learns from reasons; the reason is for the
log.

A form is signed behind its address, without anything between names and values. So a name may swallow a part of a value
and be signed alike, and an address the whole form: then what was posted looks like a GET of what stands in a text.
That is why names are checked after the signature, and why nothing but what is signed should decide later: which webhook
this is, and whether it was there before. A signature has no time in it: it cannot tell a replay.
"""

import re
from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, TypeVar

from twilio_sms.credentials.basic import supplied
from twilio_sms.errors import CredentialsError, ValidationError
from twilio_sms.redaction import mask_numbers
from twilio_sms.webhooks.address import Addresses
from twilio_sms.webhooks.keys import SETTINGS_HEADER, SIGNATURE_HEADER
from twilio_sms.webhooks.parameters import Parameters
from twilio_sms.webhooks.request import MAX_BODY_BYTES, WebhookRequest
from twilio_sms.webhooks.signature import RequestValidator

if TYPE_CHECKING:
    from twilio_sms.webhooks.explain import Explanation

FORM = "application/x-www-form-urlencoded"
METHODS = ("GET", "POST")
MAX_URL_CHARACTERS = 16 * 1024
_SWALLOWED = re.compile(r"AccountSidAC[0-9a-f]{32}", re.ASCII)  # of a form, which always has it; a query has a "="
FORBIDDEN = 403
UNSUPPORTED = 415
_NOT_RIGHT = "the signature is not right; Verifier.explain or twilio-sms explain-signature says what would make it so"

T = TypeVar("T")


class Refused(Exception):  # noqa: N818 - it is an answer to Twilio, no error of ours
    """A request is not from Twilio, or not what this route takes: *status* for the answer, *reason* for the log."""

    def __init__(self, status: int, reason: str) -> None:
        self.status = status
        self.reason = mask_numbers(reason)
        super().__init__(status, self.reason)


class Verifier:
    """Judges requests; many threads may share it.

    *validator* is a `RequestValidator`, or a function that returns the one to use now: for tokens that are rotated.
    Where it cannot be had, `CredentialsError` is raised, whatever the function raised.
    *public_url* and *trusted_proxies* are those of `Addresses`. *methods* are taken, others refused: Twilio posts
    unless it is told otherwise, and a GET is signed in its address alone.
    """

    def __init__(
        self,
        validator: RequestValidator | Callable[[], RequestValidator],
        *,
        public_url: str | None = None,
        trusted_proxies: Iterable[str] = (),
        methods: Collection[str] = METHODS,
    ) -> None:
        if not isinstance(validator, RequestValidator) and not callable(validator):
            raise ValidationError("validator must be a RequestValidator, or a function that returns one")
        if not methods or isinstance(methods, str) or not set(methods) <= set(METHODS):
            raise ValidationError("methods must be some of GET and POST")
        self._validator = validator
        self._addresses = Addresses(public_url, trusted_proxies)
        self._methods = frozenset(methods)

    def verify(self, request: WebhookRequest) -> Parameters:
        """Return the signed parameters of a form, or of the query of a GET; raise `Refused` if anything is wrong."""
        self._check_size(request)
        self._check_method(request)
        parameters = _parameters(request)
        signature = _header(request, SIGNATURE_HEADER)
        self._check_signature(request, parameters.pairs if request.method == "POST" else (), signature)
        if request.method == "POST":  # in a query something stands between names and values: no name can swallow one
            _read(parameters.check_names)
        return parameters

    def verify_body(self, request: WebhookRequest) -> bytes:
        """Return the body of another webhook than a form, such as JSON; raise `Refused` if anything is wrong.

        Its hash must stand in the query, once, as ``bodySHA256``; the body is not read as anything.
        """
        self._check_size(request)
        if request.method != "POST":
            raise Refused(FORBIDDEN, "a raw body is posted")
        if _content_type(request) in ("", FORM):
            raise Refused(UNSUPPORTED, "a raw body has a content type that is none of a form")
        self._check_signature(request, request.body, _header(request, SIGNATURE_HEADER))
        return request.body

    def explain(self, request: WebhookRequest) -> "Explanation":
        """Say why *request* is refused, and for which change it would be taken; it shows no secret, body or number."""
        from twilio_sms.webhooks.explain_request import explain_request  # only who is in trouble needs it

        return explain_request(request, self._validator_now(), self._addresses)

    def _check_size(self, request: WebhookRequest) -> None:
        if len(request.body) > MAX_BODY_BYTES:
            raise Refused(FORBIDDEN, f"a body has at most {MAX_BODY_BYTES} bytes, has more")
        if len(request.url) > MAX_URL_CHARACTERS:
            raise Refused(FORBIDDEN, f"an address has at most {MAX_URL_CHARACTERS} characters, has {len(request.url)}")
        if _SWALLOWED.search(request.url):
            raise Refused(FORBIDDEN, "its address holds a form that was posted: it was cut anew")

    def _check_method(self, request: WebhookRequest) -> None:
        if request.method not in self._methods:
            raise Refused(FORBIDDEN, f"the method must be one of {', '.join(sorted(self._methods))}")

    def _check_signature(
        self, request: WebhookRequest, signed: bytes | tuple[tuple[str, str], ...], signature: str
    ) -> None:
        settings = (
            _header(request, SETTINGS_HEADER) if any(name == SETTINGS_HEADER for name, _ in request.headers) else None
        )
        address = _read(lambda: self._addresses.find(request))
        if not self._validator_now().validate(address, signed, signature, settings=settings):
            raise Refused(FORBIDDEN, _NOT_RIGHT)

    def _validator_now(self) -> RequestValidator:
        if isinstance(self._validator, RequestValidator):
            return self._validator
        found: object = supplied(self._validator, "the function that supplies the validator")
        if not isinstance(found, RequestValidator):
            raise CredentialsError(f"the function must give a RequestValidator, gave {type(found).__name__}")
        return found

    def __repr__(self) -> str:
        return f"Verifier({self._addresses!r})"


def _parameters(request: WebhookRequest) -> Parameters:
    if request.method == "GET":
        if request.body:
            raise Refused(FORBIDDEN, "the body of a GET is not signed")
        return _read(lambda: Parameters.parse(request.url.partition("?")[2].encode()))
    if _content_type(request) != FORM:
        raise Refused(UNSUPPORTED, f"the content type must be {FORM}")
    return _read(lambda: Parameters.parse(request.body))


def _content_type(request: WebhookRequest) -> str:
    """Return the content type without what follows it, empty if there is none, two, or one in another encoding."""
    kind, _, rest = (request.header("content-type") or "").partition(";")
    name, _, value = rest.partition("=")
    if name.strip().lower() == "charset" and value.strip().strip('"').lower() not in ("utf-8", "utf8"):
        return ""
    return kind.strip().lower()


def _header(request: WebhookRequest, name: str) -> str:
    value = request.header(name)
    if value is None:
        count = sum(key == name for key, _ in request.headers)
        raise Refused(FORBIDDEN, f"{name} must be there once, is there {count} times")
    return value


def _read(read: Callable[[], T]) -> T:
    try:
        return read()
    except (ValidationError, UnicodeError) as error:
        raise Refused(FORBIDDEN, error.message if isinstance(error, ValidationError) else "no UTF-8") from None
