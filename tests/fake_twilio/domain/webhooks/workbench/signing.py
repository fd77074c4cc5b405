"""Requests that the official SDK has signed, and what the workbench says of them."""

from collections.abc import Sequence
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from fake_twilio.domain.twilio.form import Form
from fake_twilio.domain.webhooks.signer import AuthToken, SigningKey
from fake_twilio.domain.webhooks.workbench.signatory import Signatory
from fake_twilio.domain.webhooks.workbench.verdict import Request, Verdict, judge

TOKEN, OTHER_TOKEN = "0b" * 16, "0c" * 16
KEY = SigningKey("key_1", "s3cret")
SIGNATORIES = (
    Signatory("the right token", AuthToken(TOKEN)),
    Signatory("another token", AuthToken(OTHER_TOKEN), "it is of another account"),
    Signatory("a shared key", KEY, "it is not the newest"),
)
URL = "https://app.example.com:8443/sms/in?shop=7&say=a+b%2Fc"
FORM: Form = (
    ("MessageSid", "SM" + "0a" * 16),
    ("From", "+15551234567"),
    ("To", "+15005550006"),
    ("Body", "Grüße an alle"),
    ("FromCity", ""),
    ("FromCountry", "DE"),
    ("ApiVersion", "2010-04-01"),
)


def signed(url: str = URL, form: Form = FORM, token: str = TOKEN, algorithm: str | None = None) -> str:
    """Return the signature that the official SDK makes."""
    return str(RequestValidator(token).compute_signature(url, MultiDict(form), algorithm))


def judged(
    url: str = URL,
    form: Form | str = FORM,
    signature: str | None = None,
    *,
    method: str = "POST",
    headers: str = "",
    signatories: Sequence[Signatory] = SIGNATORIES,
) -> Verdict:
    """Return what the workbench says of a request that was signed as `URL` and `FORM`, if nothing else is said."""
    parameters = form if isinstance(form, str) else urlencode(form)
    return judge(Request(method, url, parameters, signature or signed(), headers), signatories)


def said(verdict: Verdict) -> list[str]:
    """Return what would have to be different."""
    return [difference.what for difference in verdict.differences]


def changed(name: str, value: str) -> Form:
    """Return `FORM` with another value of one parameter."""
    return tuple((key, value if key == name else held) for key, held in FORM)


def without(name: str) -> Form:
    """Return `FORM` without one parameter."""
    return tuple(pair for pair in FORM if pair[0] != name)
