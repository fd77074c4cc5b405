"""Where a redirect leads, and how one goes there.

Source: Twilio's error dictionary, 11215 and 11216: 301, 302, 303 and 307 are followed, nothing else is. Inferred: 301
and 302 become a GET like 303, as web clients do; a GET goes to the Location as it stands, without the parameters; a
Location without a host keeps the user and password of the URL that it is relative to, one with a host does not; one
that can be no address makes an ordinary answer.
"""

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import urljoin, urlsplit

MAX_REDIRECTS = 5
KEEPS_METHOD: Mapping[int, bool] = MappingProxyType({301: False, 302: False, 303: False, 307: True})


def is_redirect(status: int | None, location: str | None) -> bool:
    """Whether an answer leads on; other 3xx, and those that name no place, are ordinary answers."""
    return status in KEEPS_METHOD and bool(location)


def redirected_method(status: int, method: str) -> str:
    """Return with which method one goes on."""
    return method if KEEPS_METHOD[status] else "GET"


def absolute_url(base: str, reference: str) -> str:
    """Return what *reference* means in a document from *base*; as it stands, if that can be no address."""
    try:
        return urljoin(base, reference)
    except ValueError:
        return reference


def redirected_url(url: str, location: str) -> str | None:
    """Return where *location*, in an answer from *url*, leads to; ``None`` if that can be no address."""
    try:
        joined = urljoin(url.partition("#")[0], location.partition("#")[0])
        urlsplit(joined)
    except ValueError:
        return None
    return joined
