"""Numbers to send to, each of them once.

North American Numbering Plan: area codes whose middle digit is 9 are kept back for the plan's expansion, so nobody has
these numbers. There are 80 such codes; each worker of a load has one, and with it ten million numbers that no other
worker, on whatever machine, gives away.
"""

from itertools import count

from fake_twilio.load.errors import LoadError

_NUMBERS = 10_000_000  # of an area code: seven digits
AREA_CODES = tuple(f"{first}9{last}" for first in range(2, 10) for last in range(10))


class Recipients:
    """The recipients of one worker, counted from 0; any number of its users may share them."""

    def __init__(self, worker_index: int) -> None:
        if not 0 <= worker_index < len(AREA_CODES):
            raise LoadError(f"a load has at most {len(AREA_CODES)} workers, is number {worker_index}: start fewer")
        self._area_code = AREA_CODES[worker_index]
        self._numbers = count()  # its next() is one step, so that no two threads get the same

    def fresh(self) -> str:
        """Return a number in E.164 form that was not given away before; raises `LoadError` after ten million."""
        number = next(self._numbers)
        if number >= _NUMBERS:
            raise LoadError(f"a worker has {_NUMBERS} recipients, all were written to: start more workers")
        return f"+1{self._area_code}{number:07}"
