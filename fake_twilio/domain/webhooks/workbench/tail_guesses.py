"""What may stand behind the URL in the text that was signed.

There stand the parameters, each name with each of its distinct values, in order; with GET, and with a JSON body,
nothing does. Whoever writes a signer of their own, for a test of an app, comes to other texts: those are tried too.
"""

from collections.abc import Iterator

from fake_twilio.domain.twilio.form import Form
from fake_twilio.domain.webhooks.signature import signed_string
from fake_twilio.domain.webhooks.workbench.form_guesses import (
    lessened_guesses,
    reread_guesses,
    single_guesses,
    whole_guesses,
)
from fake_twilio.domain.webhooks.workbench.guess import Difference, Guess, once
from fake_twilio.domain.webhooks.workbench.pasted import Pasted, Reading

MOST_CHARACTERS = 8_000  # of parameters of which two differences are tried
_OWN = "a signer that is not Twilio's made it so"


def tail_guesses(pasted: Pasted, method: str) -> list[Guess]:
    """Return what stands behind the URL for *pasted* sent by *method*, and what may stand there instead."""
    behind = Guess(_behind(pasted.form))
    if method == "GET" or pasted.reading is Reading.BODY:
        why = "the request was a POST, whose parameters are signed behind the URL"
        return once([Guess(""), Guess(behind.text, (Difference("the parameters behind the URL", why),))])
    found = [behind, *_singles(pasted)]
    return once([*found, *_pairs(pasted)] if len(behind.text) <= MOST_CHARACTERS else found)


def _singles(pasted: Pasted) -> Iterator[Guess]:
    for guesses in (whole_guesses(pasted.form), reread_guesses(pasted), single_guesses(pasted.form)):
        for difference, form in guesses:
            yield Guess(_behind(form), (difference,))
    yield from (Guess(tail, (difference,)) for difference, tail in _otherwise(pasted))


def _pairs(pasted: Pasted) -> Iterator[Guess]:
    """Yield what two rules for all values make of the parameters, and what is left of them without two."""
    for guesses in (whole_guesses, lessened_guesses):
        for first, once_changed in guesses(pasted.form):
            for second, changed in guesses(once_changed):
                yield Guess(_behind(changed), (first, second))


def _otherwise(pasted: Pasted) -> Iterator[tuple[Difference, str]]:
    form = pasted.form
    why = "the request was a GET, of which the URL alone is signed, or its body was not read"
    yield Difference("nothing behind the URL", why), ""
    yield Difference("the body as it came, not read as parameters", _OWN), pasted.text
    yield Difference("the parameters in the order in which they came", _OWN), _joined(form)
    yield Difference("equal parameters as often as they came", _OWN), _joined(tuple(sorted(form)))
    joined = sorted(name + value for name, value in form)
    yield Difference("the parameters in the order of name and value as one text", _OWN), "".join(joined)
    by_letter = tuple(sorted(form, key=lambda pair: pair[0].lower()))
    yield Difference("the parameters in an order that knows no capitals", _OWN), _joined(by_letter)


def _behind(form: Form) -> str:
    return signed_string("", form)


def _joined(form: Form) -> str:
    return "".join(name + value for name, value in form)
