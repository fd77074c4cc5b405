"""How many failures a suite must exercise: a count, or a percentage."""

import re
from dataclasses import dataclass
from math import ceil
from typing import Self

from fake_twilio.domain.rules.failures import ERROR_PATHS
from fake_twilio.kit.share import Share

_NUMBER = re.compile(r"(\d{1,3})(%?)")


@dataclass(frozen=True, slots=True)
class Threshold:
    """At least so many failures; *text* is how it was asked for."""

    text: str
    count: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``12`` or ``40%``; raise `ValueError` for what is neither, or more than there is."""
        found = _NUMBER.fullmatch(text.strip())
        number, total = int(found[1]) if found else 0, len(ERROR_PATHS)
        is_percent = bool(found and found[2])
        if found is None or number > (100 if is_percent else total):
            raise ValueError(f"wanted a count from 0 to {total}, or a percentage such as 40%, came {text!r}")
        return cls(text.strip(), ceil(total * number / 100) if is_percent else number)

    def complaint(self, share: Share) -> str | None:
        """Return what is wrong with *share*, and which failures are missing; ``None`` if it reaches the threshold."""
        if share.met >= self.count:
            return None
        wanted = self.text if self.text == str(self.count) else f"{self.text}, which is {self.count}"
        return (
            f"fake-twilio: {share.met} of {len(ERROR_PATHS)} failures exercised, wanted at least {wanted}; "
            f"never exercised: {', '.join(share.missing)}"
        )
