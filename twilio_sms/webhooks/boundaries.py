"""Whether a webhook was cut anew: characters moved between names and values.

Twilio signs names and values sorted by name with nothing between them. ``Body`` ``hello`` and ``Bod`` ``yhello`` have
one signature, so whoever has a copy of a webhook can cut it differently, and who also wrote its text can put a whole
webhook into that. Most cuts fail at the shapes of what must be there (`shapes`). What shapes cannot see is a cut that
hides a parameter in a value without a shape: that of a parameter which Twilio added, or the name of a place. It shows:

* the hidden parameter is absent, and its name stands in that value, or across the name and it;
* or there is a forged one in its place, which comes out of the text. Then all that followed the text must be hidden,
  and behind a text comes ``From`` with an address. Only in one way could Twilio itself have made that: by a new
  parameter whose name ends in ``From``.

One cut stays: a text can end early, before a capital letter, since the rest may be a parameter that Twilio added. It
needs a copy of a webhook that never came, for one that was worked on has no second effect.
"""

import re
from collections.abc import Collection

from twilio_sms.errors import ValidationError
from twilio_sms.webhooks.parameters import Parameters
from twilio_sms.webhooks.shapes import ADDRESS

_SHORTEST_NAME = 5  # "To", "From" and "Body" are words of every text
_SENDER = re.compile(r"From(?=(?:[a-z]{2,20}:)?\+?[0-9]{3})", re.ASCII)


def check_cuts(parameters: Parameters, shaped: Collection[str], known: Collection[str]) -> None:
    """Raise `ValidationError` if one of the *known* parameters is hidden in one that is not *shaped*."""
    loose = [pair for pair in parameters.pairs if pair[0] not in shaped]
    texts = "\0".join(name + value for name, value in loose)
    absent = [name for name in parameters.missing(known) if len(name) >= _SHORTEST_NAME]
    if any(name in texts for name in absent) or (_SENDER.search(texts) and any(_holds_sender(*pair) for pair in loose)):
        raise ValidationError("a parameter stands within another one: names and values were cut anew")


def _holds_sender(name: str, value: str) -> bool:
    return any(not _is_made_so(name, value, found) for found in _SENDER.finditer(name + value))


def _is_made_so(name: str, value: str, found: re.Match[str]) -> bool:
    """Whether a name that ends in ``From`` could be Twilio's: no cut comes to lie there."""
    return found.end() == len(name) and ADDRESS.fullmatch(value) is not None and not "From" < name < "MessageSid"
