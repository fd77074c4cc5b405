"""Which URL may have been signed, where an app saw another one.

Twilio signs the URL as it is configured. What stands before an app changes it: a proxy ends TLS and passes another host
on, a port map has another number, a router adds a slash, a framework puts a query together anew.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain

from fake_twilio.domain.webhooks.workbench.address import Address
from fake_twilio.domain.webhooks.workbench.forwarded import Forwarded
from fake_twilio.domain.webhooks.workbench.guess import Difference, Guess, widened
from fake_twilio.domain.webhooks.workbench.path_guesses import path_guesses
from fake_twilio.domain.webhooks.workbench.query_guesses import query_guesses

PORTS = ("443", "80", "8080", "8443", "8000", "5000", "3000")
MOST_HOSTS = 6
MOST_CHARACTERS = 4_000  # of a URL of which two differences are tried: Twilio's are shorter
Moved = Iterator[tuple[Difference, Address]]
_SCHEMES = {"http": "https", "https": "http"}


def address_guesses(url: str, forwarded: Forwarded) -> list[Guess]:
    """Return *url*, and what it may have been by one or two differences; *forwarded* is what a proxy said."""
    single = partial(_guesses, forwarded=forwarded)
    if len(url) <= MOST_CHARACTERS:
        return widened(url, single)
    return [Guess(url), *(Guess(text, (difference,)) for difference, text in single(url))]


def _guesses(url: str, forwarded: Forwarded) -> Iterator[tuple[Difference, str]]:
    if url != url.strip():
        yield Difference("the URL without blanks around it", "they were pasted along"), url.strip()
    if "&amp;" in url:
        yield Difference("& in place of &amp; in the URL", "it was copied from HTML"), url.replace("&amp;", "&")
    address = Address.find(url)
    if address is None:
        yield from _completed(url, forwarded)
        return
    for difference, moved in (*chain.from_iterable(part(address) for part in _PARTS), *_proxied(address, forwarded)):
        yield difference, moved.write()


def _completed(url: str, forwarded: Forwarded) -> Iterator[tuple[Difference, str]]:
    if url.startswith("/"):
        for name, host in forwarded.hosts[:MOST_HOSTS]:
            for scheme in ("https", "http"):
                text = f"the URL from its beginning, {scheme}://{host}, not the path alone"
                yield Difference(text, f"Twilio signs the whole URL; {name} has its host"), f"{scheme}://{host}{url}"


def _scheme(address: Address) -> Moved:
    scheme = _SCHEMES.get(address.scheme.lower())
    if scheme:
        why = "a proxy ends TLS and asks the app by http; trust its X-Forwarded-Proto"
        if scheme == "http":
            why = "Twilio was given an http URL, and something before the app moved it to https"
        yield Difference(f"{scheme} in place of {address.scheme}", why), address._replace(scheme=scheme)


def _userinfo(address: Address) -> Moved:
    if address.userinfo is not None:
        why = "Twilio takes them out of the URL before it signs"
        yield Difference("the URL without user:password@", why), address._replace(userinfo=None)


def _fragment(address: Address) -> Moved:
    if address.fragment is not None:
        why = "a fragment has Twilio's connection overrides; it is neither sent nor signed"
        yield Difference("the URL without what follows #", why), address._replace(fragment=None)


def _ports(address: Address) -> Moved:
    for port in PORTS:
        if port != address.port:
            why = "a proxy or a port map passed the request on without it, or to another one"
            yield Difference(f"the port :{port}", why), address._replace(port=port)


def _host(address: Address) -> Moved:
    if address.host != address.host.lower():
        why = "a host is the same in small letters, but a signature is not"
        yield Difference("the host in small letters", why), address._replace(host=address.host.lower())


def _proxied(address: Address, forwarded: Forwarded) -> Moved:
    for name, said in forwarded.hosts[:MOST_HOSTS]:
        host = Address.find(f"{address.scheme}://{said}")
        if host is not None and (host.host, host.port) != (address.host, address.port):
            moved = address._replace(host=host.host, port=host.port)
            why = "the proxy asks the app by another name; have the app trust that header"
            yield Difference(f"the host {said}, as in {name}", why), moved
            if forwarded.scheme and forwarded.scheme != address.scheme:
                what = f"{forwarded.scheme}://{said}, as in {name} and x-forwarded-proto"
                yield Difference(what, why), moved._replace(scheme=forwarded.scheme)
    if forwarded.port and forwarded.port != address.port:
        why = "the proxy listens there, the app elsewhere"
        yield (
            Difference(f"the port :{forwarded.port}, as in x-forwarded-port", why),
            address._replace(port=forwarded.port),
        )
    if forwarded.prefix:
        what = f"the path below {forwarded.prefix}, as in x-forwarded-prefix"
        why = "the proxy takes a part of the path away"
        yield Difference(what, why), address._replace(path=f"{forwarded.prefix}{address.path}")


_PARTS: tuple[Callable[[Address], Moved], ...] = (
    _scheme,
    _userinfo,
    _fragment,
    _ports,
    _host,
    path_guesses,
    query_guesses,
)
