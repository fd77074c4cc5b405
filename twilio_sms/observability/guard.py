"""What keeps a broken tracer, metric or log from breaking a send.

A message must not be lost, and still less be sent twice, because a collector is gone. So whatever such a part raises is
swallowed here, and told once for each kind of part: a part that fails on every call would otherwise flood the log. What
ends the program (`BaseException`: Ctrl-C, an exit) passes.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import ParamSpec, TypeVar

from twilio_sms.observability.spans import Attribute, AttributeValue, NullSpan, Span, Tracer

P = ParamSpec("P")
T = TypeVar("T")

_TRACER = "tracer"


class Guard:
    """Calls parts that are not ours."""

    def __init__(self, logger: logging.Logger) -> None:
        self._logger = logger
        self._told: dict[str, object] = {}

    def run(self, part: str, function: Callable[P, T], *args: P.args, **options: P.kwargs) -> T | None:
        """Return what *function* returns, ``None`` if it raises; *part* is the kind that is warned of once."""
        try:
            return function(*args, **options)
        except Exception as error:
            self.tell_once(part, error)
        return None

    def tell_once(self, part: str, error: Exception) -> None:
        """Warn of a part. What it raised is named, not told: that may hold what the part was given."""
        mark = object()
        if self._told.setdefault(part, mark) is not mark:  # one step, so that of many threads one tells
            return
        with suppress(Exception):  # where the log itself is broken there is nobody left to tell
            name = type(error).__name__
            self._logger.warning("the %s raised %s: messages are sent without it, this is told once", part, name)


class GuardedTracer:
    """A tracer that raises nothing."""

    def __init__(self, tracer: Tracer, guard: Guard) -> None:
        self._span = tracer.span  # looked up now: what is no tracer fails where the client is built
        self._traceparent = tracer.traceparent
        self._guard = guard

    def span(self, name: str) -> "GuardedSpan":
        try:
            return GuardedSpan(self._span(name), self._guard)
        except Exception as error:
            self._guard.tell_once(_TRACER, error)
        return GuardedSpan(NullSpan(), self._guard)

    def traceparent(self) -> str | None:
        return self._guard.run(_TRACER, self._traceparent)


class GuardedSpan:
    """A span that raises nothing and swallows nothing."""

    __slots__ = ("_guard", "_span")

    def __init__(self, span: Span, guard: Guard) -> None:
        self._span = span
        self._guard = guard

    def __enter__(self) -> "GuardedSpan":
        try:
            self._span.__enter__()
        except Exception as error:
            self._guard.tell_once(_TRACER, error)
            self._span = NullSpan()  # what was never entered is not left
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._span.__exit__(kind, error, trace)
        except Exception as trouble:
            self._guard.tell_once(_TRACER, trouble)

    def is_recording(self) -> bool:
        return self._guard.run(_TRACER, lambda: self._span.is_recording()) or False

    def set(self, name: Attribute, value: AttributeValue) -> None:
        self._guard.run(_TRACER, lambda: self._span.set(name, value))
