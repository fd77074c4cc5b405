"""Which callbacks came, for each message of a soak.

A message is known by its recipient, whose number is its place; so a byte for each status is all that is kept of it.
"""

from typing import NamedTuple

FIRST_RECIPIENT = 15_550_000_000
STATUSES = {"sent": 0, "delivered": 1}


class Counts(NamedTuple):
    """How many messages there were told of, by status: never, once, more often."""

    came: int
    missing: int
    doubled: int


class Book:
    """Which callbacks came, for so many messages."""

    def __init__(self, messages: int) -> None:
        self._told = [bytearray(messages) for _ in STATUSES]
        self.came = 0
        self.strange = 0

    def note(self, form: dict[str, list[str]]) -> None:
        """Count a callback."""
        place, status = int(form["To"][0].removeprefix("+")) - FIRST_RECIPIENT, form["MessageStatus"][0]
        if status not in STATUSES or not 0 <= place < len(self._told[0]):
            self.strange += 1
            return
        times = self._told[STATUSES[status]]
        times[place] = min(times[place] + 1, 255)
        self.came += 1

    def counts(self, messages: int) -> Counts:
        """Return what is missing and what came twice, of the first so many messages."""
        told = [times[:messages] for times in self._told]
        once = sum(times.count(1) for times in told)
        missing = sum(times.count(0) for times in told)
        return Counts(self.came, missing, len(STATUSES) * messages - once - missing + self.strange)
