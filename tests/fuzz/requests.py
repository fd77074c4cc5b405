"""Seeded requests to every route: right and wrong accounts, paths, keys, values and types of body."""

import json
from base64 import b64encode
from dataclasses import dataclass
from random import Random
from urllib.parse import quote

from tests.fuzz.admin import PREFIX, administered
from tests.fuzz.case import Case, build

METHODS = ("GET", "POST", "DELETE", "HEAD", "PUT", "PATCH", "OPTIONS", "get", "post", "TRACE", "BREW")
KEYS = (
    *("To", "From", "Body", "MediaUrl", "StatusCallback", "MessagingServiceSid", "ValidityPeriod", "SendAt", "Status"),
    *("ScheduleType", "MaxPrice", "Attempt", "SmartEncoded", "ContentSid", "ContentVariables", "PersistentAction"),
    *("PhoneNumberSid", "PhoneNumber", "AreaCode", "StickySender", "Usecase", "InboundRequestUrl", "InboundMethod"),
    *("ApplicationSid", "ContentRetention", "TrafficType", "FallbackFrom", "SendAsMms"),
    *("DateSent", "DateSent<", "DateSent>", "DateCreated", "DateCreated<", "DateCreated>", "PageSize", "Page"),
    *("PageToken", "FriendlyName", "Fields", "CountryCode", "Outcome", "FirstName", "VerificationSid", "", "\x00", "é"),
)
WORDS = (
    *(
        "",
        " ",
        "0",
        "-1",
        "1e9",
        "NaN",
        "9" * 400,
        "9" * 5000,
        "٣",
        "²",
        "true",
        "null",
        "[]",
        "{}",
        "canceled",
        "closed",
    ),
    *("+15551234567", "+15005550006", "+15005550001", "15551234567", "whatsapp:+15551234567", "+", "+1" + "5" * 40),
    *("http://127.0.0.1:9/x", "http://[", "//", "http://a:b@c/", "http://127.0.0.1:99999", "http://\u2100.example"),
    *("a" * 1601, "😀" * 80, "\u202e", "\x00", "\r\nX: y", "\x1b[31m", "%s%n{0}{body}", "<script>", "İ", "ß" * 9),
    *("HX" + "0" * 32, "AP" + "0" * 32, '{"1": "x"}', '{"1": "\\ud800"}', "[" * 5000, "free", "retain", ".5", "30"),
    *("caller_name,sim_swap", "line_type_intelligence", "DE", "ZZ", "delivered", "confirmed", "fixed", "immediate"),
)
DATES = (
    *("2026-01-01", "0001-01-01", "9999-12-31", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-02-30"),
    *(
        "Thu, 24 Aug 2023 05:01:45 +0000",
        "06/11/2019 22:05:25 MST",
        "01/01/0001 00:00:00 UTC",
        "12/31/9999 23:59:59 PST",
    ),
    *("2026-W01-1", "20260101T000000Z", "2026-01-01T24:00:00Z", "1 Jan 99999 00:00:00 +9999", "Mon, 1 Jan", ", , ,"),
    *(
        "2026-01-01T00:00:00+99:99",
        "Thu, 1 Jan 1 00:00:00 -9999",
        "1 Jan 2026 25:61:61 Z",
        "\u0662\u0660\u0662\u0666-01-01",
        ":",
        "0 0 0 0 0",
    ),
)
RAW_TEXTS = (
    "%",
    "%zz",
    "%ff%fe",
    "%ed%a0%80",
    "%00",
    "%u0041",
    "+",
    "%c0%af",
    "%F0%9F",
    "&&==&",
    ";a=b",
    "\udcff\udcfe",
)
TYPES = (
    *(
        "application/x-www-form-urlencoded",
        "application/json",
        "multipart/form-data; boundary=b",
        "text/plain",
        "",
        "/",
    ),
    *("application/x-www-form-urlencoded; charset=utf-16", "multipart/form-data", "APPLICATION/X-WWW-FORM-URLENCODED"),
)
NUMBERS = ("+15551234567", "+1", "%2B491701234567", "4917%20012", "+" + "9" * 500, "%F0%9F%98%80", "+1;ext=5")
EXTENSIONS = (".json", ".csv", ".xml", ".", "/", "/.json", ".json/", ".JSON", "%2Ejson", ".json%00")
FIELD_COUNTS = (999, 1000, 1001, 5000)


@dataclass(frozen=True, slots=True)
class Known:
    """What there is: routes as (path, methods), accounts with their tokens, SIDs."""

    routes: tuple[tuple[str, tuple[str, ...]], ...]
    accounts: tuple[tuple[str, str], ...]
    sids: tuple[str, ...]


def structured(chance: Random, known: Known) -> Case:
    """Return a request to one of the routes."""
    rule, methods = chance.choice(known.routes)
    method = chance.choice(methods) if chance.random() < 0.7 else chance.choice(METHODS)
    account = chance.choice(known.accounts)
    target = "".join(_segment(chance, known, account[0], part) for part in _parts(rule))
    if rule.startswith(PREFIX):
        return administered(chance, method, target)
    if chance.random() < 0.05:
        target += chance.choice(EXTENSIONS)
    if chance.random() < 0.5:
        target += f"?{_fields(chance, known)}"
    headers = [_authorization(chance, account, "Promote" in rule), *_odd_headers(chance)]
    body, content_type = _body(chance, known) if method.upper() not in ("GET", "HEAD") else (b"", "")
    return build(method, target, [*headers, f"Content-Type: {content_type}"], body)


def _parts(rule: str) -> list[str]:
    return [f"<{part}" if index else part for index, part in enumerate(rule.split("<"))]


def _segment(chance: Random, known: Known, account: str, part: str) -> str:
    """Return *part* of a rule, its variable filled in: mostly with what exists."""
    if not part.startswith("<"):
        return part
    variable, _, rest = part[1:].partition(">")
    name = variable.rpartition(":")[2]  # before it stands how it is converted
    if chance.random() < 0.8:
        there = {"account_sid": (account,), "number": NUMBERS}.get(name, known.sids)
        return chance.choice(there) + rest
    return chance.choice((*RAW_TEXTS[:-1], quote(_value(chance, known), safe=""))) + rest


def _value(chance: Random, known: Known) -> str:
    kind = chance.randrange(6)
    if kind == 0:
        return chance.choice(DATES)
    if kind == 1:
        return chance.choice(("PA", "PB", "SM", "AC", "")) + chance.choice(known.sids)[chance.choice((0, 1, 2)) :]
    if kind == 2:
        return "".join(chr(chance.choice((chance.randrange(128), chance.randrange(0xD800)))) for _ in range(8))
    return chance.choice(WORDS)


def _fields(chance: Random, known: Known) -> str:
    """Return urlencoded fields, some of them repeated, some badly encoded."""
    pairs = [f"{quote(chance.choice(KEYS))}={quote(_value(chance, known))}" for _ in range(chance.randrange(8))]
    if chance.random() < 0.3:
        pairs += ["To=%2B15551234567", "From=%2B15005550006", "Body=x"]
    if chance.random() < 0.2:
        pairs.append(f"{chance.choice(KEYS[:28])}={chance.choice(RAW_TEXTS[:-1])}")
    return "&".join(pairs)


def _body(chance: Random, known: Known) -> tuple[bytes, str]:
    kind = chance.random()
    if kind < 0.02:
        return b"&".join([b"Body=x"] * chance.choice(FIELD_COUNTS)), TYPES[0]
    if kind < 0.1:
        return json.dumps({chance.choice(KEYS): _value(chance, known)}).encode(), chance.choice(TYPES)
    if kind < 0.2:
        return chance.randbytes(chance.randrange(200)), chance.choice(TYPES)
    text = _fields(chance, known) + chance.choice(("", "", "&Body=\udcff"))
    return text.encode("utf-8", "surrogateescape"), TYPES[0] if chance.random() < 0.9 else chance.choice(TYPES)


def _authorization(chance: Random, account: tuple[str, str], may_not_enter: bool) -> str:
    """Return a header with the account's own credentials, mostly; where they would be rotated, never."""
    if chance.random() < 0.8 and not may_not_enter:
        return f"Authorization: Basic {b64encode(':'.join(account).encode()).decode()}"
    wrong = b64encode(chance.choice((f"{account[0]}:wrong", ":", "", "é:é", "a" * 999)).encode()).decode()
    texts = (
        "Basic",
        "Basic !",
        f"Basic {wrong}",
        "Bearer x",
        "",
        "Basic é",
        f"basic  {wrong}",
        "Basic \udcff",
        "Digest a=b",
    )
    return f"Authorization: {chance.choice(texts)}"


def _odd_headers(chance: Random) -> list[str]:
    odd = ("Origin: null", "Range: bytes=0-1", "Cookie: a=b; c", "If-Match: *", "Accept: text/html", "X-\u00e9: b")
    return (
        [chance.choice((*odd, "Expect: 100-continue", "X-HTTP-Method-Override: DELETE"))]
        if chance.random() < 0.2
        else []
    )
