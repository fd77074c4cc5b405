"""The cookies that customers set while two numbers talk.

Source: Twilio, "TwiML for Programmable Messaging": cookies are kept for each pair of numbers, and dropped after four
idle hours. Inferred: it is the requests for documents that bring them, not status callbacks; of a chain of redirects
the last answer sets them.
"""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field

from fake_twilio.domain.webhooks.cookies import Cookie, read_cookie, write_cookies

IDLE_SECONDS = 4 * 3600.0
MAX_PAIRS = 10_000  # those who wrote to each other last
MAX_COOKIES = 50  # of one pair at one origin
Pair = tuple[str, str]


@dataclass(slots=True)
class _Shelf:
    """The cookies of one pair, by origin, and when they were last used."""

    used_at: float
    cookies: dict[str, dict[str, Cookie]] = field(default_factory=dict)


class CookieJar:
    """Cookies by pair of numbers and by origin. Not locked: one thread runs the answers."""

    def __init__(self) -> None:
        self._shelves: OrderedDict[Pair, _Shelf] = OrderedDict()

    def header(self, pair: Pair, origin: str, now: float) -> str | None:
        """Return the ``Cookie`` header of a request that leaves *now*; none if there are no cookies."""
        shelf = self._shelves.get(pair)
        if shelf is None:
            return None
        if now - shelf.used_at >= IDLE_SECONDS:
            del self._shelves[pair]
            return None
        shelf.used_at = now
        return write_cookies(one for one in shelf.cookies.get(origin, {}).values() if one.expires_at > now)

    def keep(self, pair: Pair, origin: str, headers: Iterable[str], now: float) -> None:
        """Keep what an answer of *origin* set by its ``Set-Cookie`` *headers*."""
        for cookie in filter(None, [read_cookie(header, now) for header in headers]):
            kept = self._shelf(pair, now).cookies.setdefault(origin, {})
            kept.pop(cookie.name, None)
            if cookie.expires_at > now and len(kept) < MAX_COOKIES:
                kept[cookie.name] = cookie

    def _shelf(self, pair: Pair, now: float) -> _Shelf:
        shelf = self._shelves.setdefault(pair, _Shelf(now))
        shelf.used_at = now
        self._shelves.move_to_end(pair)
        if len(self._shelves) > MAX_PAIRS:
            self._shelves.popitem(last=False)
        return shelf
