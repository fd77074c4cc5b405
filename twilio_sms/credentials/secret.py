"""A text that shows itself only to who asks.

What Python allows: the secret lies in a byte array of ours, which `wipe` overwrites. What it does not: each text that
`expose` makes lives until the last reference to it is gone, and so does the text that the secret was made from.
"""

import hmac
from typing import NoReturn

from twilio_sms.errors import CredentialsError, ValidationError


class SecretString:
    """A text that shows itself only to who asks for it with `expose`.

    It is ``***`` in ``repr``, ``str`` and every format, so in logs and tracebacks too; it is not pickled, copied,
    hashed or written as JSON, and it is compared in a time that does not depend on where two secrets differ.
    """

    __slots__ = ("_held",)

    def __init__(self, text: str) -> None:
        if not isinstance(text, str):
            raise ValidationError(f"a secret must be a text, is {type(text).__name__}")
        if any("\ud800" <= character <= "\udfff" for character in text):  # encoding it would raise with the text in it
            raise ValidationError("a secret holds half a character (a lone surrogate), which UTF-8 cannot carry")
        self._held: bytearray | None = bytearray(text.encode())

    def expose(self) -> str:
        """Return the secret itself; only the code that puts it on the wire has a reason to.

        Raises `CredentialsError` once it is wiped.
        """
        held = self._held
        text = held.decode("utf-8", "replace") if held is not None else ""
        if self._held is None:  # asked after the decoding: what is wiped meanwhile is let go before it is overwritten
            raise CredentialsError("the secret was wiped when its owner was closed: make a new client")
        return text

    def wipe(self) -> None:
        """Overwrite the secret; it cannot be exposed any more."""
        held, self._held = self._held, None
        if held is not None:
            held[:] = bytes(len(held))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SecretString):
            return NotImplemented
        mine, its = self._held, other._held
        return mine is not None and its is not None and hmac.compare_digest(mine, its)

    __hash__ = None  # type: ignore[assignment] # a hash would tell which secrets are equal, in a time that tells more

    def __repr__(self) -> str:
        return "***"

    def __format__(self, spec: str) -> str:
        return "***"

    def __bool__(self) -> bool:
        return bool(self._held)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not pickled or copied; hand its source over instead")

    __getstate__ = __reduce__
