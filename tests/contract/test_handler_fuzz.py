"""Whatever becomes of a signed webhook on its way, nothing is raised, and nothing is told that nobody signed.

``FUZZ_SIGNATURES`` says how many are made, a thousand if nothing is said. What is signed is judged by the official SDK.
"""

import os
from urllib.parse import parse_qsl, urlencode

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator as OfficialValidator
from werkzeug.datastructures import MultiDict

from tests.doubles import AUTH_TOKEN
from tests.webhooks import INBOUND_URL, STATUS_URL, handler, inbound_form, posted, status_form
from twilio_sms.webhooks.request import WebhookRequest

MANY = settings(max_examples=int(os.environ.get("FUZZ_SIGNATURES", "1000")), deadline=None)
OFFICIAL = OfficialValidator(AUTH_TOKEN)

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NAMES = st.sampled_from([name for name, _ in (*inbound_form(), *status_form())]) | TEXTS
PAIRS = st.tuples(NAMES, TEXTS)
HEADERS = st.tuples(
    st.sampled_from(["content-type", "x-twilio-signature", "x-twilio-webhooks-signature-settings", "forwarded"]),
    st.text(max_size=30) | st.sampled_from(["application/json", "multipart/form-data; boundary=x", "key=a"]),
)
FORMS = st.sampled_from([inbound_form(), inbound_form("STOP"), status_form(), status_form("failed", ErrorCode="30003")])


@st.composite
def signed(draw):
    """Return a webhook that Twilio might have signed: one of its own, with parameters more, fewer, other and twice."""
    form = list(draw(FORMS))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(form) - 1))
        pair = draw(PAIRS)
        form[at : at + 1] = draw(st.sampled_from([[], [pair], [form[at], pair], [form[at], form[at]]]))
        assume(form)
    return posted(form, draw(st.sampled_from([INBOUND_URL, STATUS_URL, f"{INBOUND_URL}?x=1"])))


def flip(body: bytes, at: int, bit: int) -> bytes:
    return body[:at] + bytes([body[at] ^ 1 << bit]) + body[at + 1 :]


def signed_by_another(request: WebhookRequest) -> WebhookRequest:
    return posted(parse_qsl(request.body.decode(), keep_blank_values=True), request.url, token="0f" * 16)


# What may happen to a webhook on its way.
CHANGES = {
    "a bit": lambda draw, one, at: one._replace(body=flip(one.body, at, draw(st.integers(0, 7)))),
    "cut short": lambda _draw, one, at: one._replace(body=one.body[:at]),
    "one more": lambda draw, one, _: one._replace(body=one.body + b"&" + urlencode([draw(PAIRS)]).encode()),
    "a header": lambda draw, one, _: one._replace(headers=(*one.headers, draw(HEADERS))),
    "no header": lambda draw, one, _: one._replace(headers=one.headers[draw(st.integers(1, 2)) :]),
    "its address": lambda draw, one, _: one._replace(url=one.url + draw(st.text(max_size=5))),
    "its method": lambda draw, one, _: one._replace(method=draw(st.sampled_from(["GET", "PUT", "HEAD", "", "post"]))),
    "its signature": lambda _draw, one, _: signed_by_another(one),
    "its body": lambda draw, one, _: one._replace(body=draw(st.binary(max_size=200))),
}


@st.composite
def changed(draw):
    """Return a webhook that was changed on its way."""
    request = draw(signed())
    at = draw(st.integers(0, len(request.body) - 1))
    return CHANGES[draw(st.sampled_from(sorted(CHANGES)))](draw, request, at)


def is_signed(request: WebhookRequest) -> bool:
    """Whether the official SDK accepts it, read by the standard library."""
    signature = request.header("x-twilio-signature")
    try:
        pairs = parse_qsl(request.body.decode(), keep_blank_values=True, errors="strict")
        return bool(signature) and OFFICIAL.validate(request.url, MultiDict(pairs), signature)
    except (ValueError, TypeError):
        return False


def hand_over(request, *, is_inbound):
    """Return the status of the answer, and what the handlers were told."""
    told, hooks = [], handler()
    hooks.on()(told.append)
    hooks.on_status()(told.append)
    response = (hooks.handle_inbound if is_inbound else hooks.handle_status_callback)(request)
    assert response.status in (200, 403, 415)
    assert response.status == 200 or (response.body, told) == ("", [])
    return told


@MANY
@given(request=signed(), is_inbound=st.booleans())
def test_what_is_signed_is_told_once_or_refused(request, is_inbound):
    assert is_signed(request)

    assert len(hand_over(request, is_inbound=is_inbound)) <= 1


@MANY
@given(request=changed(), is_inbound=st.booleans())
def test_what_was_changed_is_told_only_if_it_is_signed_all_the_same(request, is_inbound):
    told = hand_over(request, is_inbound=is_inbound)

    assert not told or is_signed(request)


@given(
    form=st.sampled_from([inbound_form(), status_form()]),
    name=st.from_regex("[A-Z][a-zA-Z]{0,20}x", fullmatch=True),
    value=TEXTS,
)
def test_what_twilio_adds_keeps_nobody_from_being_told(form, name, value):
    assume(name not in value)

    request = posted((*form, (name, value)), STATUS_URL)

    assert len(hand_over(request, is_inbound=form == inbound_form())) == 1
