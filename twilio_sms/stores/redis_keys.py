"""How keys in Redis are named.

A key shows the namespace and what it is for; the rest is hashed. So no phone number stands in a key, where monitors and
slow logs would show it. The hash keeps it out of sight, not secret: who tries all numbers finds it.

Keys of one scope share a hash tag, the part in braces: behind a cluster's proxy one script may take several of them.
"""

import hashlib

_HEX_DIGITS = 32


class Keys:
    """The keys of one scope, such as an account at a host, within one namespace."""

    def __init__(self, namespace: str, scope: str) -> None:
        self._namespace = namespace
        self._prefix = f"{namespace}:{{{self.digest(scope)}}}"

    def named(self, kind: str, *parts: object) -> str:
        """Return the key of *kind* that *parts* tell from others of its kind."""
        return f"{self._prefix}:{kind}:{self.digest(*parts)}"

    def digest(self, *parts: object) -> str:
        """Return 32 hexadecimal digits that stand for *parts* in this namespace."""
        text = "\0".join(map(str, (self._namespace, *parts)))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_HEX_DIGITS]
