"""What a scenario file may let go wrong with status callbacks: ``callbacks: {order: shuffled, drop: 0.05}``."""

from collections.abc import Callable
from itertools import accumulate
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, WithJsonSchema, WrapValidator, model_validator

from fake_twilio.domain.fate.chaos import Arrival, Chaos, Mischief, Trick
from fake_twilio.domain.fate.lifecycle import REPORTED, Status
from fake_twilio.scenario_files.delays import DELAY, DelayValue
from fake_twilio.scenario_files.part import Part
from fake_twilio.scenario_files.readers import one_of, several
from fake_twilio.scenario_files.values import PROBABILITY, Probability, Seconds, Switch, one_or_more

MAX_TIMES = 100
_TIMES = {str(times): times for times in range(2, MAX_TIMES + 1)}
_TOLD = {status.value: status for status in sorted(REPORTED)}
_TOLD_SCHEMA = {"enum": list(_TOLD)}
_STATUSES = {"type": "array", "items": _TOLD_SCHEMA, "minItems": 1}
_read_times = one_of(_TIMES, f"how often it comes in all, from 2 to {MAX_TIMES}")
_read_told = one_of(_TOLD, f"a status that is told: {', '.join(_TOLD)}")
_read_all_told = several(one_of(_TOLD, f"statuses that are told: {', '.join(_TOLD)}"))

ToldStatus = Annotated[Status, BeforeValidator(_read_told), WithJsonSchema(_TOLD_SCHEMA)]
Told = Annotated[frozenset[Status], BeforeValidator(_read_all_told), one_or_more(_TOLD_SCHEMA)]


class TrickPart(Part):
    """How likely, and to the callbacks of which statuses."""

    short_forms: ClassVar[tuple[dict[str, Any], ...]] = ({"const": True}, PROBABILITY, _STATUSES)
    probability: Probability = 1.0
    statuses: Told = frozenset()

    @model_validator(mode="before")
    @classmethod
    def _read_short(cls, value: Any) -> Any:
        """Take ``true``, a probability, or a list of statuses for what says the same."""
        if value == "true":
            return {}
        if isinstance(value, str):
            return {"probability": value}
        return {"statuses": value} if isinstance(value, list) else value

    def to_trick(self) -> Trick:
        return Trick(probability=self.probability, statuses=self.statuses)


class DuplicatePart(TrickPart):
    """A callback that comes more than once: ``3`` is how often in all, ``0.05`` how likely it comes twice."""

    times: Annotated[int, BeforeValidator(_read_times)] = 2

    @model_validator(mode="before")
    @classmethod
    def _read_count(cls, value: Any) -> Any:
        return {"times": value} if isinstance(value, str) and value in _TIMES else value

    def to_trick(self) -> Trick:
        return Trick(probability=self.probability, statuses=self.statuses, times=self.times)


class LatePart(TrickPart):
    """A callback that comes later than its status: ``90s``, or ``{by: 90s, statuses: [sent]}``."""

    short_forms: ClassVar = (DELAY,)
    by: DelayValue

    @model_validator(mode="before")
    @classmethod
    def _read_delay(cls, value: Any) -> Any:
        is_delay = isinstance(value, str) or (isinstance(value, dict) and "empirical" in value)
        return {"by": value} if is_delay else value

    def to_trick(self) -> Trick:
        return Trick(probability=self.probability, statuses=self.statuses, delay=self.by)


class ArrivalPart(Part):
    """One callback of an order that is given: ``delivered``, or ``{status: delivered, at: 2s}``.

    ``at`` is counted from the making of the message, and is that of the one before it if it is not said.
    """

    main_key = "status"
    status: ToldStatus
    at: Seconds | None = None


def _read_order(value: Any, read: Callable[[Any], tuple[ArrivalPart, ...]]) -> tuple[Mischief, Trick]:
    """Return the kind of order, and the arrivals if they are given: ``[delivered, sent, delivered]``.

    Each callback is named as often as it comes. It leaves once the message has its status, those named before it have
    left, and its ``at`` has come. Statuses that are not named are told as usual.
    """
    if value in ("shuffled", "reversed"):
        return Mischief(value), Trick()
    if not isinstance(value, list) or not 0 < len(value) <= MAX_TIMES:
        raise ValueError("wanted shuffled, reversed, or a list of statuses in the order in which their callbacks come")
    parts = read(value)
    moments = list(accumulate((part.at or 0.0 for part in parts), max))
    if any(part.at is not None and part.at < moment for part, moment in zip(parts, moments, strict=True)):
        raise ValueError("wanted moments in the order of the list: who comes later has no earlier `at`")
    arrivals = [Arrival(part.status, moment) for part, moment in zip(parts, moments, strict=True)]
    return Mischief.ORDERED, Trick(arrivals=tuple(arrivals))


_ARRIVAL_SCHEMA = {
    "anyOf": [
        _TOLD_SCHEMA,
        {
            "type": "object",
            "properties": {"status": _TOLD_SCHEMA, "at": {"type": "string"}},
            "required": ["status"],
            "additionalProperties": False,
        },
    ]
}
_ORDER_SCHEMA = {
    "anyOf": [{"enum": ["shuffled", "reversed"]}, {"type": "array", "items": _ARRIVAL_SCHEMA, "minItems": 1}]
}
Order = Annotated[tuple[ArrivalPart, ...], WrapValidator(_read_order), WithJsonSchema(_ORDER_SCHEMA)]


class CallbacksPart(Part):
    """Everything that may go wrong with the callbacks of a message; what is not said does not."""

    order: Order | None = None
    duplicate: DuplicatePart | None = None
    drop: TrickPart | None = None
    late: LatePart | None = None
    before_response: Switch = False
    regress: TrickPart | None = None
    bad_signature: TrickPart | None = None
    extra_parameters: TrickPart | None = None
    missing_optional: TrickPart | None = None

    def to_chaos(self) -> Chaos:
        """Return the tricks, by the names of their keys."""
        tricks: list[Any] = [self.order] if self.order else []
        tricks += [(Mischief.BEFORE_RESPONSE, Trick())] if self.before_response else []
        for name in type(self).model_fields:
            part = getattr(self, name)
            if isinstance(part, TrickPart):
                tricks.append((Mischief(name), part.to_trick()))
        return Chaos(tuple(tricks))
