"""Look numbers up: whether they are valid, and what Twilio knows about them."""

from collections.abc import Collection
from functools import partial
from typing import Unpack

from twilio_sms.clock import Clock
from twilio_sms.domain.lookup import Lookup
from twilio_sms.domain.lookup_query import LookupOptions, LookupQuery, Package, read_number
from twilio_sms.gateway import Gateway
from twilio_sms.lookup_cache import LookupCache
from twilio_sms.refusals import ForeignAnswer, Json
from twilio_sms.resilience.guard import CircuitBreaker

_TELLING_DIGITS = 6  # at the end of a number


class Lookups:
    """What Twilio knows about numbers; many threads may share it.

    The limits of sending are not asked: nothing is sent. *breaker* is that of Lookup's host. Answers are kept for
    *cache_seconds* (see `lookup_cache`), and a number in national form is one of *default_country*.
    """

    def __init__(
        self,
        gateway: Gateway,
        breaker: CircuitBreaker,
        clock: Clock,
        *,
        cache_seconds: float,
        default_country: str | None = None,
    ) -> None:
        self.breaker = breaker
        self._gateway = gateway
        self._cache = LookupCache(clock, cache_seconds)
        self._default_country = default_country

    def get(
        self,
        number: str,
        fields: Collection[Package] = (),
        *,
        country_code: str | None = None,
        **options: Unpack[LookupOptions],
    ) -> Lookup:
        """Return what Twilio knows about *number*; a number that cannot be one is a value with reasons, not an error.

        *number* is in E.164 form, or in the national form of *country_code* (two letters; without it the client's
        ``default_region``, else Twilio takes ``US``). Without *fields* it is checked and formatted, for nothing; each
        package in them costs money, and *options* are what some of them need: a person to compare with
        (``identity_match``), the day you last knew whose it was (``last_verified_date``). Source: Twilio's OpenAPI
        file, Lookups v2.

        Raises `ValidationError` for what cannot be asked, before anything leaves the process; `BreakerOpenError` while
        Lookup rests; an `ApiError` if Twilio refused, and a `WireError` if no answer came. A lost answer is asked for
        again, within `Timeouts.total_seconds`.
        """
        query = LookupQuery.parse(number, fields, country_code, options, default_country=self._default_country)
        return self._cache.get(query, partial(self._ask, query))

    def forget(self, number: str) -> None:
        """Forget what was told of *number*, so that it is asked, and paid for, again."""
        self._cache.forget(read_number(number))

    def _ask(self, query: LookupQuery) -> Lookup:
        return self._gateway.get("lookup_number", query.path, partial(_read, query), query.form)


def _read(query: LookupQuery, tree: Json) -> Lookup:
    """Read what was told of a query; raise `ForeignAnswer` if it is about somebody else's number.

    HTTP/1.1 has no name for a request, so an answer that comes twice is taken for the next one's. Only the end of the
    number is compared: Twilio may write the rest in another way.
    """
    lookup = Lookup.from_json(tree)
    told, asked = ((number or "").removeprefix("+") for number in (lookup.phone_number, query.number))
    is_comparable = told.isascii() and told.isdigit() and asked.isascii() and asked.isdigit()  # not 1-800-FLOWERS
    if is_comparable and told[-_TELLING_DIGITS:] != asked[-_TELLING_DIGITS:]:
        raise ForeignAnswer("the answer is about another number")
    return lookup
