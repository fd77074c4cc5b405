"""Pages of a list: their size, their cursor, and the addresses of their neighbours.

Source: Twilio's OpenAPI file: 50 entries unless asked, at most 1000; `start` and `end` are counted from 0, and are both
0 on an empty page; addresses have no host.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, Self, TypeVar
from urllib.parse import quote

from fake_twilio.domain.messages.query import Cursor
from fake_twilio.domain.twilio.errors import refusal
from fake_twilio.domain.twilio.form import Form, first
from fake_twilio.domain.values.sids import is_message_sid

DEFAULT_SIZE = 50
MAX_SIZE = 1000
Entry = TypeVar("Entry")


class HasSid(Protocol):
    """Something that a page token can name."""

    @property
    def sid(self) -> str:
        """Its SID."""


T = TypeVar("T", bound=HasSid)
_OWN = frozenset({"Page", "PageSize", "PageToken"})


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page was asked for."""

    size: int
    number: int
    cursor: Cursor
    filters: Form

    @classmethod
    def from_form(cls, form: Form, is_sid: Callable[[str], bool] = is_message_sid) -> Self:
        """Read the paging keys; *is_sid* knows the SIDs of the entries.

        Sizes are clamped, since both SDKs ask for more than there may be.
        """
        return cls(
            size=min(max(_whole(first(form, "PageSize"), DEFAULT_SIZE), 1), MAX_SIZE),
            number=max(_whole(first(form, "Page"), 0), 0),
            cursor=Cursor.parse(first(form, "PageToken"), is_sid),
            filters=tuple((name, value) for name, value in form if name not in _OWN),
        )

    def cut(self, found: list[Entry]) -> tuple[list[Entry], bool]:
        """Return what is shown of *found*, which holds up to one entry more than a page, and whether others follow."""
        if self.cursor.is_backward:
            return found[-self.size :], True
        return found[: self.size], len(found) > self.size

    def describe(self, path: str, sids: list[str], *, has_more: bool) -> dict[str, Any]:
        """Return the paging keys of the page that holds *sids*; *has_more* says whether older ones follow."""
        start = self.number * self.size if sids else 0
        return {
            **{
                f"{name}_uri".removeprefix("_"): uri for name, uri in self._pages(path, sids, has_more=has_more).items()
            },
            "page": self.number,
            "page_size": self.size,
            "start": start,
            "end": start + len(sids) - 1 if sids else 0,
        }

    def meta(self, url: str, sids: list[str], key: str, *, has_more: bool) -> dict[str, Any]:
        """Return the ``meta`` of a page of the younger APIs: whole addresses, and the *key* of the records."""
        pages = {
            f"{name}_url".removeprefix("_"): page for name, page in self._pages(url, sids, has_more=has_more).items()
        }
        return {"page": self.number, "page_size": self.size, **pages, "key": key}

    def _pages(self, address: str, sids: list[str], *, has_more: bool) -> dict[str, str | None]:
        """Return the addresses of the neighbours of the page that holds *sids*, and its own under an empty name."""
        following = Cursor(sids[-1]) if sids and has_more else None
        previous = Cursor(sids[0], is_backward=True) if sids and self.number else None
        return {
            "first_page": self._uri(address, 0),
            "next_page": self._uri(address, self.number + 1, following) if following else None,
            "previous_page": self._uri(address, self.number - 1, previous) if previous else None,
            "": self._uri(address, self.number, self.cursor if self.cursor.sid else None),
        }

    def _uri(self, path: str, number: int, cursor: Cursor | None = None) -> str:
        pairs = [*self.filters, ("PageSize", str(self.size)), ("Page", str(number))]
        if cursor is not None:
            pairs.append(("PageToken", str(cursor)))
        return f"{path}?" + "&".join(f"{quote(name)}={quote(value, safe='')}" for name, value in pairs)


def cut_page(things: Sequence[T], paging: Paging) -> tuple[list[T], bool]:
    """Return the things of the page that was asked for, and whether more follow.

    For lists that are short and whole in memory; raises Twilio's refusal 21481 if the token names none of them.
    """
    sids = [thing.sid for thing in things]
    if paging.cursor.sid is not None and paging.cursor.sid not in sids:
        raise refusal(21481)
    place = sids.index(paging.cursor.sid) if paging.cursor.sid else -1
    if paging.cursor.is_backward:
        return list(things[max(place - paging.size, 0) : place]), True
    return list(things[place + 1 : place + 1 + paging.size]), place + 1 + paging.size < len(things)


def _whole(text: str | None, otherwise: int) -> int:
    return int(text[:10]) if text and text.isascii() and text.isdigit() else otherwise
