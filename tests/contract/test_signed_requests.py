"""What the fake signs our client and the official SDK accept, and nothing that differs by one bit.

``FUZZ_SIGNATURES`` says how many requests are made, a thousand if nothing is said and ten thousand in `make fuzz`;
``FUZZ_SEED`` says from which seed. The SDK for Node is asked too, if Node finds it (``NODE_PATH`` says where).
"""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass, replace
from random import Random
from urllib.parse import parse_qsl, urlencode

import pytest
from twilio.request_validator import RequestValidator as OfficialValidator
from twilio.request_validator import get_signature_algorithm
from werkzeug.datastructures import MultiDict

from fake_twilio import SignedRequest, SigningKey, sign, sign_json
from tests.doubles import AUTH_TOKEN
from twilio_sms.webhooks.keys import SharedKey
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
    settings: str | None = None


def text(chance: Random, longest: int) -> str:
    letters = "".join(chance.choices(LETTERS, k=2))
    return "".join(chance.choices(letters, k=chance.randint(0, longest)))


def address(chance: Random) -> str:
    """Make an address whose path does not end in a semicolon, which the SDK's validator drops."""
    path = "/" + "".join(chance.choices(PATH, k=chance.randint(0, 12))).lstrip("/").rstrip(";")
    query = "?x=" + "".join(chance.choices(PATH + "?", k=chance.randint(0, 12))) if chance.random() < 0.5 else ""
    return f"{chance.choice(('http', 'https'))}://{chance.choice(HOSTS)}{chance.choice(PORTS)}{path}{query}"


def form(chance: Random) -> tuple[tuple[str, str], ...]:
    names = [text(chance, 8) or "Body" for _ in range(chance.randint(0, 6))] or ["Body"]
    return tuple((chance.choice(names), text(chance, 24)) for _ in range(chance.randint(0, 8)))


def sent(chance: Random, token: str, key: SigningKey | None = None, url: str | None = None) -> Sent:
    """Sign a form or a JSON body and read from it what the customer's framework would."""
    url = url or address(chance)
    is_form = chance.random() < 0.7
    signed: SignedRequest
    if is_form:
        signed = sign(url, form(chance), auth_token=token, key=key)
        params: tuple[tuple[str, str], ...] | str = tuple(parse_qsl(signed.body.decode(), keep_blank_values=True))
    else:
        signed = sign_json(url, {text(chance, 5): [text(chance, 20), chance.random()]}, auth_token=token, key=key)
        params = signed.body.decode()
    settings = signed.headers.get("X-Twilio-Webhooks-Signature-Settings")
    return Sent(signed.url, params, signed.headers["X-Twilio-Signature"], settings)


def flipped(chance: Random, request: Sent, *places: str) -> Sent:
    """Flip one bit of the address, the form or the body, or the signature; or of one of *places*."""
    place = chance.choice(places or ("url", "params", "signature"))
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


def is_taken_by_us(request: Sent, validator: RequestValidator) -> bool:
    """Whether ours accepts it, which must not depend on who read the form."""
    settings = request.settings
    judged = validator.validate(request.url, request.params, request.signature, settings=settings)
    if not isinstance(request.params, str):
        raw = urlencode(request.params, errors="surrogatepass").encode()
        assert validator.validate_form(request.url, raw, request.signature, settings=settings) is judged
    return judged


def is_taken_officially(request: Sent, token: str) -> bool:
    """Whether the SDK accepts it; it raises on some addresses that no proxy would let through, which is no yes."""
    params = request.params if isinstance(request.params, str) else MultiDict(request.params)
    try:
        algorithm = get_signature_algorithm(request.settings)
        return OfficialValidator(token).validate(request.url, params, request.signature, algorithm)
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
            ours, theirs = is_taken_by_us(request, RequestValidator(token)), is_taken_officially(request, token)
            if not ours == theirs == wanted:
                wrong.append((request, ours, theirs))

    assert not wrong, f"FUZZ_SEED={SEED}, chunk {chunk}: {wrong[:3]}"


