"""Which query may have been signed, where an app saw another one.

The query is signed as it stands in the URL; who reads it and writes it again writes another text.
"""

from collections.abc import Callable, Iterator
from itertools import permutations
from urllib.parse import quote, quote_plus, unquote, unquote_plus

from fake_twilio.domain.webhooks.workbench.address import Address
from fake_twilio.domain.webhooks.workbench.escapes import in_capitals, in_small_letters
from fake_twilio.domain.webhooks.workbench.guess import Difference

MOST_PARTS = 12  # of a query that is taken apart
MOST_ORDERED = 3  # of a query of which every order is tried
_ANEW = "something on the way read the query and wrote it anew"
_ORDER = Difference("another order in the query", _ANEW)


def query_guesses(address: Address) -> Iterator[tuple[Difference, Address]]:
    """Yield *address* with each query that may have been meant, but for its own."""
    if address.query is None:
        return
    yield (
        Difference("no query", "something added what stands behind the ?; Twilio's URL has none"),
        address._replace(query=None),
    )
    guesses = (*_written_anew(address.query), *_ordered(address.query), *_lessened(address.query))
    for difference, query in guesses:
        if query != address.query:
            yield difference, address._replace(query=query or None)


def _written_anew(query: str) -> Iterator[tuple[Difference, str]]:
    yield Difference("small letters in the escapes of the query", _ANEW), in_small_letters(query)
    yield Difference("capitals in the escapes of the query", _ANEW), in_capitals(query)
    yield Difference("%20 in place of + in the query", _ANEW), query.replace("+", "%20")
    yield Difference("+ in place of %20 in the query", _ANEW), query.replace("%20", "+")
    yield Difference("the query without escapes", _ANEW), unquote(query)
    yield Difference("the query without escapes, and + read as a blank", _ANEW), unquote_plus(query)
    yield Difference("the query percent-encoded", "the app read its escapes"), _each(query, _encoded)
    yield Difference("the query percent-encoded, with + for blanks", _ANEW), _each(query, _encoded_plus)
    yield Difference("= behind names without a value in the query", _ANEW), _each(query, _with_mark)
    yield Difference("no = behind names without a value in the query", _ANEW), _each(query, _without_mark)


def _ordered(query: str) -> Iterator[tuple[Difference, str]]:
    parts = query.split("&")
    if 1 < len(parts) <= MOST_ORDERED:
        yield from ((_ORDER, "&".join(order)) for order in permutations(parts))
    yield _ORDER, "&".join(sorted(parts))
    yield _ORDER, "&".join(reversed(parts))


def _lessened(query: str) -> Iterator[tuple[Difference, str]]:
    parts = query.split("&")
    for place, part in enumerate(parts[:MOST_PARTS] if len(parts) > 1 else ()):
        difference = Difference(f"the query without {part.partition('=')[0]}", "something on the way added it")
        yield difference, "&".join(parts[:place] + parts[place + 1 :])


def _each(query: str, change: Callable[[str, str, str], str]) -> str:
    return "&".join(change(*part.partition("=")) for part in query.split("&"))


def _encoded(name: str, mark: str, value: str) -> str:
    return f"{quote(unquote(name), safe='')}{mark}{quote(unquote(value), safe='')}"


def _encoded_plus(name: str, mark: str, value: str) -> str:
    return f"{quote_plus(unquote_plus(name))}{mark}{quote_plus(unquote_plus(value))}"


def _with_mark(name: str, mark: str, value: str) -> str:
    return f"{name}{mark or '='}{value}" if name else name


def _without_mark(name: str, mark: str, value: str) -> str:
    return f"{name}{mark}{value}" if value else name
