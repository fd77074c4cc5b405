"""What a scenario file may ask of a message: its texts, its counts, and whose turn it is."""

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from fake_twilio.domain.rules.conditions import Span, When
from fake_twilio.domain.rules.rates import Kind
from fake_twilio.domain.rules.turns import Per, Turn
from fake_twilio.domain.values.durations import parse_duration
from fake_twilio.domain.values.numbers import is_country
from fake_twilio.scenario_files.part import Part
from fake_twilio.scenario_files.patterns import Patterns
from fake_twilio.scenario_files.readers import like, one_of, several, whole
from fake_twilio.scenario_files.values import TEXT, Probability, one_or_more

_SPAN = re.compile(r"([0-9]{1,4})(?:(\.\.)([0-9]{1,4})?)?", re.ASCII)
_KINDS = {kind.name.lower(): kind for kind in Kind}
_NUMBER = {"type": ["integer", "string"]}
_read_count = whole(1, 9_999_999, "a whole number from 1 on, such as 3")
_read_kind = one_of(_KINDS, f"kinds of senders: {', '.join(_KINDS)}")
_read_letters = like("[A-Z]{2}", "countries by their two letters, such as US or [DE, FR]")


def _read_span(text: Any) -> Span:
    found = _SPAN.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise ValueError("wanted a number such as 2, or a range such as 2..4 or 2..")
    low, dots, high = found.groups()
    span = Span(int(low), int(high)) if high else Span(int(low)) if dots else Span(int(low), int(low))
    if span.low > span.high:
        raise ValueError("wanted a range with the lower number first")
    return span


def _read_country(value: Any) -> str:
    """Read a country that there is: one that is none would never match."""
    code: str = _read_letters(value)
    if not is_country(code):
        hint = "; the United Kingdom is GB" if code == "UK" else ""
        raise ValueError(f"wanted countries by their ISO code, such as US or DE, not {code}{hint}")
    return code


def _read_between(value: Any) -> tuple[float, float]:
    if not isinstance(value, list) or len(value) != 2 or not all(isinstance(moment, str) for moment in value):
        raise ValueError("wanted two times from the scenario's beginning, such as [10s, 5m]")
    since, until = map(parse_duration, value)
    if since >= until:
        raise ValueError("wanted the earlier time first, such as [10s, 5m]")
    return since, until


Count = Annotated[int, BeforeValidator(_read_count), WithJsonSchema(_NUMBER)]
Counts = Annotated[frozenset[int], BeforeValidator(several(_read_count)), one_or_more(_NUMBER)]
SpanValue = Annotated[Any, BeforeValidator(_read_span), WithJsonSchema(_NUMBER)]
Kinds = Annotated[frozenset[Kind], BeforeValidator(several(_read_kind)), one_or_more({"enum": list(_KINDS)})]
Countries = Annotated[frozenset[str], BeforeValidator(several(_read_country)), one_or_more(TEXT)]
Between = Annotated[
    tuple[float, float],
    BeforeValidator(_read_between),
    WithJsonSchema({"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2}),
]


class WhenPart(Part):
    """What a message is like; every key that is given must hold, for one of its values."""

    to: Patterns = ()
    sender: Patterns = Field(default=(), alias="from")
    body: Patterns = ()
    service: Patterns = ()
    account: Patterns = ()
    number_type: Kinds = frozenset()  # of the sender
    country: Countries = frozenset()  # of the recipient
    segments: SpanValue | None = None
    media: SpanValue | None = None
    nth: Counts = frozenset()
    first: Count | None = None
    every: Count | None = None
    per: Per | None = None
    probability: Probability | None = None
    between: Between | None = None

    def to_when(self, since: float = 0.0, until: float = float("inf")) -> When:
        """Return the conditions; nothing holds before *since* and from *until* on."""
        return When(
            to=self.to,
            sender=self.sender,
            body=self.body,
            service=self.service,
            account=self.account,
            number_type=self.number_type,
            country=self.country,
            segments=self.segments,
            media=self.media,
            turn=self._turn(since, until),
        )

    def _turn(self, since: float, until: float) -> Turn:
        own = self.between or (0.0, float("inf"))
        return Turn(
            nth=self.nth,
            first=self.first,
            every=self.every,
            per=self.per,
            probability=self.probability,
            since=max(since, own[0]),
            until=min(until, own[1]),
        )
