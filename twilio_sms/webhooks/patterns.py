"""Which texts a handler is for."""

import re
from collections.abc import Callable

from twilio_sms.domain.inbound_message import InboundMessage
from twilio_sms.errors import ValidationError

Matches = Callable[[InboundMessage], bool]
Pattern = str | re.Pattern[str] | Matches
_SIGNS = {"*": ".*", "?": "."}


def compile_pattern(pattern: Pattern) -> Matches:
    """Return the function that says whether an inbound message matches; raise `ValidationError` for no pattern.

    A text is held against the whole body: upper and lower case are alike, any white space is one space, none counts
    at the ends; ``*`` stands for anything, also nothing, and ``?`` for one character. ``"order *"`` matches
    ``" Order  17 "``, and ``"order"`` too, since an argument may be missing. A compiled regular expression is searched
    for as it is; a function is asked.

    >>> compile_pattern("order *")(InboundMessage("SM1", "AC1", "+15551234567", "+15005550006", "ORDER 17"))
    True
    """
    if isinstance(pattern, re.Pattern) and isinstance(pattern.pattern, str):
        return lambda message: pattern.search(message.body) is not None
    if isinstance(pattern, str) and pattern.strip():
        whole = re.compile(_to_regex(" ".join(pattern.split())), re.IGNORECASE | re.DOTALL)
        return lambda message: whole.fullmatch(" ".join(message.body.split())) is not None
    if callable(pattern):
        return pattern
    raise ValidationError(
        f'a pattern is a text such as "order *", a compiled regular expression or a function, is {pattern!r}'
    )


def _to_regex(pattern: str) -> str:
    if pattern.endswith(" *"):
        return f"{_to_regex(pattern[:-2])}(?: .*)?"
    return "".join(_SIGNS.get(sign) or re.escape(sign) for sign in pattern)
