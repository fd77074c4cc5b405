"""The faults of one world, turned up and down while it runs."""

from collections.abc import Iterator, MutableMapping
from threading import Lock

from fake_twilio.domain.rules.dial_positions import ALL_OFF, Positions


class Faults(MutableMapping[str, float]):
    """The share of each fault that is turned up, from above 0 to 1; many threads may turn and ask.

    ``faults["callback_drop"] = 0.2`` turns one up, and ``del`` or a share of 0 turns it off. Raises `ValueError` for a
    fault that there is not, and for what is no share.
    """

    def __init__(self) -> None:
        self.positions: Positions = ALL_OFF  # one value: who reads it sees all dials at one moment
        self._turning = Lock()

    def __getitem__(self, name: str) -> float:
        return self.positions.shares[name]

    def __setitem__(self, name: str, share: float) -> None:
        with self._turning:
            self.positions = self.positions.turned(name, share)

    def __delitem__(self, name: str) -> None:
        with self._turning:
            if name not in self.positions.shares:
                raise KeyError(name)
            self.positions = self.positions.turned(name, 0)

    def __iter__(self) -> Iterator[str]:
        return iter(self.positions.shares)

    def __len__(self) -> int:
        return len(self.positions.shares)

    def __repr__(self) -> str:
        return repr(dict(self.positions.shares))

    def clear(self) -> None:
        """Turn all off at once."""
        with self._turning:
            self.positions = ALL_OFF
