"""Seeded requests to the fake's own API: right and wrong headers, bodies of odd JSON.

None of them begins anew, changes the scenario, turns a fault up, or has somebody opt out who is written to: what else
is sent must mean the same before and after.
"""

import json
from random import Random
from typing import Any

from tests.fuzz.case import Case, build

PREFIX = "/_fake"
NEVER_DONE = ("reset", "scenario")  # such a change is only asked for without the header that it needs
PEOPLE = ("+15557770001", "+15557770002", "", "x" * 65, "+1", "\u202e", "\x00", "é")
NUMBERS = ("+15005550006", "+15005550010", "MG" + "0" * 32, "", "x" * 65, "+")
SPANS = ("0s", "1s", "1.5s", "36h", "366d", "367d", "999999999d", "1e5s", "-1s", "", "\u0661s", "1 s", "9" * 400 + "d")
MOMENTS = ("2099-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "2026-01-01", 1e300, -1, "x")
ODD = (None, True, 0, -1, 1e400, "", "x" * 5000, [], {}, [[]], "\ud800", {"a": 1}, 10**400, [None] * 11)
KEYS = {
    "advance": SPANS,
    "settle": SPANS,
    "to": MOMENTS,
    "is_frozen": (True, False, 1, "yes"),
    "speed": (1, 0, -1, 1e400, float("nan"), "7"),
    "sender": (*PEOPLE, *NUMBERS),
    "recipient": NUMBERS[:2] + PEOPLE,
    "body": ("hello", "", "\x00", "x" * 1600, "x" * 1601, "😀", "<Response/>"),
    "media_urls": ([], ["http://127.0.0.1:9/x"], ["http://["] * 11, "x", [1]),
    "is_out": (True, False, "no"),
    "scope": ("all", "history", "account", "number", "x"),
    "seed": (0, -1, 1 << 32),
    "name": ("delivered", "../x", ""),
    "yaml": ("about: x", "&a [*a]"),
    "fault": ("reset", "callback_drop", "rezet", "", "x" * 5000),
    "share": (0, 0.0, -0.1, 1.1, float("nan"), 1e400, "0"),
    "all_off": (True, False, 1, "yes"),
}
WANTED = {  # which of them a change takes
    "clock": ("advance", "settle", "to", "is_frozen", "speed"),
    "receive": ("sender", "recipient", "body", "media_urls"),
    "opt-outs": ("sender", "recipient", "is_out"),
    "faults": ("fault", "share", "all_off"),
}
PROPER: dict[str, tuple[dict[str, Any], ...]] = {
    "clock": ({"advance": "1s"}, {"advance": "36h"}, {"settle": "1h"}, {"advance": "366d"}),
    "receive": tuple({"sender": person, "recipient": NUMBERS[0], "body": "é"} for person in PEOPLE[:2]),
    "opt-outs": ({"sender": NUMBERS[0], "recipient": PEOPLE[0]}, {"sender": "x", "recipient": "\x00", "is_out": False}),
    "faults": ({"fault": "reset", "share": 0}, {"all_off": True}),
}
RAW = (
    b"",
    b"null",
    b"[" * 50_000,
    b'{"advance":',
    b"\xff\xfe",
    b'{"advance": "1s", "advance": "2s"}',
    b"NaN",
    b"1" * 9_999,
)


def administered(chance: Random, method: str, target: str) -> Case:
    """Return a request to a route of the fake's own API."""
    if method.upper() in ("GET", "HEAD"):
        return build(method, f"{target}{_query(chance)}", [])
    is_on_purpose = chance.random() < 0.9 and not any(f"{PREFIX}/{name}" in target for name in NEVER_DONE)
    headers = ["X-Fake-Twilio: 1"] if is_on_purpose else chance.choice(([], ["X-Fake-Twilio: 2"]))
    kind = "application/json" if chance.random() < 0.9 else chance.choice(("text/plain", "", "application/json; x"))
    return build(method, target, [*headers, f"Content-Type: {kind}"], _body(chance, target))


def _query(chance: Random) -> str:
    limits = ("1", "1000", "1001", "0", "-1", "x", "", "\u0661", "9" * 999)
    return chance.choice(("", f"?limit={chance.choice(limits)}", "?to=%2B1&from=%ff&status=x&body=%00", "?a&=b"))


def _body(chance: Random, target: str) -> bytes:
    if chance.random() < 0.15:
        return chance.choice(RAW)
    name = target.removeprefix(f"{PREFIX}/").partition("?")[0]
    if name in PROPER and chance.random() < 0.4:
        return json.dumps(chance.choice(PROPER[name])).encode()
    wanted = WANTED.get(name, tuple(KEYS))
    keys = (
        [wanted] if chance.random() < 0.6 and name != "clock" else [chance.sample(wanted, 1), chance.sample([*KEYS], 3)]
    )
    return json.dumps({key: _value(chance, key) for key in chance.choice(keys)}).encode()


def _value(chance: Random, key: str) -> Any:
    return chance.choice(KEYS[key] if chance.random() < 0.85 else ODD)
