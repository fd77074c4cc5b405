"""How long a message had to wait in the queue of its sender."""

from typing import NamedTuple


class Wait(NamedTuple):
    """The traffic that a message found before it: *seconds* until its sender is free, at the pace of the moment."""

    seconds: float
    segments_per_second: float
    is_refused: bool = False  # whether the queue was full, so that the message did not join it

    @property
    def segments_ahead(self) -> float:
        """How many segments go before it, if all of them are sent at that pace."""
        return self.seconds * self.segments_per_second
