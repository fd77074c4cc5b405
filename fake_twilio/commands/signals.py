"""The signals that end a command."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

ENDS = frozenset({signal.SIGINT, signal.SIGTERM})


@contextmanager
def held_back(signals: frozenset[signal.Signals]) -> Iterator[None]:
    """Keep *signals* for who waits for them, in this thread and in all that it starts.

    A handler would not do: the kernel gives a second signal to any thread, and the main one sleeps on.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
