"""What a misspelt name was meant to be."""

from collections.abc import Iterable

_TELLING_CHARACTERS = 4  # of a name that was cut short


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return ``: did you mean body?`` for the closest of *known* names; nothing if none is close.

    >>> did_you_mean("nmae", ("name", "code"))
    ': did you mean name?'
    """
    from difflib import get_close_matches  # only who errs waits for it

    names = list(known)
    longer = [other for other in names if len(name) >= _TELLING_CHARACTERS and other.startswith(name)]
    close = longer or get_close_matches(name, names, n=1)
    return f": did you mean {close[0]}?" if close else ""
