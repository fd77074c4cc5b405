"""A process that forks: each stateful part begins anew in the child.

A lock that another thread held while the process forked stays held in the child for ever, a kept connection would be
used by two, and a bucket of tokens would be spent twice. So each part that has such a thing asks to be told. This is
the one registry of the process: Python has no way to take a fork hook back, so there is one hook for all parts, which
it knows weakly.

Some things must be let go before the fork. SQLite keeps its locks by process, in memory that the child inherits: a
child that opens a connection of its own next to an inherited one holds no lock at all, and loses what it commits once
the parent closes the file. Source: sqlite.org, "How To Corrupt An SQLite Database File", section 2.6.
"""

import os
from threading import local
from typing import Protocol, runtime_checkable
from weakref import WeakValueDictionary


class ForkAware(Protocol):
    """A part that must begin anew in a child process."""

    def begin_anew(self) -> None:
        """Forget what belongs to the parent: locks, connections, tokens. Runs in the child, right after the fork."""


@runtime_checkable
class ForkWary(ForkAware, Protocol):
    """A part that must also let go of something before the process forks."""

    def let_go(self) -> None:
        """Give up what no fork may copy, and stand still. Runs before the fork."""

    def go_on(self) -> None:
        """End the standstill. Runs in the parent after the fork, in the thread that forked."""


_PARTS: WeakValueDictionary[int, ForkAware] = WeakValueDictionary()  # by their identity
_STILL = local()  # the parts that stand still for a fork of this thread


def tell_of_forks(part: ForkAware) -> None:
    """Have *part* told in each child, and before each fork if it is wary; it is forgotten with its last reference."""
    _PARTS[id(part)] = part


def _parts() -> list[ForkAware]:
    """Return the parts that there are, also while other threads make some: their references are copied in one step."""
    return [part for reference in _PARTS.valuerefs() if (part := reference()) is not None]


def _let_go() -> None:
    _STILL.parts = [part for part in _parts() if isinstance(part, ForkWary)]
    for part in _STILL.parts:
        part.let_go()


def _go_on() -> None:
    for part in _STILL.__dict__.pop("parts", ()):
        part.go_on()


def _tell() -> None:
    _STILL.__dict__.pop("parts", None)
    for part in _parts():
        part.begin_anew()


if hasattr(os, "register_at_fork"):  # Windows has no fork
    os.register_at_fork(before=_let_go, after_in_parent=_go_on, after_in_child=_tell)
