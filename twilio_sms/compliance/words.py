"""The words that opt out, opt in and ask for help, as data.

Not legal advice. Regulators judge other words by the circumstances, so a text that holds such a word and says more than
these phrases is for a person to read, never dropped.

All are written as `twilio_sms.compliance.keywords.fold` leaves a text: lower case, no accents, apostrophes or signs,
single spaces. Change VERSION with every change.

Sources: 47 CFR 64.1200(a)(10) (FCC 24-24, 89 FR 15756) for FCC_WORDS; Twilio, "Advanced Opt-Out" and support article
223134027, for TWILIO_WORDS, OPT_IN_WORDS and HELP_WORDS. The phrases are ours, after CTIA's Messaging Principles 5.1.3:
a recipient's normal language must be understood.
"""

from collections.abc import Iterator
from itertools import product

VERSION = "2026-01"


def _list(text: str) -> tuple[str, ...]:
    return tuple(text.split(", "))


def _all(*parts: tuple[str, ...]) -> Iterator[str]:
    """Yield each sentence that has one of each of *parts*; an empty part leaves no gap."""
    return (" ".join(filter(None, words)) for words in product(*parts))


FCC_WORDS = frozenset(_list("stop, quit, end, revoke, opt out, cancel, unsubscribe"))
TWILIO_WORDS = frozenset(_list("stop, unsubscribe, end, quit, stopall, revoke, optout, cancel"))
MISSPELT_WORDS = frozenset(
    _list(
        "st0p, 5top, stpo, sotp, tsop, stp, stopp, unsub, unsubscibe, unsubcribe, unsuscribe, unsubsribe, unsubscrib,"
        " unscubscribe, unsubscripe, unsubscribed, unsubscriber, cancell"
    )
)
# Whole texts only. The last is Russian, as LOOK_ALIKES leave it.
FOREIGN_WORDS = frozenset(_list("arret, alto, parar, detener, cancelar, abmelden, desabonner, desinscrire, ctoп"))

OPT_IN_WORDS = frozenset(_list("start, unstop, yes"))
HELP_WORDS = frozenset(_list("help, info"))

# What may stand before and after a phrase and changes nothing.
LEADING = _list("please, pls, plz, pleas, kindly, ok, okay, hi, hello, hey, sorry, just, now, so, and, i said")
ASKING = _list("can you, can u, could you, would you, will you")  # "can you cancel?" may mean a visit
TRAILING = _list(
    "please, pls, plz, pleas, kindly, now, thanks, thank you, thx, ty, immediately, asap, again, anymore, any more,"
    " already, ever, forever, for ever, for good, right now, right away, at once, sir, sent from my iphone"
)

_STOP = _list("stop, quit, cease")
_DO_NOT = _list("do not, dont, never")
_NOUNS = _list("texts, text messages, messages, msgs, sms, alerts, notifications, spam")
_WHICH = ("", *_list("the, these, this, your, any, all, all the, all these"))
_ME = _list("me, us, this number, my number, this phone, my phone, here")
_MINE = _list("me, us, my number, this number, my phone number")
_LISTS = tuple(
    _all(
        _list("from, off, off of"),
        _list("your, this, the, all, any, ur"),
        _list("list, lists, mailing list, text list, sms list, contact list, contacts, database, system, texts"),
    )
)
_I_WANT = _list("i want, i would like, id like, i wish, i need, want, wish")
_RECEIVING = tuple(_all(_list("stop receiving, stop getting, stop"), _WHICH, _NOUNS))
_WANTED = (*_list("opt out, unsubscribe, be removed, be taken off, opt out of texts, opt out of messages"), *_RECEIVING)

PHRASES = frozenset(
    (
        *_all(_STOP, _list("texting, messaging, contacting, spamming, bothering, harassing, txting"), ("", *_ME)),
        *_all(_STOP, ("sending",), ("", "me", "us"), _WHICH, _NOUNS),
        *_all((*_STOP, "end", "cancel", "no more"), _WHICH, _NOUNS),
        *_all(_DO_NOT, _list("text, txt, message, msg, sms, contact"), _ME),
        *_all(_DO_NOT, ("send",), ("", "me", "us"), _WHICH, _NOUNS),
        *_all(_list("remove, delete, unsubscribe"), _MINE, ("", *_LISTS)),
        *_all(_list("take, drop, get"), _MINE, ("off", *_LISTS)),
        *_all(_I_WANT, ("to",), _WANTED),
        *_all(("", *_list("i, i hereby")), _list("revoke, withdraw"), ("", "my"), ("consent",)),
        *_all(_list("cancel, end, stop"), ("", "my", "the"), ("subscription",)),
        *_list("opt me out, opt us out, opt this number out, opt my number out, i opt out, opting out, im opting out"),
        *_list("i am opting out, opt out of texts, opt out of messages, opt out of all, unsubscribe all, stop all"),
        *_list("stop it, stop this, stop these, cease and desist, leave me alone, lose my number, consent revoked"),
    )
)

OPT_OUT = FCC_WORDS | TWILIO_WORDS | MISSPELT_WORDS | FOREIGN_WORDS | PHRASES
ASKABLE = PHRASES | {"stop", "unsubscribe"}

# A text that holds one of these and is none of the above may still ask to opt out, or back in.
DOUBTFUL_WORDS = MISSPELT_WORDS | frozenset(
    _list(
        "stop, stops, stopped, stopping, stopall, quit, quits, quitting, end, ends, ending, revoke, revoked, revoking,"
        " optout, opt, opted, opting, optin, cancel, cancels, cancelled, canceled, cancelling, canceling, unsubscribe,"
        " unsubscribing, unstop, resubscribe, spam, spamming, spammer, harass, harassing, harassment, lawyer, attorney,"
        " tcpa, fcc, cease, desist, ctoп"
    )
)
DOUBTFUL_PHRASES = _list(
    "remove me, remove my, remove this, take me off, take my number, delete me, delete my, do not text, dont text,"
    " do not message, dont message, do not contact, dont contact, do not send, dont send, never text, never contact,"
    " never message, leave me alone, leave us alone, no more, no longer, not interested, wrong number, wrong person,"
    " lose my number, go away, off your list, off this list, mailing list, do not want, dont want, do not wish"
)
DOUBTFUL_BODIES = frozenset(_list("start, start again, restart, subscribe, stoop, sto, top"))
DOUBTFUL_SIGNS = frozenset("\U0001f6d1\U0001f6ab\u26d4\u270b\U0001f595\U0001f645")  # stop, no entry, a hand

# Letters of other scripts that look like Latin ones, and letters drawn as signs: white on black, and as flags.
LOOK_ALIKES = {
    **{ord(other): latin for other, latin in zip("авекмнорстухѕіјԛԝ", "abekmhopctyxsijqw", strict=True)},
    **{ord(other): latin for other, latin in zip("αεικνορτυχ", "aeiknoptux", strict=True)},
    **{
        first + place: letter
        for first, (place, letter) in product(
            (0x1F150, 0x1F170, 0x1F1E6), tuple(enumerate("abcdefghijklmnopqrstuvwxyz"))
        )
    },
}
