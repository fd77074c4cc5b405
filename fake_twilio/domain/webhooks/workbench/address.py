"""A URL in its parts, each as it stands there: put together they are the text that came.

The standard library's parts are tidied up (a bare ``?`` is lost, a host may be refused); what was signed was not.
"""

import re
from typing import NamedTuple, Self

_ADDRESS = re.compile(
    r"([A-Za-z][A-Za-z0-9+.-]*)://"
    r"(?:([^/?#]*)@)?"
    r"(\[[^\]/?#]*\]|[^:/?#\[\]]*)"
    r"(?::([0-9]*))?"
    r"((?:/[^?#]*)?)"
    r"(?:\?([^#]*))?"
    r"(?:#(.*))?",
    re.DOTALL | re.ASCII,
)
DEFAULT_PORTS = {"https": "443", "http": "80"}


class Address(NamedTuple):
    """The parts; one that is not there is ``None``, or empty if an address always has it."""

    scheme: str
    userinfo: str | None
    host: str
    port: str | None
    path: str
    query: str | None
    fragment: str | None

    @classmethod
    def find(cls, text: str) -> Self | None:
        """Return the parts of *text*, ``None`` if it is no address with a host."""
        parts = _ADDRESS.fullmatch(text)
        return None if parts is None else cls(*parts.groups())

    @property
    def default_port(self) -> str | None:
        """The port that need not be written."""
        return DEFAULT_PORTS.get(self.scheme.lower())

    def write(self) -> str:
        """Return the text of the parts."""
        userinfo = "" if self.userinfo is None else f"{self.userinfo}@"
        port = "" if self.port is None else f":{self.port}"
        query = "" if self.query is None else f"?{self.query}"
        fragment = "" if self.fragment is None else f"#{self.fragment}"
        return f"{self.scheme}://{userinfo}{self.host}{port}{self.path}{query}{fragment}"


def as_validators_try(url: str) -> tuple[str, ...]:
    """Return *url* and, as Twilio's validators do by themselves, without its port or with the one of its scheme.

    Source: the official SDKs' `RequestValidator`, which says that signing is inconsistent there; any port is dropped.
    """
    address = Address.find(url)
    if address is None:
        return (url,)
    port = None if address.port else address.default_port
    return tuple(dict.fromkeys((url, address._replace(port=port).write())))
