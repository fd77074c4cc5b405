"""Names and addresses of machines, as they may stand in a web address."""

import ipaddress
import re
from urllib.parse import urlsplit

_LABEL = re.compile(r"(?!-)[^\s!-,./:-@\[-^`{-\x7f]{1,63}(?<!-)")
MAX_CHARACTERS = 253
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


def is_host(text: str) -> bool:
    """Whether *text* is a host name, international ones and underscores included, or an IP address."""
    if len(text) > MAX_CHARACTERS:
        return False
    return all(_LABEL.fullmatch(label) for label in text.removesuffix(".").split(".")) or _is_address(text)


def is_web_address(url: str) -> bool:
    """Whether *url* is an http or https address with a host, and a port that can be."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and is_host(parts.hostname or "") and parts.port != 0
    except ValueError:
        return False


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
