"""One-time codes in a text: what stands where a sentence about a code has it.

A number alone says nothing: the same digits may be a year, a price, an order. So what looks like a code is one only if
a word that means one names it within the same sentence, before it (``your code for Acme is 482913``) or behind it
(``482913 is your code``); if somebody is asked to use it to log in; if it stands alone on a line of a text about a
code; if it follows another code in a list; or in the line by which a code is bound to a site, ``@example.com #482913``
(W3C Web Incubator, "Origin-bound one-time codes delivered via SMS").
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from fake_twilio.domain.messages.code_words import (
    APOSTROPHES,
    ASKS,
    DOES,
    LEADS,
    OTHER_CODES,
    SIGNS,
    SPEECHES,
    STOP,
    STOPS,
    TO_DO,
    UNITS,
    Speech,
)

_DIGITS = r"\d{3}[ -]\d{3}(?:[ -]\d{3})?|\d{4}[ -]\d{4}|\d{2}[ -]\d{2}[ -]\d{2}|\d{4,8}"
_MIXED = r"(?=[a-z]*\d)(?=\d*[a-z])(?!\d+[a-z]{1,4}\b)[a-z0-9]{4,12}"  # no 10am, no 30min
_LOOKS_LIKE_A_CODE = re.compile(
    r"(?<![\w.,$€£¥₹+/@-])(?<!\d[ :])"  # no part of a number, a price, a date, an address
    rf"(?:[A-Z]{{1,4}}-\d{{4,8}}|{_DIGITS}|(?-i:[A-Z0-9]{{4}}-[A-Z0-9]{{4}})|{_MIXED})"
    r"(?![\w/@-]|[.,:]\d| \d"
    rf"|\s?[%€£¥$₹]|\s?(?:{UNITS})\b)",
    re.IGNORECASE | re.ASCII,
)
_BOUND = re.compile(r"(?:^|\s)@[\w.-]+ #([^\s@%]{4,12})(?!\S)")
_NEAR, _FAR = 40, 120  # characters: just before a code, and from a code to its name
_MOST_NAMES = 16  # before a code and behind it; one word may be a name in several languages
_LETTERS = rf"[^\W\d][\w.&{APOSTROPHES}-]*"
_AND = re.compile(r"\s*(?:,|,?\s*(?:and|or|&|und|oder|et|ou|y|o|e))\s*", re.IGNORECASE)
_BEGINS = re.compile(rf"(?:^|[\n,.>\])】{LEADS}{STOPS}]){SIGNS}\Z")
_ASKED = re.compile(rf"(?:^|\W)(?:{ASKS}){SIGNS}\Z", re.IGNORECASE)
_WHAT_FOR = re.compile(rf"{SIGNS}(?<=\W)(?:{TO_DO})\b(?:(?!{STOP}).)*?(?:{DOES})", re.IGNORECASE | re.DOTALL)
_ENDS = re.compile(r"\s*(?:[,.;]|\b(?:and|or)\b|&|\Z)", re.IGNORECASE)
_COMPOUND = re.compile("codes?$", re.IGNORECASE)
_OTHER = re.compile(rf"\b(?:{OTHER_CODES})[ -]?\Z", re.IGNORECASE)


class _Name(NamedTuple):
    """A word that means a code, and what may lead from it to a code, and from a code to it."""

    start: int
    end: int
    to_code: re.Pattern[str]
    to_name: re.Pattern[str]
    to_name_at_once: re.Pattern[str]  # from a code with which a sentence begins


class _Grammar(NamedTuple):
    names: re.Pattern[str]
    paths: tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]


class _Spot(NamedTuple):
    """Where something stands in a text."""

    text: str
    start: int
    end: int

    @property
    def before(self) -> str:
        return self.text[max(self.start - _NEAR, 0) : self.start]

    @property
    def line(self) -> str:
        return self.text[self.text.rfind("\n", 0, self.start) + 1 :].partition("\n")[0]


def codes_in(text: str) -> list[str]:
    """Return the codes in *text* as they stand there, in their order; one that is written in two ways once."""
    found = [(bound.start(1), bound[1]) for bound in _BOUND.finditer(text)]
    spots = [_Spot(text, *match.span()) for match in _LOOKS_LIKE_A_CODE.finditer(text)]
    names = sorted(_names(text), key=attrgetter("start")) if spots else []
    last = 0
    for spot in spots:
        if _is_named(spot, names, last) or _is_asked_for(spot) or _is_alone(spot, names) or _goes_on(spot, last):
            found.append((spot.start, text[spot.start : spot.end]))
            last = spot.end
    once: dict[str, str] = {}
    for _, code in sorted(found):
        once.setdefault(re.sub("[ -]", "", code), code)
    return list(once.values())


def _names(text: str) -> Iterator[_Name]:
    for grammar in _grammars():
        for match in grammar.names.finditer(text):
            before = text[max(match.start() - _NEAR, 0) : match.start()]
            if not _OTHER.search(before) and not _OTHER.fullmatch(_COMPOUND.sub("", match[0])):
                yield _Name(*match.span(), *grammar.paths)


def _is_named(spot: _Spot, names: Sequence[_Name], last: int) -> bool:
    """Whether a name before it leads to it, and to no other code that ended at *last*, or one behind it tells of it."""
    at = bisect_left(names, spot.start, key=attrgetter("start"))
    before, behind = names[max(at - _MOST_NAMES, 0) : at], names[at : at + _MOST_NAMES]
    return any(_leads_to(name, spot) for name in before if name.end >= last) or any(
        _tells_of(name, spot) for name in behind
    )


def _leads_to(name: _Name, spot: _Spot) -> bool:
    if not 0 <= spot.start - name.end <= _FAR:
        return False
    return name.to_code.fullmatch(spot.text, name.end, spot.start) is not None


def _tells_of(name: _Name, spot: _Spot) -> bool:
    if not 0 <= name.start - spot.end <= _FAR:
        return False
    paths = (name.to_name, name.to_name_at_once) if _BEGINS.search(spot.before) else (name.to_name,)
    return any(path.fullmatch(spot.text, spot.end, name.start) for path in paths)


def _is_asked_for(spot: _Spot) -> bool:
    """Whether somebody is asked to use it to log in, or the like."""
    return bool(_ASKED.search(spot.before) and _WHAT_FOR.match(spot.text, spot.end, spot.end + _FAR))


def _is_alone(spot: _Spot, names: Sequence[_Name]) -> bool:
    """Whether nothing else stands on its line, in a text that speaks of a code."""
    return bool(names) and spot.line.strip(' \t\r*."' + APOSTROPHES) == spot.text[spot.start : spot.end]


def _goes_on(spot: _Spot, last: int) -> bool:
    """Whether it follows another code, which ended at *last*, in a list."""
    return last > 0 and bool(_AND.fullmatch(spot.text, last, spot.start) and _ENDS.match(spot.text, spot.end))


def _grammar(speech: Speech) -> _Grammar:
    edge = r"\b" if speech.is_spaced else ""
    names = rf"(?<!\w)(?:{speech.names})(?!\w)" if speech.is_spaced else speech.names
    verbs, owners = f"{edge}(?:{speech.verbs or '(?!)'}){edge}", f"(?:{speech.owners or '(?!)'})"
    until = rf"(?:(?!{STOP}|{verbs}).)*"
    signs = rf"(?:(?!{STOP}|{verbs})[^{LEADS}])*[{LEADS}]"
    to_code = rf"{SIGNS}(?:(?:below|here|number|no\.|nr\.?|now)?{SIGNS}|(?:{until}{verbs}|{signs}){SIGNS})"
    to_name = rf"{SIGNS}{verbs} +{owners} +{_words(5)}"
    at_once = rf"{SIGNS}(?:{verbs} *|{owners} +)?{_words(2)}"
    if not speech.is_spaced:
        to_name = at_once = rf"{SIGNS}(?:{verbs})?[^\d\n{STOPS}]{{0,12}}"
    flags = re.IGNORECASE | re.DOTALL
    paths = (re.compile(to_code, flags), re.compile(to_name, flags), re.compile(at_once, flags))
    return _Grammar(re.compile(names, re.IGNORECASE), paths)


def _words(most: int) -> str:
    """Return what finds some words, the last of which may be the first part of one with a hyphen."""
    return rf"(?:{_LETTERS}+ +){{0,{most}}}(?:{_LETTERS}-)?"


@cache  # it takes longer than all else that a fake does at its start
def _grammars() -> tuple[_Grammar, ...]:
    return tuple(map(_grammar, SPEECHES))
