"""What each fault on the wire proves: the table that the client's verdicts are held against.

Where two verdicts are named it depends on which side is faster, and both are true then. ``None`` is success.
"""

from tests.faults import FAULTS
from tests.tls_faults import HANDSHAKE_FAULTS, TLS_FAULTS
from twilio_sms.verdict import Verdict

Proof = frozenset[Verdict | None]

NOTHING = frozenset({Verdict.UNKNOWN})
NOT_SENT = frozenset({Verdict.NOT_SENT})
REJECTED = frozenset({Verdict.REJECTED})
ACCEPTED = frozenset({Verdict.ACCEPTED})
EITHER = NOT_SENT | NOTHING
HARMLESS: Proof = frozenset({None})

PROOFS: dict[str, Proof] = {
    "reset before reading": EITHER,
    "close before reading": EITHER,
    "reset after ten bytes": EITHER,
    "reset after the head": EITHER,
    "reset after the request": NOTHING,
    "close after the request": NOTHING,
    "hang after the request": NOTHING,
    "garbage status line": NOTHING,
    "half a status line": NOTHING,
    "status line without its end": NOTHING,
    "status line drips": NOTHING,
    "hang after the status line": ACCEPTED,
    "headers cut": ACCEPTED,
    "headers drip": ACCEPTED,
    "body cut": ACCEPTED,
    "body hangs": ACCEPTED,
    "body drips": ACCEPTED,
    "no json": ACCEPTED,
    "json without a sid": ACCEPTED,
    "broken compression": ACCEPTED,
    "huge answer": ACCEPTED,
    "201 until the end": HARMLESS,
    "early hints, then 201": HARMLESS,
    "continue, then 201": HARMLESS,
    "500": NOTHING,
    "502 in html": NOTHING,
    "503 with retry-after": NOTHING,
    "504": NOTHING,
    "continue, then a cut 429": NOTHING,
    "another protocol's 429": NOTHING,
    "odd digits of a 429": NOTHING,
    "negative chunk": ACCEPTED,
    "429": NOT_SENT,
    "429 with retry-after": NOT_SENT,
    "429 cut": NOT_SENT,
    "408": NOT_SENT,
    "421": NOT_SENT,
    "425": NOT_SENT,
    "400": REJECTED,
    "307 to itself": REJECTED,
    "401 before the body": REJECTED | EITHER,
    "503 before the body": EITHER,
}
TLS_PROOFS: dict[str, Proof] = {
    "close_notify after the request": NOTHING,
    "alert after the request": NOTHING,
    "close_notify after half an answer": ACCEPTED,
    "alert after half an answer": ACCEPTED,
    "half a record": NOTHING,
    "a 429 that is not from the server": NOTHING,
}
HANDSHAKE_PROOFS: dict[str, Proof] = dict.fromkeys(HANDSHAKE_FAULTS, NOT_SENT)

assert PROOFS.keys() == FAULTS.keys(), "every fault is judged"
assert TLS_PROOFS.keys() == TLS_FAULTS.keys(), "every fault of TLS is judged"


def points(scheme: str, *, is_kept: bool) -> dict[str, Proof]:
    """Return what can go wrong on a connection, and what that proves; a kept one makes no handshake."""
    if scheme == "http":
        return PROOFS
    return {**PROOFS, **TLS_PROOFS} if is_kept else {**PROOFS, **TLS_PROOFS, **HANDSHAKE_PROOFS}
