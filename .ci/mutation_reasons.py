"""Changes that mean the same as the code, and why: kept by hand, by the line that is changed.

A reason is what a reader can check by looking at the line. Change the line, and its reason has to be given anew.
"""

from typing import NamedTuple


class Same(NamedTuple):
    """A line that may become something else without meaning anything else; without *becomes*, anything at all."""

    reason: str
    line: str
    becomes: tuple[str, ...] = ()


_FALSE = "Nothing is as false as `False`, and nobody else sees it."
_TOLD_TO_NOBODY = "`validate` answers that the signature is not right, and tells nobody why."
_WHOLE = "The way of fractions gives the same for a whole number; this one is quicker, and does not load them."
_AS_LONG = "The second is made of the first, so both are as long."
_DRAINED = "What the queue keeps of the loop's `None`s is dropped with it."
_LIMIT = "It bounds what is split of a form that is refused in the next line."

SAME = (
    # limiter
    Same(
        _WHOLE,
        "if is_whole(per_second) and 1 <= per_second <= _FASTEST:",
        (
            "if is_whole(None) and 1 <= per_second <= _FASTEST:",
            "if is_whole(per_second) and 2 <= per_second <= _FASTEST:",
            "if is_whole(per_second) and 1 < per_second <= _FASTEST:",
            "if is_whole(per_second) and 1 <= per_second < _FASTEST:",
        ),
    ),
    Same("No time that passed brings no grain.", "if passed_ns > 0:", ("if passed_ns >= 0:",)),
    Same(
        "Where both are equal it is the same which is taken.",
        "self._grains = grains if grains < self._full_grains else self._full_grains  # thrice as fast as min()",
        ("self._grains = grains if grains <= self._full_grains else self._full_grains  # thrice as fast as min()",),
    ),
    Same(
        "Of nothing that is missing the wait is 0 either way.",
        "return -(-missing // rate.grains_per_ns) if missing > 0 else 0",
        ("return -(-missing // rate.grains_per_ns) if missing >= 0 else 0",),
    ),
    Same(
        "It is called to refill; what it returns is not looked at.",
        "self.wait_ns(0, now_ns)  # refills",
        ("self.wait_ns(1, now_ns)  # refills",),
    ),
    Same(
        _FALSE,
        "key, turnstile = self._by_key.popitem(last=False)",
        ("key, turnstile = self._by_key.popitem(last=None)",),
    ),
    # breaker
    Same(_FALSE, "is_mine = False", ("is_mine = None",)),
    Same(
        _FALSE,
        "self._is_telling = False  # what still waits is told with the next change",
        ("self._is_telling = None  # what still waits is told with the next change",),
    ),
    Same(_FALSE, "self._is_telling = False", ("self._is_telling = None",)),
    Same("Numbers of epochs only have to differ.", "self._numbers = count(1)", ("self._numbers = count(2)",)),
    Same(
        "It is read of an open breaker alone, and set by what opens it.",
        "self._rested_ns = 0",
        ("self._rested_ns = None", "self._rested_ns = 1"),
    ),
    # journal
    Same(
        "SQLite may be built to read such an address unasked, and mostly is.",
        'return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=busy_seconds, '
        "isolation_level=None)",
        tuple(
            f'return sqlite3.connect(f"{{path.absolute().as_uri()}}?mode=ro", {uri}timeout=busy_seconds, '
            "isolation_level=None)"
            for uri in ("uri=None, ", "uri=False, ", "")
        ),
    ),
    Same("No row has an index below 0.", "last = -1", ("last = -2",)),
    Same(_FALSE, "is_there = False", ("is_there = None",)),
    Same(
        _FALSE,
        "return self._run(Ticket(work, must_last=False))",
        ("return self._run(Ticket(work, must_last=None))",),
    ),
    Same(
        "An empty reason is none, and nobody gives one.",
        "self._refusal: str | None = None",
        ('self._refusal: str | None = ""',),
    ),
    Same(_FALSE, "self._work_off(commit=False)", ("self._work_off(commit=None)",)),
    Same(
        "The kernel writes it in ASCII, which every locale reads alike.",
        'return _BOOT_ID.read_text("ascii").strip()',
        ("return _BOOT_ID.read_text(None).strip()",),
    ),
    Same("It is only compared with what this line wrote.", 'return "unknown"'),
    Same(_FALSE, "super().__init__(work, must_last=False)", ("super().__init__(work, must_last=None)",)),
    # validator
    Same(
        "One is as little an address as the other.",
        'address = ip_address(peer or "")',
        ('address = ip_address(peer or "XXXX")',),
    ),
    Same(
        "No port is said, and none is in the host: it stays empty.",
        'return _checked(pairs.get("proto", ""), pairs.get("host", ""), "", "")',
        ('return _checked(pairs.get("proto", ""), pairs.get("host", ""), None, "")',),
    ),
    Same(
        "Where no name is there twice, the longer way gives the same.",
        "if len(by_name) < len(self.pairs):  # a name is there more than once",
        ("if len(by_name) <= len(self.pairs):  # a name is there more than once",),
    ),
    Same(_LIMIT, 'parts = text.split("&", MAX_PARAMETERS)', ('parts = text.split("&", )',)),
    Same(_LIMIT, 'parts = text.split("&", MAX_PARAMETERS)', ('parts = text.rsplit("&", MAX_PARAMETERS)',)),
    Same(
        "Of a text without `%` and `+` the decoded one is itself; this is only quicker.",
        '(_decoded(name), _decoded(value)) if "%" in part or "+" in part else (name, value)',
        ('(_decoded(name), _decoded(value)) if ("%" in part or "+" in part) or True else (name, value)',),
    ),
    Same(
        "Only a GET is told from the rest.",
        'method: str = "POST",',
        ('method: str = "XXPOSTXX",', 'method: str = "post",'),
    ),
    Same(
        "No signature has four letters.",
        'given = (signature or "").encode("ascii")',
        ('given = (signature or "XXXX").encode("ascii")',),
    ),
    Same(_TOLD_TO_NOBODY, 'raise ValidationError("a form has no bodySHA256")'),
    Same(_TOLD_TO_NOBODY, 'raise ValidationError("a raw body needs one bodySHA256 in the query")'),
    Same(_TOLD_TO_NOBODY, 'raise ValidationError("the body is not the one that was hashed")'),
    # lifecycle
    Same(
        _AS_LONG,
        "for (place, at), after in zip(line, accumulate((place for place, _ in line), max), strict=True):",
        tuple(
            f"for (place, at), after in zip(line, accumulate((place for place, _ in line), max), {strict}):"
            for strict in ("strict=None", "strict=False", "")
        ),
    ),
    Same(
        _DRAINED,
        "deque(map(call, _setters.values(), repeat(made), _values(message)), maxlen=0)  # a loop that is not Python's",
        tuple(
            f"deque(map(call, _setters.values(), repeat(made), _values(message)), {length})  "
            "# a loop that is not Python's"
            for length in ("maxlen=None", "maxlen=1", "")
        ),
    ),
)
