"""What else may have been signed, and what to do if it was.

Each guess undoes one thing that stands between Twilio and a handler: a proxy that ends TLS, a framework that reads the
query into the form, a token that was rotated. They come from what users of the validators report; the most frequent of
a kind comes first.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, unquote, unquote_plus

from twilio_sms.errors import ValidationError
from twilio_sms.webhooks.keys import HASHES, Keyring, Signer
from twilio_sms.webhooks.parameters import Parameters
from twilio_sms.webhooks.signed_text import Address, form_text

# Sent without a value when nothing is known, and lost by who drops empty parameters.
_OFTEN_EMPTY = tuple(f"{end}{what}" for end in ("From", "To") for what in ("City", "State", "Zip", "Country"))
_SIGNED_BY = (
    "{one.name} signed it, with {one.algorithm}: the header X-Twilio-Webhooks-Signature-Settings must say so; let the "
    "proxy pass that header on, and hand it over as settings"
)
_ADDRESS = 'give the address that Twilio has: public_url="..."'


class Candidate(NamedTuple):
    """One text that may have been signed, and by whom; *trouble* is what is wrong even if it was."""

    address: Address
    behind: str
    signer: Signer
    trouble: str = ""


class Guess(NamedTuple):
    """What would have to be otherwise, in words for a developer, and how it would look then."""

    advice: str
    apply: Callable[[Candidate], Candidate]


def of_scheme(address: Address) -> list[Guess]:
    other = {"http": "https", "https": "http"}.get(address.scheme)
    if other is None:
        return []
    advice = f"the scheme is {other}: a proxy in front of the app changes it; {_ADDRESS} or name trusted_proxies"
    return [Guess(advice, lambda one: one._replace(address=one.address._replace(scheme=other)))]


def of_host(address: Address, others: Iterable[str]) -> list[Guess]:
    """Guess the *others*, each ``host[:port]``, and the host in small letters."""
    lower = address.host.lower() + (f":{address.port}" if address.port else "")
    seen = address.host + (f":{address.port}" if address.port else "")
    names = [name for name in dict.fromkeys([*others, lower]) if name != seen]
    return [_host(name) for name in names]


def _host(name: str) -> Guess:
    bare, _, port = name.rpartition(":") if name.rpartition(":")[2].isdecimal() else (name, "", "")
    advice = f"the host is {name}: the app sees another; {_ADDRESS}"
    return Guess(advice, lambda one: one._replace(address=one.address._replace(host=bare, port=port)))


def of_path(address: Address, prefixes: Iterable[str]) -> list[Guess]:
    path = address.path
    slashed = path.removesuffix("/") if path.endswith("/") else f"{path}/"
    verb = "no slash at its end" if path.endswith("/") else "a slash at its end"
    guesses = [(slashed, f"the path has {verb}: give Twilio the address that the app answers without a redirect")]
    guesses += [
        (f"{prefix.rstrip('/')}{path}", f"the path begins with {prefix}: a proxy takes it off; {_ADDRESS} with it")
        for prefix in prefixes
    ]
    encoded, decoded = quote(path, safe="/%:@!$&'()*+,;=~-._"), unquote(path)
    guesses += [
        (text, "the path is percent-encoded in another way: hand over the path as it was requested")
        for text in (encoded, decoded)
    ]
    return [Guess(advice, _with_path(text)) for text, advice in guesses if text != path]


def _with_path(path: str) -> Callable[[Candidate], Candidate]:
    def apply(one: Candidate) -> Candidate:
        mark = "?" if "?" in one.address.target else ""
        return one._replace(address=one.address._replace(target=f"{path}{mark}{one.address.query}"))

    return apply


def of_query(address: Address) -> list[Guess]:
    query = address.query
    if not query:
        has_mark = "?" in address.target
        advice = (
            f"the address ends {'without' if has_mark else 'with'} a ?: give Twilio an address without an empty query"
        )
        target = address.path if has_mark else f"{address.path}?"
        return [Guess(advice, lambda one: one._replace(address=one.address._replace(target=target)))]
    pairs = parse_qsl(query, keep_blank_values=True)
    encoded = "the query is percent-encoded in another way: hand over the query as it was requested"
    variants = [
        ("", "the address has no query: something adds one on the way"),
        (
            "&".join(sorted(query.split("&"))),
            "the parameters of the query come in another order: hand it over as it came",
        ),
        (query.replace("+", "%20"), "a space in the query is %20, not +: hand it over as it was requested"),
        (query.replace("%20", "+"), "a space in the query is +, not %20: hand it over as it was requested"),
        ("&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in pairs), encoded),
        (unquote(query), encoded),
    ]
    return [
        Guess(advice, lambda one, text=text: one._replace(address=one.address.with_query(text)))  # type: ignore[misc]
        for text, advice in variants
        if text != query
    ]


def of_form(address: Address, pairs: tuple[tuple[str, str], ...]) -> Iterator[Guess]:
    """Guess what a framework made of the parameters."""
    in_query = set(parse_qsl(address.query, keep_blank_values=True))
    names = {name for name, _ in pairs}
    missing = tuple((name, "") for name in _OFTEN_EMPTY if name not in names)
    changes: list[tuple[str, tuple[tuple[str, str], ...]]] = [
        (
            "the parameters of the query are signed in the address, not once more: hand over those of the body alone",
            tuple(pair for pair in pairs if pair not in in_query),
        ),
        ("nothing is signed behind the address, as for a GET or a JSON body: hand over no parameters", ()),
        ("empty parameters count: hand over all of them (here FromCity and its like)", pairs + missing),
        ("an empty Body counts: hand it over", (*pairs, *((("Body", ""),) if "Body" not in names else ()))),
        ("a + of a number was read as a space: do not decode the form twice", _each(pairs, _with_plus)),
        ("a + of the form is a space: decode it as application/x-www-form-urlencoded", _each(pairs, _with_spaces)),
        ("the values are still percent-encoded: decode them once", _each(pairs, unquote_plus)),
        *(
            ("white space around a text counts: do not strip the Body", _each(pairs, form, only="Body"))
            for form in ("{} ".format, "{}\n".format, " {}".format, "{}\r\n".format)
        ),
        ("a line ends with CR LF as it was sent: do not change the ends of lines", _each(pairs, _with_crlf)),
    ]
    for advice, changed in changes:
        if set(changed) != set(pairs):
            yield _behind(advice, form_text(changed))


def of_body(body: bytes) -> list[Guess]:
    """Guess that a raw body is a form."""
    try:
        text = form_text(Parameters.parse(body).pairs)
    except ValidationError:
        return []
    return [_behind("the body is a form: check it with validate_form, or hand over its parameters", text)]


def of_signer(keyring: Keyring, signers: tuple[Signer, ...]) -> list[tuple[Signer, str]]:
    """Guess who signed but *signers*, or with which other hash; each with an advice."""
    everyone = [*keyring.by_token, *(signer for _, signer in keyring.by_key)]
    others = [one._replace(algorithm=algorithm) for one in everyone for algorithm in HASHES]
    trusted = {(one.name, one.algorithm) for one in signers}
    return [(one, _SIGNED_BY.format(one=one)) for one in others if (one.name, one.algorithm) not in trusted]


def _behind(advice: str, text: str) -> Guess:
    return Guess(advice, lambda one: one._replace(behind=text, trouble=""))


def _each(
    pairs: tuple[tuple[str, str], ...], change: Callable[[str], str], only: str | None = None
) -> tuple[tuple[str, str], ...]:
    return tuple((name, change(value) if only in (None, name) else value) for name, value in pairs)


def _with_plus(value: str) -> str:
    return f"+{value[1:]}" if value.startswith(" ") and value[1:].isdecimal() else value


def _with_spaces(value: str) -> str:
    return value if value.startswith("+") and value[1:].isdecimal() else value.replace("+", " ")


def _with_crlf(value: str) -> str:
    return value.replace("\r\n", "\n").replace("\n", "\r\n")
