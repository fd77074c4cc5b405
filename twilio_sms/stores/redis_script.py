"""A script that Redis runs, and how its answer is read.

Redis runs a script as one step: nobody sees the middle of it. Its numbers are doubles, so a whole number is exact only
below 2^53; microseconds since 1970 are, until the year 2255. What a script decides by time it decides by the server's
clock (`NOW`), since the clocks of the processes differ.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")

# The head of a script that goes by time. Redis up to 7 writes a large number as 1.7e+15 unless it is told otherwise.
NOW = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
"""
WHOLE = """
local function whole(number) return string.format('%.0f', number) end
"""


@dataclass(frozen=True, slots=True)
class Script(Generic[T]):
    """*text* is Lua; *read* makes a value of what it returns, or raises `ValueError` or `TypeError`."""

    text: str = field(repr=False)
    read: Callable[[object], T]
    sha1: str = field(init=False)

    def __post_init__(self) -> None:
        # EVALSHA knows a script by this.
        object.__setattr__(self, "sha1", hashlib.sha1(self.text.encode(), usedforsecurity=False).hexdigest())


def read_integer(reply: object) -> int:
    """Return a whole number, or text that is one."""
    if isinstance(reply, int | bytes):
        return int(reply)
    raise TypeError(f"Redis was to answer with a number, not {type(reply).__name__}")


def read_text(reply: object) -> str:
    if isinstance(reply, bytes):
        return reply.decode()
    raise TypeError(f"Redis was to answer with a text, not {type(reply).__name__}")


def read_list(reply: object) -> list[object]:
    if isinstance(reply, list):
        return reply
    raise TypeError(f"Redis was to answer with a list, not {type(reply).__name__}")


def read_flag(reply: object) -> bool:
    return read_integer(reply) == 1
