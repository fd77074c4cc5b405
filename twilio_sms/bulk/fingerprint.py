"""Tell one request from another: a hash of its form.

Each text is written with its length before it, so no two forms read the same. Parameters are sorted by name, since
their order means nothing to Twilio and changes with the order of a file's columns; those of one name keep their order
(``MediaUrl`` may come ten times).
"""

from hashlib import sha256
from operator import itemgetter

from twilio_sms.domain.form import Form


def canonical_hash(form: Form) -> bytes:
    """Return the SHA-256 of *form*, 32 bytes.

    >>> canonical_hash((("To", "+15551234567"), ("Body", "hi"))).hex()[:12]
    '813ae45bf15c'
    """
    ordered = sorted(form, key=itemgetter(0))  # a stable sort
    return sha256(b"".join(_with_length(text) for pair in ordered for text in pair)).digest()


def _with_length(text: str) -> bytes:
    raw = text.encode()
    return b"%d:%b" % (len(raw), raw)