@pytest.mark.parametrize("algorithm", ["HMAC_SHA1", "HMAC_SHA256"])
def test_both_accept_what_a_shared_key_signs_and_nothing_that_differs_by_a_bit(algorithm: str) -> None:
    chance = Random(f"{SEED}/{algorithm}")
    wrong: list[tuple[Sent, bool, bool]] = []

    for _ in range(-(-REQUESTS // CHUNKS)):
        key = SigningKey("webhooks_sharedkey_1", text(chance, 20).strip() or "12345", algorithm)
        ours = RequestValidator("token", shared_keys=[SharedKey(key.id, key.secret)])
        good = sent(chance, "token", key)
        for request, wanted in ((good, True), (flipped(chance, good), False)):
            verdicts = is_taken_by_us(request, ours), is_taken_officially(request, key.secret)
            if verdicts != (wanted, wanted):
                wrong.append((request, *verdicts))

    assert not wrong, f"FUZZ_SEED={SEED}: {wrong[:3]}"
    assert get_signature_algorithm(good.settings) == algorithm


# The form goes to Node as pairs; the address is one that Node's URL leaves as it is.
NODE_JUDGE = """
const {validateRequest, validateRequestWithBody} = require("twilio/lib/webhooks/webhooks");
const lines = require("fs").readFileSync(0, "utf8").trim().split("\\n").map(JSON.parse);
console.log(JSON.stringify(lines.map(({token, signature, url, pairs, body}) => {
  const form = {};
  for (const [name, value] of pairs) form[name] = [...(form[name] || []), value];
  const params = Object.fromEntries(Object.entries(form).map(([k, v]) => [k, v.length > 1 ? v : v[0]]));
  try {
    return body === null ? validateRequest(token, signature, url, params)
                         : validateRequestWithBody(token, signature, url, body);
  } catch { return false; }
})));
"""


# Node sorts by UTF-16 units: what lies above the surrogates comes after an emoji there, and before it in code points.
OUT_OF_ORDER = "\ufeff"


def is_there_node() -> bool:
    asked = "require.resolve('twilio/lib/webhooks/webhooks')"
    node = shutil.which("node")
    return node is not None and not subprocess.run([node, "-e", asked], capture_output=True, check=False).returncode


def plain_address(chance: Random) -> str:
    """Make an address that Node's URL writes as it is: no default port, no dots in the path, nothing to encode."""
    path = "".join(chance.choices("abc019-_~", k=chance.randint(0, 12)))
    host, port = chance.choice(("app.test", "h", "[::1]")), chance.choice(("", ":8080", ":65535"))
    query = chance.choice(("", f"?x={path}", "?a=1&b=%20"))
    return f"{chance.choice(('http', 'https'))}://{host}{port}/{path}{query}"


@pytest.mark.skipif(not is_there_node(), reason="Node finds no package twilio")
def test_nodes_sdk_judges_as_we_do() -> None:
    chance, requests = Random(f"{SEED}/node"), []
    while len(requests) < 2 * REQUESTS:
        good = sent(chance, AUTH_TOKEN, url=plain_address(chance))
        bad = flipped(chance, good, "signature", "params")
        if not any(OUT_OF_ORDER in "".join(map("".join, one.params)) for one in (good, bad)):
            requests += [good, bad]

    lines = [
        {"token": AUTH_TOKEN, "signature": one.signature, "url": one.url, **to_json(one.params)} for one in requests
    ]
    done = subprocess.run(
        ["node", "-e", NODE_JUDGE], input="\n".join(map(json.dumps, lines)), capture_output=True, text=True, check=True
    )

    ours = [is_taken_by_us(one, RequestValidator(AUTH_TOKEN)) for one in requests]
    assert ours == json.loads(done.stdout) == [True, False] * (len(requests) // 2)


def to_json(params: tuple[tuple[str, str], ...] | str) -> dict[str, object]:
    return {"pairs": [], "body": params} if isinstance(params, str) else {"pairs": params, "body": None}
