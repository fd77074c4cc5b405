"""What a scenario file may let happen to a message: statuses, a refusal, a fault, callbacks gone wrong, a reply."""

from typing import Annotated, Self

from pydantic import BeforeValidator, WithJsonSchema, field_validator, model_validator

from fake_twilio.domain.fate.delays import Fixed
from fake_twilio.domain.fate.faults import REPLACES_ANSWER, Break
from fake_twilio.domain.fate.lifecycle import ERRORS, Status
from fake_twilio.domain.fate.outcome import Choice, FaultPlan, Outcome, PlannedReply, Refuse, always
from fake_twilio.domain.fate.timeline import Step, Timeline
from fake_twilio.domain.messages.creation import MAX_BODY_CHARACTERS
from fake_twilio.domain.twilio.catalogue import CATALOGUE
from fake_twilio.domain.twilio.errors import PHRASES
from fake_twilio.scenario_files.callbacks import CallbacksPart
from fake_twilio.scenario_files.delays import DelayValue
from fake_twilio.scenario_files.part import Part
from fake_twilio.scenario_files.readers import above_zero, one_of
from fake_twilio.scenario_files.values import CODE, TEXT, Address, Code, Seconds, Switch

_STATUSES = {str(status): status for status in PHRASES}
_read_weight = above_zero(999_999, "a weight above 0, such as 95 or 0.5")
_read_status = one_of(_STATUSES, f"one of the HTTP statuses {', '.join(_STATUSES)}")

Weight = Annotated[
    float, BeforeValidator(lambda value: float(_read_weight(value))), WithJsonSchema({"type": ["number", "string"]})
]
HttpStatus = Annotated[int, BeforeValidator(_read_status), WithJsonSchema({"enum": list(PHRASES)})]


class StepPart(Part):
    """One status: ``{status: sent, after: 1s}``, with an ``error`` if it failed."""

    status: Status
    after: DelayValue = Fixed(0.0)
    error: Code | None = None

    @model_validator(mode="after")
    def _check_error(self) -> Self:
        if self.error is None and self.status in ERRORS:
            raise ValueError(f"wanted an error code with {self.status}, such as 30007")
        if self.error is not None and self.status not in ERRORS:
            raise ValueError(f"wanted no error code with {self.status}: only failed and undelivered have one")
        return self

    def to_step(self) -> Step:
        if isinstance(self.after, Fixed):
            return Step(self.status, self.after.length, self.error)
        return Step(self.status, 0.0, self.error, self.after)


class RefusePart(Part):
    """Twilio says no: ``21211``, or ``{status: 503}``, or ``{code: 20429, retry_after: 2s}``."""

    main_key = "code"
    short_forms = (CODE,)
    code: Code | None = None
    status: HttpStatus | None = None
    retry_after: Seconds | None = None

    @field_validator("code")
    @classmethod
    def _check_refusal(cls, code: int | None) -> int | None:
        if code is not None and CATALOGUE[code].status is None:
            raise ValueError(f"{code} comes with a status later; wanted a code that refuses a request, such as 21211")
        return code

    @model_validator(mode="after")
    def _check_one(self) -> Self:
        if (self.code is None) == (self.status is None):
            raise ValueError("wanted either a code of Twilio's or an HTTP status")
        return self

    def to_refuse(self) -> Refuse:
        return Refuse(self.code, self.status, self.retry_after)


class FaultPart(Part):
    """What goes wrong with the connection: ``reset``, or ``{kind: reset, commit: true}``, or ``{latency: 2s}``."""

    main_key = "kind"
    short_forms = ({"enum": [kind.value for kind in Break]},)
    kind: Break | None = None
    status: HttpStatus | None = None
    latency: DelayValue | None = None
    drip: DelayValue | None = None
    commit: Switch = False

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.kind is None and self.latency is None and self.drip is None:
            raise ValueError("wanted a kind of fault, a latency or a drip")
        if self.status is not None and self.kind is not Break.HTML:
            raise ValueError("wanted a status only with kind: html; the others have no answer, or the true one")
        if self.kind is Break.RESET_BEFORE_READING and (self.latency or self.drip):
            raise ValueError(f"wanted no latency and no drip with {self.kind}: nothing is waited for")
        if self.commit and self.kind not in REPLACES_ANSWER:
            names = ", ".join(sorted(REPLACES_ANSWER))
            raise ValueError(
                f"wanted commit only with what hides the answer: {names}; else the message is taken anyway"
            )
        return self

    @property
    def prevents(self) -> bool:
        """Whether no message is made."""
        return not self.commit and self.kind in (*REPLACES_ANSWER, Break.RESET_BEFORE_READING)

    def to_plan(self) -> FaultPlan:
        status = self.status or 502
        return FaultPlan(kind=self.kind, status=status, latency=self.latency, drip=self.drip, is_committed=self.commit)


