"""The words with which a recipient opts out and in, and what Twilio replies by itself.

Sources: Twilio, support articles 223134027 (STOP), 360058144374 (toll-free) and 223181748 (short codes), and its blog
on the words REVOKE and OPTOUT of 2025. The texts are those that many users quote. Inferred: white space around the word
does not count, HELP to a toll-free number gets no reply of the network, and neither does a word that changes nothing.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from fake_twilio.domain.values.numbers import is_e164, is_sender, is_toll_free
from fake_twilio.domain.values.sids import is_service_sid


class Word(StrEnum):
    """What a word means; with Advanced Opt-Out, the webhook's ``OptOutType``."""

    STOP = "STOP"
    START = "START"
    HELP = "HELP"


WORDS: Mapping[str, Word] = MappingProxyType(
    {
        **dict.fromkeys(["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"], Word.STOP),
        **dict.fromkeys(["START", "YES", "UNSTOP"], Word.START),
        **dict.fromkeys(["HELP", "INFO"], Word.HELP),
    }
)
TOLL_FREE_WORDS: Mapping[str, Word] = MappingProxyType({word: WORDS[word] for word in WORDS if word != "YES"})

REPLIES: Mapping[Word, str] = MappingProxyType(
    {
        Word.STOP: "You have successfully been unsubscribed. You will not receive any more messages from this number."
        " Reply START to resubscribe.",
        Word.START: "You have successfully been re-subscribed to messages from this number. Reply HELP for help."
        " Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
        Word.HELP: "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
    }
)
TOLL_FREE_REPLIES: Mapping[Word, str] = MappingProxyType(
    {
        Word.STOP: 'NETWORK MSG: You replied with the word "stop" which blocks all texts sent from this number.'
        ' Text back "unstop" to receive messages again.',
        Word.START: 'NETWORK MSG: You have replied "unstop" and will begin receiving messages again from this number.',
    }
)


def check_pair(recipient: str, sender: str) -> None:
    """Raise `ValueError` if nobody with the number *recipient* could opt out of hearing from *sender*."""
    if not is_e164(recipient):
        raise ValueError(f"wanted an E.164 number as the recipient, not {recipient!r:.60}")
    if not (is_sender(sender) or is_service_sid(sender)):
        wanted = "a number, a short code or the SID of a messaging service"
        raise ValueError(f"wanted {wanted} as the sender, not {sender!r:.60}")


def word_of(body: str, *, is_toll_free: bool = False) -> Word | None:
    """Return what *body* means if it is a single such word, in whatever case.

    >>> word_of(" stop ")
    <Word.STOP: 'STOP'>
    >>> word_of("STOP PLEASE")
    """
    words = TOLL_FREE_WORDS if is_toll_free else WORDS
    return words.get(body.strip().upper())


def word_to(number: str, body: str, *, is_pooled: bool) -> Word | None:
    """Return what Twilio sees in a text to *number*; at a short code that is in no service's pool it looks for none."""
    if not is_pooled and not number.startswith("+"):
        return None
    return word_of(body, is_toll_free=is_toll_free(number))


def reply_to(word: Word, *, is_toll_free: bool = False) -> str | None:
    """Return what Twilio, or the toll-free network, replies by itself."""
    return (TOLL_FREE_REPLIES if is_toll_free else REPLIES).get(word)
