"""What the fake signs our client and the official SDK accept, and nothing that differs by one bit.

``FUZZ_SIGNATURES`` says how many requests are made, a thousand if nothing is said and ten thousand in `make fuzz`;
``FUZZ_SEED`` says from which seed. Shared keys are judged
by the SDK alone.
"""

import os
from dataclasses import dataclass, replace
from random import Random
from urllib.parse import parse_qsl

import pytest
from twilio.request_validator import RequestValidator as OfficialValidator
from twilio.request_validator import get_signature_algorithm
from werkzeug.datastructures import MultiDict

from fake_twilio import SignedRequest, SigningKey, sign, sign_json
from twilio_sms.webhooks.signature import RequestValidator

REQUESTS = int(os.environ.get("FUZZ_SIGNATURES", "1000"))
SEED = os.environ.get("FUZZ_SEED", "1")
CHUNKS = 4

HOSTS = ("app.test", "127.0.0.1", "[::1]", "h", "xn--bcher-kva.example")
PORTS = ("", ":80", ":443", ":8080", ":65535")
LETTERS = (
    "abcABC019",
    "+=&?/%;~-_.!'\"()*<> \t\n",
    "\x00\x1f\x7f",
    "éßñ",
    "\u0130\u017f\u212a",
    "\u2028\u200b\ufeff",
    "😀👨‍👩‍👧",
)
PATH = "abc019/-_.~!$&()*+,;=:@%"


@dataclass(frozen=True, slots=True)
class Sent:
    """A request as it reached the customer."""

    url: str
    params: tuple[tuple[str, str], ...] | str  # a form, or a raw JSON body
    signature: str
    algorithm: str = "HMAC_SHA1"


def text(chance: Random, longest: int) -> str:
    letters = "".join(chance.choices(LETTERS, k=2))
    return "".join(chance.choices(letters, k=chance.randint(0, longest)))


def address(chance: Random) -> str:
    """Make an address whose path does not end in a semicolon, which the SDK's validator drops."""
    path = "/" + "".join(chance.choices(PATH, k=chance.randint(0, 12))).lstrip("/").rstrip(";")
    query = "?x=" + "".join(chance.choices(PATH + "?", k=chance.randint(0, 12))) if chance.random() < 0.5 else ""
    host = chance.choice(HOSTS)
    # Our client takes anything behind a bracket for a port, so there is none to flip.
    port = "" if host.endswith("]") else chance.choice(PORTS)
    return f"{chance.choice(('http', 'https'))}://{host}{port}{path}{query}"


def form(chance: Random) -> tuple[tuple[str, str], ...]:
    names = [text(chance, 8) or "Body" for _ in range(chance.randint(0, 6))] or ["Body"]
    return tuple((chance.choice(names), text(chance, 24)) for _ in range(chance.randint(0, 8)))


def sent(chance: Random, token: str, key: SigningKey | None = None) -> Sent:
    """Sign a form or a JSON body and read from it what the customer's framework would."""
    url = address(chance)
    is_form = chance.random() < 0.7
    signed: SignedRequest
    if is_form:
        signed = sign(url, form(chance), auth_token=token, key=key)
        params: tuple[tuple[str, str], ...] | str = tuple(parse_qsl(signed.body.decode(), keep_blank_values=True))
    else:
        signed = sign_json(url, {text(chance, 5): [text(chance, 20), chance.random()]}, auth_token=token, key=key)
        params = signed.body.decode()
    settings = signed.headers.get("X-Twilio-Webhooks-Signature-Settings")
    return Sent(signed.url, params, signed.headers["X-Twilio-Signature"], get_signature_algorithm(settings))


def flipped(chance: Random, request: Sent) -> Sent:
    """Flip one bit of the address, the form or the body, or the signature."""
    place = chance.choice(("url", "params", "signature"))
    if place == "url":
        return replace(request, url=flip(chance, request.url))
    if place == "signature" or not request.params:
        return replace(request, signature=flip(chance, request.signature))
    if isinstance(request.params, str):
        return replace(request, params=flip(chance, request.params))
    pairs = list(request.params)
    at = chance.randrange(len(pairs))
    name, value = pairs[at]
    pairs[at] = (name, flip(chance, value)) if value else (flip(chance, name), value)
    return replace(request, params=tuple(pairs))


def flip(chance: Random, whole: str) -> str:
    """Flip one of the low five bits of one character: not the one of upper and lower case, which schemes ignore."""
    at = chance.randrange(len(whole))
    return whole[:at] + chr(ord(whole[at]) ^ (1 << chance.randrange(5))) + whole[at + 1 :]


def is_taken_by_us(request: Sent, token: str) -> bool:
    return RequestValidator(token).validate(request.url, request.params, request.signature)


def is_taken_officially(request: Sent, token: str) -> bool:
    """Whether the SDK accepts it; it raises on some addresses that no proxy would let through, which is no yes."""
    params = request.params if isinstance(request.params, str) else MultiDict(request.params)
    try:
        return OfficialValidator(token).validate(request.url, params, request.signature, request.algorithm)
    except (ValueError, TypeError):
        return False


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_both_accept_what_the_fake_signs_and_nothing_that_differs_by_a_bit(chunk: int) -> None:
    chance = Random(f"{SEED}/{chunk}")
    wrong: list[tuple[Sent, bool, bool]] = []

    for _ in range(-(-REQUESTS // CHUNKS)):
        token = text(chance, 20).strip() or "12345"
        good = sent(chance, token)
        bad = flipped(chance, good)
        for request, wanted in ((good, True), (bad, False)):
            ours, theirs = is_taken_by_us(request, token), is_taken_officially(request, token)
            if not ours == theirs == wanted:
                wrong.append((request, ours, theirs))

    assert not wrong, f"FUZZ_SEED={SEED}, chunk {chunk}: {wrong[:3]}"


@pytest.mark.parametrize("algorithm", ["HMAC_SHA1", "HMAC_SHA256"])
def test_the_official_sdk_accepts_what_a_shared_key_signs(algorithm: str) -> None:
    chance = Random(f"{SEED}/{algorithm}")
    wrong: list[Sent] = []

    for _ in range(-(-REQUESTS // CHUNKS)):
        key = SigningKey("webhooks_sharedkey_1", text(chance, 20).strip() or "12345", algorithm)
        good = sent(chance, "token", key)
        bad = flipped(chance, good)
        if not is_taken_officially(good, key.secret) or is_taken_officially(bad, key.secret):
            wrong.append(good)

    assert not wrong, f"FUZZ_SEED={SEED}: {wrong[:3]}"
    assert good.algorithm == algorithm
