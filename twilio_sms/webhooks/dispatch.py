"""Who is told of what came: the handlers, in the order in which they were registered."""

import logging
from collections.abc import Callable, Iterable
from typing import Any, Generic, NamedTuple, TypeVar

from twilio_sms.domain.status import Status
from twilio_sms.domain.status_update import StatusUpdate
from twilio_sms.errors import ValidationError

T = TypeVar("T")
A = TypeVar("A")


class Told(NamedTuple, Generic[A]):
    """What was made of what the handlers returned, and how many failed."""

    answers: list[A]
    failures: int


class Dispatch(Generic[T, A]):
    """Tells each handler that a thing is for; handlers may be added at any time, by any thread.

    *read* makes something of what one returned, and raises for what it may not return: then it failed.
    """

    def __init__(self, logger: logging.Logger, read: Callable[[object], A]) -> None:
        self._logger = logger
        self._read = read
        self._handlers: tuple[tuple[Callable[[T], bool], Callable[[T], Any]], ...] = ()

    def add(self, matches: Callable[[T], bool], function: Callable[[T], Any]) -> None:
        """Tell *function* of what *matches*; raises `ValidationError` if it cannot be called."""
        if not callable(function):
            raise ValidationError(f"a handler is a function of one argument, is {type(function).__name__}")
        self._handlers = (*self._handlers, (matches, function))

    def tell(self, thing: T) -> Told[A]:
        """Tell all handlers of *thing*: what one raises is logged, and the others are told all the same."""
        answers, failures = list[A](), 0
        for matches, function in self._handlers:
            try:
                if matches(thing):
                    answers.append(self._read(function(thing)))
            except Exception:
                failures += 1
                self._logger.exception("webhook: the handler %s failed on %r", _name(function), thing)
        return Told(answers, failures)


def status_matcher(statuses: Iterable[str]) -> Callable[[StatusUpdate], bool]:
    """Return what says whether an update has one of *statuses*; all have, if there is none.

    Raises `ValidationError` for a word that is no status: a handler for ``"deliverd"`` would never be told.
    """
    wanted = frozenset(statuses)
    unknown = wanted - {status.value for status in Status}
    if unknown:
        raise ValidationError(f"{min(unknown, key=str)!r} is no status: there is {', '.join(Status)}")
    return lambda update: not wanted or update.status.value in wanted


def _name(function: Callable[..., Any]) -> str:
    return getattr(function, "__qualname__", type(function).__name__)
