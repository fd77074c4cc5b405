"""Pages of messages: which ones a list asks for, fetched one after the other."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from functools import partial
from itertools import islice
from typing import Any, NamedTuple, Self
from urllib.parse import parse_qsl, urlsplit

from twilio_sms.domain.form import Form, to_text
from twilio_sms.domain.message import Message
from twilio_sms.domain.problems import Problems
from twilio_sms.domain.settings import is_whole
from twilio_sms.errors import ValidationError
from twilio_sms.gateway import Gateway

DEFAULT_PAGE_SIZE = 50
MAX_PAGE_SIZE = 1000  # Twilio's OpenAPI file: "Max: 1000"
MAX_EMPTY_PAGES = 10  # in a row; a list that goes on without a message has no end


class Listing:
    """The list of an account's messages."""

    def __init__(self, gateway: Gateway, path: str) -> None:
        self._gateway = gateway
        self._path = path

    def messages(
        self,
        *,
        to: str | None = None,
        from_: str | None = None,
        date_sent: date | datetime | None = None,
        date_sent_after: date | datetime | None = None,
        date_sent_before: date | datetime | None = None,
        page_size: int | None = None,
        limit: int | None = None,
    ) -> Iterator[Message]:
        """Yield messages, newest first, and fetch each page when it is needed; see `Messages.list`."""
        wanted = {
            "to": ("To", to),
            "from_": ("From", from_),
            "date_sent": ("DateSent", date_sent),
            "date_sent_after": ("DateSent>", date_sent_after),
            "date_sent_before": ("DateSent<", date_sent_before),
        }
        problems = Problems()
        query: list[tuple[str, str]] = []
        for argument, (name, value) in wanted.items():
            text = problems.read(argument, to_text, value) if value is not None else None
            query += [(name, text)] if text is not None else []
        for argument, number in (("page_size", page_size), ("limit", limit)):
            problems.read(argument, _check_at_least_one, number)
        if problems:
            problems.raise_all()
        size = min(page_size or limit or DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE)
        return islice(self._each((*query, ("PageSize", str(size)))), limit)

    def _each(self, query: Form) -> Iterator[Message]:
        following: Form | None = query
        asked: set[Form] = set()
        empty_pages = 0
        while following is not None:
            asked.add(following)
            read = partial(_Page.from_json, path=self._path, asked=asked, may_be_empty=empty_pages < MAX_EMPTY_PAGES)
            page = self._gateway.get("list_messages", self._path, read, following)
            yield from page.messages
            empty_pages = 0 if page.messages else empty_pages + 1
            following = page.following


class _Page(NamedTuple):
    """One page of a list, and the query of the next."""

    messages: tuple[Message, ...]
    following: Form | None

    @classmethod
    def from_json(cls, tree: Mapping[str, Any], *, path: str, asked: Collection[Form], may_be_empty: bool) -> Self:
        """Read a page of the list at *path*; raises `ValueError` if it is none, or leads to no end.

        *asked* are the queries of the pages so far. The last page may always be empty.
        """
        entries = tree.get("messages")
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise ValueError("a page without messages")
        following = _next_query(path, tree["next_page_uri"]) if tree.get("next_page_uri") else None
        if following in asked:
            raise ValueError("its next page was read before")
        if following is not None and not entries and not may_be_empty:
            raise ValueError(f"more than {MAX_EMPTY_PAGES} pages in a row have no message")
        return cls(tuple(Message.from_json(entry) for entry in entries), following)


def _next_query(path: str, uri: object) -> Form:
    """Take the query of the next page's URI; the path stays ours, wherever an answer points."""
    parts = urlsplit(str(uri))
    if not parts.path.endswith(path):
        raise ValueError("its next page is no page of messages")
    return tuple(parse_qsl(parts.query, keep_blank_values=True))


def _check_at_least_one(number: object) -> None:
    if number is not None and (not is_whole(number) or number < 1):
        raise ValidationError(f"must be a whole number from 1 on, is {number!r}")
