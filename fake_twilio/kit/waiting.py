"""Waiting until a message has a status: what decides whether to wait on, and what came of it."""

from collections.abc import Callable
from threading import Event

from fake_twilio.domain.messages.message import Message
from fake_twilio.kit.timeline import MessageTimeline
from fake_twilio.kit.wanted import parse_status

GLANCE_SECONDS = 0.005  # between two looks, where time passes by itself


class NotReached(AssertionError):  # noqa: N818 - it tells of the message, not of a mistake
    """A message ended without the status that was waited for, or did not get there in time."""


class Awaited:
    """One message on its way to a status; *get* returns it as it is now, *timeline* what happened to it.

    Raises `ValueError` for a status that there is not.
    """

    def __init__(
        self, sid: str, status: str, get: Callable[[str], Message], timeline: Callable[[str], MessageTimeline]
    ) -> None:
        self._sid = sid
        self._status = parse_status(status)
        self._get = get
        self._timeline = timeline

    def is_over(self) -> bool:
        """Whether there is nothing left to wait for: the status was reached, or cannot be any more."""
        message = self._get(self._sid)
        return self._was_reached(message) or not message.is_in_flight

    def wait(self, is_late: Callable[[], bool]) -> None:
        """Look again and again, with pauses, until it is over or *is_late*."""
        pause = Event()
        while not self.is_over() and not is_late():
            pause.wait(GLANCE_SECONDS)

    def result(self) -> Message:
        """Return the message, as it is now; raise `NotReached`, with its timeline, if it never had the status."""
        __tracebackhide__ = True
        message = self._get(self._sid)
        if self._was_reached(message):
            return message
        came = "is still" if message.is_in_flight else "ended as"
        code = "" if message.error_code is None else f" ({message.error_code})"
        text = f"wanted the message to be {self._status} in time, it {came} {message.status}{code}:"
        raise NotReached(f"{text}\n{self._timeline(self._sid)}")

    def _was_reached(self, message: Message) -> bool:
        return any(change.status is self._status for change in message.timeline)
