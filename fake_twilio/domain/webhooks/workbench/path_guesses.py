"""Which path may have been signed, where an app saw another one."""

import re
from collections.abc import Iterator
from urllib.parse import quote, unquote

from fake_twilio.domain.webhooks.workbench.address import Address
from fake_twilio.domain.webhooks.workbench.escapes import in_capitals, in_small_letters
from fake_twilio.domain.webhooks.workbench.guess import Difference

_SENDABLE = "".join(map(chr, range(0x21, 0x7F)))
_ANEW = "something on the way wrote the path anew"


def path_guesses(address: Address) -> Iterator[tuple[Difference, Address]]:
    """Yield *address* with each path that may have been meant, but for its own."""
    for difference, path in _paths(address.path):
        if path != address.path:
            yield difference, address._replace(path=path)


def _paths(path: str) -> Iterator[tuple[Difference, str]]:
    if path.endswith("/"):
        yield Difference("no slash at the end of the path", "a router added it, or redirected there"), path[:-1]
    else:
        yield Difference("a slash at the end of the path", "a router took it away"), f"{path}/"
    yield Difference("one slash in the path where there are more", _ANEW), re.sub("/{2,}", "/", path)
    yield (
        Difference("the path percent-encoded", "the app read the escapes of the path"),
        quote(path, safe=_SENDABLE, errors="replace"),
    )
    yield Difference("the path without escapes", _ANEW), unquote(path)
    yield Difference("small letters in the escapes of the path", _ANEW), in_small_letters(path)
    yield Difference("capitals in the escapes of the path", _ANEW), in_capitals(path)
