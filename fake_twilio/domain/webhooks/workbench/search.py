"""Looks for what was signed: URLs, parameters and signers, by as few differences as can be.

A signature says yes or no and nothing else, so what was signed is found by trying. First all as it is given, then one
difference of each kind, then two. What Twilio's validators try by themselves, a port more or less, costs nothing.
"""

import hmac
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from fake_twilio.domain.webhooks.workbench.address import as_validators_try
from fake_twilio.domain.webhooks.workbench.guess import Difference, Guess
from fake_twilio.domain.webhooks.workbench.signatory import Signatory

MOST_DIFFERENCES = 2
MOST_TRIES = 30_000
MOST_CHARACTERS = 20_000_000  # of all texts together


class Try(NamedTuple):
    """One text that may have been signed: a URL, what stands behind it, who signs, and what is different."""

    url: str
    tail: str
    signatory: Signatory
    differences: tuple[Difference, ...]


class Space(NamedTuple):
    """All that may have been signed: each list begins with what is given."""

    urls: Sequence[Guess]
    tails: Sequence[Guess]
    elsewhere: Sequence[tuple[Difference, str, str]]  # where URL and tail differ together
    signatories: Sequence[Signatory]


class Found(NamedTuple):
    """What a search has come to: what was signed, if it was found, and whether all was tried."""

    match: Try | None
    tries: int
    is_complete: bool


def search(space: Space, readings: Sequence[Guess]) -> Found:
    """Return what one of the *readings* of a signature is the signature of."""
    tries, characters = 0, 0
    for tries, attempt in enumerate(islice(_attempts(space), MOST_TRIES), 1):
        match = _matching(attempt, readings)
        if match is not None:
            return Found(match, tries, is_complete=True)
        characters += len(attempt.url) + len(attempt.tail)
        if characters > MOST_CHARACTERS:
            return Found(None, tries, is_complete=False)
    return Found(None, tries, is_complete=tries < MOST_TRIES)


def _matching(attempt: Try, readings: Sequence[Guess]) -> Try | None:
    made = attempt.signatory.signer.sign(attempt.url + attempt.tail).encode()
    for reading in readings:
        if hmac.compare_digest(made, reading.text.encode("utf-8", "surrogatepass")):
            return attempt._replace(differences=reading.differences + attempt.differences)
    return None


def _attempts(space: Space) -> Iterator[Try]:
    """Yield what is tried, with no difference first, then with one, then with two."""
    right, *others = space.signatories
    for count in range(MOST_DIFFERENCES + 1):
        yield from _signed(space, count, right, ())
        for other in others if count else ():
            yield from _signed(space, count - 1, other, (other.in_place_of(right),))


def _signed(space: Space, count: int, signatory: Signatory, signed: tuple[Difference, ...]) -> Iterator[Try]:
    """Yield what *signatory* may have signed with *count* differences."""
    for url, tail, differences in _texts(space, count):
        for tried in as_validators_try(url):
            yield Try(tried, tail, signatory, differences + signed)


def _texts(space: Space, count: int) -> Iterator[tuple[str, str, tuple[Difference, ...]]]:
    for of_url in range(count, -1, -1):
        tails = [tail for tail in space.tails if len(tail.differences) == count - of_url]
        for url in space.urls:
            if len(url.differences) == of_url:
                yield from ((url.text, tail.text, url.differences + tail.differences) for tail in tails)
    if count == 1:
        yield from ((url, tail, (difference,)) for difference, url, tail in space.elsewhere)
