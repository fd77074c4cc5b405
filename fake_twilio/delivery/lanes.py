"""At most so many at a time for each name; who comes later waits in line."""

from collections import deque
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Lanes(Generic[Thing]):
    """Counts who is under way in each lane. Whoever shares it among threads holds a lock of their own."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._busy: dict[str, int] = {}
        self._lines: dict[str, deque[Thing]] = {}

    def enter(self, name: str, thing: Thing) -> bool:
        """Return whether *thing* may begin at once; if not, it waits, and `leave` returns it when it has its turn."""
        busy = self._busy.get(name, 0)
        if busy < self._width:
            self._busy[name] = busy + 1
            return True
        self._lines.setdefault(name, deque()).append(thing)
        return False

    def leave(self, name: str) -> Thing | None:
        """Make room in a lane; return who has the turn now, if somebody waits."""
        line = self._lines.get(name)
        if not line:
            self._clear_a_place(name)
            return None
        thing = line.popleft()
        if not line:
            del self._lines[name]
        return thing

    def _clear_a_place(self, name: str) -> None:
        self._busy[name] -= 1
        if not self._busy[name]:
            del self._busy[name]
