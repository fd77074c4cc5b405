"""What a recipient's text asks for: to opt out, to opt in, for help, or perhaps something.

Twilio's own filter takes only a text that is one keyword and nothing else: "Stop please" does not stop it. The FCC asks
for more: a recipient may revoke in any reasonable manner (47 CFR 64.1200(a)(10)). So the text is first stripped of what
does not change its meaning (case, accents, signs, politeness) and then looked up whole in `words`. A text that holds
such a word and says more is doubtful: a person reads it. To opt in takes exactly one of Twilio's words, as at Twilio.

Not legal advice.
"""

import re
from enum import StrEnum
from unicodedata import category, normalize

from twilio_sms.compliance.words import (
    ASKABLE,
    ASKING,
    DOUBTFUL_BODIES,
    DOUBTFUL_PHRASES,
    DOUBTFUL_SIGNS,
    DOUBTFUL_WORDS,
    HELP_WORDS,
    LEADING,
    LOOK_ALIKES,
    OPT_IN_WORDS,
    OPT_OUT,
    TRAILING,
)

_DROPPED = frozenset({"Mn", "Me", "Cf"})  # accents, strike-outs and other marks; zero-width and direction marks
_APOSTROPHES = re.compile("['\u2019\u2018\u02bc`\u00b4]")
_NO_WORD = re.compile(r"[\W_]+")
_LONG_RUN = re.compile(r"(.)\1{2,}")  # no word has a letter three times in a row
_LEADING = tuple(f"{word} " for word in LEADING)
_TRAILING = tuple(f" {word}" for word in TRAILING)
_ASKING = tuple(f"{word} " for word in ASKING)
_DOUBTFUL_PHRASES = tuple(f" {phrase} " for phrase in DOUBTFUL_PHRASES)
_PHRASES_BEGIN = frozenset(phrase.partition(" ")[0] for phrase in DOUBTFUL_PHRASES)
_SPELT_OUT = re.compile(r"\b\w(?: \w){2,}\b")  # s t o p


class Intent(StrEnum):
    """What a text asks for."""

    OPT_OUT = "opt-out"
    OPT_IN = "opt-in"
    HELP = "help"
    REVIEW = "review"  # it may ask for one of these: a person must read it
    NONE = "none"


def read_intent(text: str) -> Intent:
    """Return what *text*, the body of an inbound message, asks for.

    >>> read_intent("Stop, please!")
    <Intent.OPT_OUT: 'opt-out'>
    >>> read_intent("stop by at 5")
    <Intent.REVIEW: 'review'>
    """
    if text.strip().casefold() in OPT_IN_WORDS:
        return Intent.OPT_IN
    folded = fold(text)
    if folded in HELP_WORDS:
        return Intent.HELP
    bare = _bare(folded)
    if _opts_out(folded, bare):
        return Intent.OPT_OUT
    return Intent.REVIEW if _is_doubtful(text, folded, bare) else Intent.NONE


def fold(text: str) -> str:
    """Return the words of *text* in lower case with single spaces, without accents, signs and decoration."""
    letters = text.lower() if text.isascii() else _plain_letters(text)
    words = _NO_WORD.sub(" ", _APOSTROPHES.sub("", letters)).strip()
    return _SPELT_OUT.sub(lambda found: _LONG_RUN.sub(r"\1", found[0].replace(" ", "")), _LONG_RUN.sub(r"\1", words))


def _plain_letters(text: str) -> str:
    letters = normalize("NFKD", text.translate(LOOK_ALIKES)).casefold()
    return "".join(letter for letter in letters if category(letter) not in _DROPPED).translate(LOOK_ALIKES)


def _opts_out(folded: str, bare: str) -> bool:
    """Whether the whole text is a phrase, asks politely for one, or has nothing but such words: stop stop, end quit."""
    if folded in OPT_OUT or bare in OPT_OUT:
        return True
    if bare.startswith(_ASKING) and any(
        bare.startswith(asking) and _bare(bare.removeprefix(asking)) in ASKABLE for asking in _ASKING
    ):
        return True
    words = bare.split()
    return bool(words) and OPT_OUT.issuperset(words)


def _bare(folded: str) -> str:
    """Return the text without the politeness around it."""
    while folded.startswith(_LEADING) or folded.endswith(_TRAILING):
        for word in _LEADING:
            folded = folded.removeprefix(word)
        for word in _TRAILING:
            folded = folded.removesuffix(word)
    return folded


def _is_doubtful(text: str, folded: str, bare: str) -> bool:
    words = folded.split()
    if bare in DOUBTFUL_BODIES or not DOUBTFUL_WORDS.isdisjoint(words):
        return True
    if not words:
        return not DOUBTFUL_SIGNS.isdisjoint(text)
    if _PHRASES_BEGIN.isdisjoint(words):
        return False
    padded = f" {folded} "
    return any(phrase in padded for phrase in _DOUBTFUL_PHRASES)
