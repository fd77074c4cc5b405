"""Ctrl-C during a load: it reaches whoever waits for the end.

Python raises `KeyboardInterrupt` in whatever runs at that moment. In a process of greenlets that may be a user in the
middle of a request, of which nobody then knows what became. So it is handed to the loop, which throws it into the main
greenlet as soon as no other runs. If none lets go, a second Ctrl-C interrupts the one that runs.
"""

from collections.abc import Callable
from typing import Any, Protocol


class Loop(Protocol):
    """gevent's loop."""

    def run_callback_threadsafe(self, call: Callable[[], object], /) -> object:
        """Call it as soon as no greenlet runs; a handler of a signal may ask for that."""


class Hub(Protocol):
    """gevent's hub."""

    @property
    def loop(self) -> Loop: ...

    def handle_system_error(self, kind: type[BaseException], error: BaseException, /) -> object:
        """Throw *error* into the main greenlet."""


class Interrupts:
    """The handler of SIGINT for the process of *hub*, and of those that it forks."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._is_waiting = False

    def __call__(self, _number: int, _frame: Any) -> None:
        if self._is_waiting:
            raise KeyboardInterrupt
        self._is_waiting = True
        self._hub.loop.run_callback_threadsafe(self._interrupt)

    def _interrupt(self) -> None:
        self._is_waiting = False
        self._hub.handle_system_error(KeyboardInterrupt, KeyboardInterrupt())
