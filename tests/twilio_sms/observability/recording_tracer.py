"""A tracer that remembers its spans, with what stands under what."""

from dataclasses import dataclass, field

from twilio_sms.observability.spans import Attribute, AttributeValue


@dataclass
class RecordedSpan:
    """A span that remembers."""

    tracer: "RecordingTracer"
    name: str
    attributes: dict[Attribute, AttributeValue] = field(default_factory=dict)
    path: tuple[str, ...] = ()
    error: BaseException | None = None
    is_ended: bool = False

    def __enter__(self) -> "RecordedSpan":
        self.tracer.open.append(self)
        self.path = tuple(span.name for span in self.tracer.open)
        self.tracer.spans.append(self)
        return self

    def __exit__(self, kind, error, trace) -> None:
        self.error, self.is_ended = error, True
        assert self.tracer.open.pop() is self

    def is_recording(self) -> bool:
        return True

    def set(self, name: Attribute, value: AttributeValue) -> None:
        assert not self.is_ended
        self.attributes[name] = value


class RecordingTracer:
    """Remembers the spans in the order in which they were entered."""

    def __init__(self) -> None:
        self.open: list[RecordedSpan] = []
        self.spans: list[RecordedSpan] = []

    def span(self, name: str) -> RecordedSpan:
        return RecordedSpan(self, name)

    def traceparent(self) -> str | None:
        return "/".join(span.name for span in self.open) or None
