"""Who is told of what came: the handlers, in the order in which they were registered."""

import logging
import traceback
from collections.abc import Callable, Iterable
from contextlib import suppress
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
        self._handlers: list[tuple[Callable[[T], bool], Callable[[T], Any]]] = []

    def add(self, matches: Callable[[T], bool], function: Callable[[T], Any]) -> None:
        """Tell *function* of what *matches*; raises `ValidationError` if it cannot be called."""
        if not callable(function):
            raise ValidationError(f"a handler is a function of one argument, is {type(function).__name__}")
        self._handlers.append((matches, function))  # one step: of two threads neither is lost

    def tell(self, thing: T) -> Told[A]:
        """Tell all handlers of *thing*: what one raises is logged, and the others are told all the same."""
        answers, failures = list[A](), 0
        for matches, function in tuple(self._handlers):
            try:
                if matches(thing):
                    answers.append(self._read(function(thing)))
            except Exception as error:
                failures += 1
                self._log_failure(function, thing, error)
        return Told(answers, failures)

    def _log_failure(self, function: Callable[[T], Any], thing: T, error: Exception) -> None:
        """Say who failed where. What it said is not told, unless it is ours: it may hold what the handler was given."""
        said = f": {error.message}" if isinstance(error, ValidationError) else ""
        where = "".join(traceback.format_tb(error.__traceback__))
        with suppress(Exception):  # a broken log must not keep the others from being told
            self._logger.error(
                "webhook: the handler %s failed on %r with %s%s\n%s",
                _name(function),
                thing,
                type(error).__name__,
                said,
                where,
            )


def status_matcher(statuses: Iterable[str]) -> Callable[[StatusUpdate], bool]:
    """Return what says whether an update has one of *statuses*; all have, if there is none.

    Raises `ValidationError` for a word that is no status: a handler for ``"deliverd"`` would never be told.
    """
    known, asked = {status.value for status in Status}, tuple(statuses)
    for status in asked:
        if not isinstance(status, str) or status not in known:
            raise ValidationError(f"{status!r} is no status: there is {', '.join(Status)}")
    return lambda update: not asked or update.status.value in asked


def _name(function: Callable[..., Any]) -> str:
    return getattr(function, "__qualname__", type(function).__name__)
