"""The name of a request in statistics: its route.

A name with a SID or a number in it is a name of its own for each message: the statistics fall apart into a line for
each, and show what nobody may see.
"""

import re
from urllib.parse import unquote, urlsplit

_SID = re.compile(r"(?<![0-9A-Za-z])[A-Za-z]{2}[0-9A-Fa-f]{32}(?![0-9A-Za-z])")
_API_VERSION = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")  # 2010-04-01
_DIALABLE = re.compile(r"(?=(?:[^0-9]*[0-9]){3})[0-9+ ().\-]*[0-9)](?=\.json$|$)")  # as people write numbers
_DIGITS = re.compile(r"\+?[0-9]{7,}")


def route_of(url: str) -> str:
    """Return the path of *url* without host and query, each SID in it as ``{Sid}`` and each number as ``{Number}``.

    >>> route_of("http://127.0.0.1:7670/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/Messages.json?To=1")
    '/2010-04-01/Accounts/{Sid}/Messages.json'
    """
    return "/".join(_general(unquote(part)) for part in urlsplit(url).path.split("/"))


def _general(part: str) -> str:
    if _API_VERSION.fullmatch(part):
        return part
    without_sids = _SID.sub("{Sid}", part)
    return _DIGITS.sub("{Number}", _DIALABLE.sub("{Number}", without_sids, count=1))
