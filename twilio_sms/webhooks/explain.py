"""Why a signature is refused, and what would make it right.

All changes that are guessed are tried one by one, then two together and more, until the signature is right: the fewest
that do are the explanation. Who holds no secret learns nothing here: for a signature that no trusted secret made, no
change is found. The number of tries is bounded, and nothing of the request is told but its scheme, host and path.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, islice, product
from typing import NamedTuple

from twilio_sms.errors import ValidationError
from twilio_sms.redaction import mask_numbers
from twilio_sms.webhooks import guesses
from twilio_sms.webhooks.guesses import Candidate, Guess
from twilio_sms.webhooks.keys import Keyring, Signer
from twilio_sms.webhooks.signed_text import Address, Params, addresses, body_hashes, form_text, pairs_of

MAX_CHANGES = 5  # one of each kind
MAX_HINTS = 4  # hosts and prefixes that are tried
MAX_TRIES = 20_000  # each a few microseconds
_LENGTHS = (28, 44)  # base64 of a SHA-1, and of a SHA-256


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What was found out: *changes* are the fewest that make the signature right, *notes* what else strikes the eye.

    *is_valid* says that nothing need be changed. *tries* is how many texts were tried.
    """

    is_valid: bool
    changes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    tries: int = 0

    @property
    def is_found(self) -> bool:
        """Whether something matches: the request as it came, or with the changes."""
        return self.is_valid or bool(self.changes)

    def __str__(self) -> str:
        if self.is_valid:
            lines = ["the signature is right"]
        elif self.changes:
            lines = ["the signature is right if", *(f"- {change}" for change in self.changes)]
        else:
            lines = [
                f"nothing matches, of {self.tries} texts that were tried: "
                "what is left is the token of another account, or a form that is not as it came"
            ]
        return "\n".join([*lines, *(f"note: {note}" for note in self.notes)])


class Sent(NamedTuple):
    """A request as its receiver hands it over; *pairs* of a form, or the raw *body*.

    *hosts* and *prefixes* are what else the request says of its address: they are only guesses.
    """

    address: Address | None
    pairs: tuple[tuple[str, str], ...]
    body: bytes | None
    signature: str
    settings: str | None = None
    method: str = "POST"
    hosts: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()

    @classmethod
    def read(cls, url: str, params: Params | str | bytes | None, signature: str | None) -> "Sent":
        """Take the arguments of `RequestValidator.validate`; an address that is none is ``None``.

        Raises `ValidationError` for *params* that are none, since that is how the app calls, and not what came.
        """
        try:
            address: Address | None = Address.parse(url)
        except (ValidationError, TypeError):
            address = None
        given = signature if isinstance(signature, str) else ""
        raw = params.encode("utf-8", "surrogatepass") if isinstance(params, str) else params
        if isinstance(raw, bytes):
            return cls(address, (), raw, given)
        return cls(address, _texts_of(raw), None, given)

    def __repr__(self) -> str:
        return f"Sent({self.method}, {len(self.pairs)} parameters)"  # all else may hold numbers and texts


def _texts_of(params: Params | None) -> tuple[tuple[str, str], ...]:
    try:
        pairs = tuple((name, value) for name, value in pairs_of(params))
        are_texts = all(isinstance(text, str) for pair in pairs for text in pair)
    except (TypeError, ValueError):  # no pairs
        are_texts = False
    if not are_texts:
        raise ValidationError("params must be texts: a mapping, pairs of name and value, or the raw body")
    return pairs


def explain(sent: Sent, keyring: Keyring) -> Explanation:
    """Say for which changes of *sent* its signature would be right."""
    signers = keyring.signers(sent.settings)
    notes = tuple(_notes(sent, signers))
    if sent.address is None or not sent.signature.strip():
        return Explanation(is_valid=False, notes=notes)
    tries = 0
    for candidate, changes in islice(_candidates(sent, sent.address, keyring, signers), MAX_TRIES):
        tries += 1
        if _is_signed(candidate, sent.signature):
            found = (*changes, *((candidate.trouble,) if candidate.trouble else ()), *_of_header(sent.signature))
            notes += _of_several(candidate.signer, signers)
            return Explanation(is_valid=not found, changes=tuple(map(mask_numbers, found)), notes=notes, tries=tries)
    return Explanation(is_valid=False, notes=notes, tries=tries)


