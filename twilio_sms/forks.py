"""A process that forks: each stateful part begins anew in the child.

A lock that another thread held while the process forked stays held in the child for ever, a kept connection would be
used by two, and a bucket of tokens would be spent twice. So each part that has such a thing asks to be told. This is
the one registry of the process: Python has no way to take a fork hook back, so there is one hook for all parts, which
it knows weakly.
"""

import os
from typing import Protocol
from weakref import WeakSet


class ForkAware(Protocol):
    """A part that must begin anew in a child process."""

    def begin_anew(self) -> None:
        """Forget what belongs to the parent: locks, connections, tokens. Runs in the child, right after the fork."""


_PARTS: WeakSet[ForkAware] = WeakSet()


def tell_of_forks(part: ForkAware) -> None:
    """Have *part* told in each child; it is forgotten with its last reference."""
    _PARTS.add(part)


def _tell() -> None:
    for part in list(_PARTS):
        part.begin_anew()


if hasattr(os, "register_at_fork"):  # Windows has no fork
    os.register_at_fork(after_in_child=_tell)