class ReplyPart(Part):
    """What the recipient answers once the message is delivered: ``{body: "YES", after: 30s}``."""

    main_key = "body"
    short_forms = (TEXT,)
    body: str = ""
    after: DelayValue = Fixed(0.0)
    media: tuple[Address, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not (self.body or self.media) or len(self.body) > MAX_BODY_CHARACTERS:
            raise ValueError(f"wanted a body of 1 to {MAX_BODY_CHARACTERS} characters, or media")
        return self

    def to_reply(self) -> PlannedReply:
        return PlannedReply(self.body, self.after, self.media)


class OutcomePart(Part):
    """What happens: a ``timeline`` of statuses after ``queued``, a code to ``refuse`` with, or what goes wrong."""

    timeline: tuple[StepPart, ...] | None = None
    refuse: RefusePart | None = None
    fault: FaultPart | None = None
    callbacks: CallbacksPart | None = None
    reply: ReplyPart | None = None

    @field_validator("timeline")
    @classmethod
    def _check_order(cls, steps: tuple[StepPart, ...] | None) -> tuple[StepPart, ...] | None:
        Timeline(tuple(step.to_step() for step in steps or ()))
        return steps

    @model_validator(mode="after")
    def _check_outcome(self) -> Self:
        if self.refuse is not None and (self.timeline is not None or self.callbacks or self.reply):
            raise ValueError("wanted either a timeline or a code to refuse with: what is refused has no life")
        return self

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said."""
        return not any(getattr(self, name) is not None for name in OutcomePart.model_fields)

    @property
    def breaks_unread(self) -> bool:
        """Whether the connection breaks before the request is read."""
        return self.fault is not None and self.fault.kind is Break.RESET_BEFORE_READING

    @property
    def leaves_open(self) -> bool:
        """Whether a message may be made of it, and what becomes of that is not said."""
        is_said = self.timeline is not None or self.refuse is not None
        return not (is_said or (self.fault is not None and self.fault.prevents))

    def to_outcome(self) -> Outcome:
        steps = None if self.timeline is None else tuple(step.to_step() for step in self.timeline)
        return Outcome(
            timeline=None if steps is None else Timeline(steps),
            refusal=self.refuse.to_refuse() if self.refuse else None,
            fault=self.fault.to_plan() if self.fault else None,
            chaos=self.callbacks.to_chaos() if self.callbacks else None,
            reply=self.reply.to_reply() if self.reply else None,
        )


class WeightedPart(OutcomePart):
    """One of several outcomes: ``{weight: 5, refuse: 21211}``."""

    weight: Weight = 1.0


class ThenPart(OutcomePart):
    """What happens, or several ``outcomes`` of which chance takes one by their weights."""

    outcomes: tuple[WeightedPart, ...] | None = None

    @model_validator(mode="after")
    def _check_choice(self) -> Self:
        if self.outcomes is not None and (not self.outcomes or not self.is_empty):
            raise ValueError("wanted outcomes alone: what happens stands in each of them, next to its weight")
        if self.outcomes is None and self.is_empty:
            raise ValueError("wanted a timeline, a code to refuse with, a fault, callbacks, a reply or outcomes")
        return self

    def parts(self) -> tuple[OutcomePart, ...]:
        """Return all that may happen."""
        return self.outcomes or (self,)

    def to_choice(self) -> Choice:
        if self.outcomes is None:
            return always(self.to_outcome())
        return Choice(tuple((part.weight, part.to_outcome()) for part in self.outcomes))