def _candidates(
    sent: Sent, address: Address, keyring: Keyring, signers: tuple[Signer, ...]
) -> Iterator[tuple[Candidate, tuple[str, ...]]]:
    """Yield what may have been signed, with what would have to be changed for it: the fewest changes first."""
    behind = "" if sent.body is not None or sent.method == "GET" else form_text(sent.pairs)
    kinds = _kinds(sent, address)
    trouble = _trouble(sent, address)
    others = guesses.of_signer(keyring, signers)
    for count in range(MAX_CHANGES + 1):
        for some in _chosen(kinds, count):
            for signer in signers:
                yield _applied(Candidate(address, behind, signer, trouble), some)
        for some in _chosen(kinds, count - 1):
            for signer, advice in others:
                candidate, changes = _applied(Candidate(address, behind, signer, trouble), some)
                yield candidate, (*changes, advice)


def _kinds(sent: Sent, address: Address) -> list[list[Guess]]:
    """Return the guesses; of each kind at most one is taken."""
    behind = guesses.of_form(address, sent.pairs) if sent.body is None else guesses.of_body(sent.body)
    return [
        guesses.of_scheme(address),
        guesses.of_host(address, sent.hosts),
        guesses.of_path(address, sent.prefixes),
        guesses.of_query(address),
        list(behind),
    ]


def _chosen(kinds: Sequence[list[Guess]], count: int) -> Iterator[tuple[Guess, ...]]:
    """Yield all choices of *count* guesses of different kinds; there is one of none, and none of fewer."""
    if count < 0:
        return iter(())
    return chain.from_iterable(product(*some) for some in combinations(kinds, count))


def _applied(candidate: Candidate, some: tuple[Guess, ...]) -> tuple[Candidate, tuple[str, ...]]:
    for guess in some:
        candidate = guess.apply(candidate)
    return candidate, tuple(guess.advice for guess in some)


def _is_signed(candidate: Candidate, signature: str) -> bool:
    given = signature.strip().encode("ascii", "replace")
    behind = candidate.behind.encode("utf-8", "surrogatepass")
    texts = [one.encode("utf-8", "surrogatepass") + behind for one in _readable(candidate.address)]
    return any(hmac.compare_digest(given, candidate.signer.sign(text)) for text in texts)


def _readable(address: Address) -> tuple[str, ...]:
    try:
        return addresses(str(address))
    except ValidationError:  # a guess that is no address
        return ()


def _trouble(sent: Sent, address: Address) -> str:
    """Return what is wrong with hash and body, for whom the address alone is signed."""
    hashes = body_hashes(str(address))
    if sent.body is None:
        return "bodySHA256 is in the query, so this is no form: hand over the raw body" if hashes else ""
    if len(hashes) != 1:
        return f"a raw body needs one bodySHA256 in the query, there are {len(hashes)}: hand over the query as it came"
    if _has_hash(sent.body, hashes[0]):
        return ""
    if any(_has_hash(one, hashes[0]) for one in _rewritten(sent.body)):
        return "the body was read and written anew: hand over its bytes before anything parses it"
    return "the body is not the one that was hashed: hand over its bytes before anything reads or decodes it"


def _rewritten(body: bytes) -> Iterator[bytes]:
    """Yield what a JSON body may have been before a framework wrote it anew."""
    yield from (body.strip(), body + b"\n", body + b"\r\n")
    try:
        tree = json.loads(body)
    except (ValueError, RecursionError):
        return
    for separators in ((",", ":"), (", ", ": ")):
        for is_ascii in (True, False):
            yield json.dumps(tree, separators=separators, ensure_ascii=is_ascii).encode("utf-8", "surrogatepass")


def _has_hash(body: bytes, wanted: str) -> bool:
    found = hashlib.sha256(body).hexdigest()
    return hmac.compare_digest(found.encode(), wanted.lower().encode("utf-8", "surrogatepass"))


def _of_header(signature: str) -> tuple[str, ...]:
    if len(signature) == len(signature.strip()):
        return ()
    return ("the signature has no white space around it: hand over the header as it came",)


def _of_several(signer: Signer, signers: tuple[Signer, ...]) -> tuple[str, ...]:
    """Say which of several *signers* it was: who rotates a token sees when the new one counts."""
    return (f"{signer.name} signed it",) if len(signers) > 1 and signer in signers else ()


def _notes(sent: Sent, signers: tuple[Signer, ...]) -> Iterator[str]:
    """Yield what strikes the eye, whatever matches."""
    if sent.address is None:
        yield "the address is none: it must be scheme://host[:port]/path?query"
    if not sent.signature.strip():
        yield "there is no signature: the request has no X-Twilio-Signature, or has it twice, or is not Twilio's"
    elif len(sent.signature.strip()) not in _LENGTHS:
        yield f"a signature has 28 or 44 characters, this one has {len(sent.signature.strip())}: it was cut or changed"
    if sent.settings is not None and not signers:
        yield "the request names a shared key that is not known here, or its settings are unclear: add the SharedKey"
    elif not signers:
        yield "the request names no shared key, and only shared keys are known here: add the auth token"
