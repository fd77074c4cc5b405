"""What a signature is over: the address, and the parameters behind it.

Source: Twilio, "Webhooks security". The address as requested, without a fragment; then, for each name in code-point
order and each of its distinct values, name and value with nothing between. With ``bodySHA256`` in the query the address
is signed alone, and the body is held against the hash.

What a server sees may differ from what Twilio requested: proxies add and drop ports, and frameworks and proxies write a
query anew. So there are several addresses that may have been signed, all of the same scheme, host and path.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from twilio_sms.errors import ValidationError

Params = Mapping[str, str | Sequence[str]] | Iterable[tuple[str, str]]
DEFAULT_PORTS = {"http": "80", "https": "443"}
BODY_HASH = "bodySHA256"

_ADDRESS = re.compile(
    r"([A-Za-z][A-Za-z0-9+.\-]*)://"
    r"((?:[^/?#@\s]*@)?)"  # user:password@, for who hands in what was configured
    r"(\[[0-9A-Fa-f:.]+\]|[^/?#@:\[\]\s]+)"
    r"(?::([0-9]{1,5}))?"
    r"(|[/?#].*)",
    re.DOTALL,
)
# What a browser percent-encodes in a query (WHATWG URL, "special-query percent-encode set").
_SAFE_IN_QUERY = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in "\"#<>'")
_TO_ENCODE = re.compile(r"[^!$-&(-;=?-~]")


class Address(NamedTuple):
    """An absolute address in parts that give it back as it was; *user* ends with its ``@``, *port* may be empty."""

    scheme: str
    user: str
    host: str
    port: str
    target: str  # path and query

    @classmethod
    def parse(cls, url: str) -> "Address":
        """Read *url*; raise `ValidationError` for what has no scheme and host, or a port that is none."""
        found = _ADDRESS.fullmatch(url)
        if found is None:
            raise ValidationError("an address must be scheme://host[:port]/path")
        return cls(found[1], found[2], found[3], found[4] or "", found[5])

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        return self.target.partition("?")[2]

    def with_query(self, query: str) -> "Address":
        """Return it with *query*, without ``?`` if that is empty."""
        return self._replace(target=self.path + (f"?{query}" if query else ""))

    def __str__(self) -> str:
        return f"{self.scheme}://{self.user}{self.host}{':' if self.port else ''}{self.port}{self.target}"

    def __repr__(self) -> str:
        return f"Address({self.scheme}, {len(self.target)} characters of target)"  # a query may hold numbers and texts


@lru_cache(maxsize=64)  # an app has few, and each webhook asks
def addresses(url: str) -> tuple[str, ...]:
    """Return the addresses that Twilio may have signed when it requested *url*; raise `ValidationError` for none.

    As it came, and without its port or with its scheme's default one; each also with its query percent-encoded.
    """
    parts = Address.parse(url)
    other_port = "" if parts.port else DEFAULT_PORTS.get(parts.scheme, "")
    found = (url, str(parts._replace(port=other_port)))
    if _TO_ENCODE.search(parts.target.partition("?")[2]):
        return (*found, *map(_with_encoded_query, found))
    return found


def form_text(params: Params | None) -> str:
    """Return what is signed behind the address for *params*."""
    return "".join([name + value for name, value in sorted(set(pairs_of(params)))])


def pairs_of(params: Params | None) -> Iterable[tuple[str, str]]:
    """Return name and value for every value of a mapping, a multi-dict or pairs."""
    if not params:
        return ()
    for method in ("getall", "getlist"):  # multidict; Werkzeug and Django: one value for a name, unless asked
        if hasattr(params, method):
            return _of_multi_dict(params, method)
    return _of_mapping(params) if isinstance(params, Mapping) else params


def body_hashes(url: str) -> list[str]:
    """Return the values of ``bodySHA256`` in the query of *url*."""
    if BODY_HASH not in url:
        return []
    pairs = (part.partition("=") for part in url.partition("?")[2].split("&"))
    return [value for name, _, value in pairs if name == BODY_HASH]


def _of_multi_dict(params: Params, method: str) -> Iterator[tuple[str, str]]:
    names = {name for name in params if isinstance(name, str)}
    return ((name, value) for name in names for value in getattr(params, method)(name))


def _of_mapping(params: Mapping[str, str | Sequence[str]]) -> Iterator[tuple[str, str]]:
    for name, value in params.items():
        yield from ((name, one) for one in ([value] if isinstance(value, str) else value))


def _with_encoded_query(url: str) -> str:
    path, mark, query = url.partition("?")
    return path + mark + quote(query, safe=_SAFE_IN_QUERY)
