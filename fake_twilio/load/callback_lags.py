"""How late callbacks were, asked of the fake while a load goes on.

The fake alone knows when a message took a status and when the app had taken the callback about it, whoever the app is.
Each answer holds what is new since the last one.
"""

from collections.abc import Mapping
from typing import Any

from fake_twilio.load.errors import RequestFailed
from fake_twilio.load.kept import Kept
from fake_twilio.load.slo import errors_of
from fake_twilio.load.tally import Tally

MEASURE = "callback_lag"
MISSED = "callback_lags_missed"
_PATH = "/_fake/webhooks/lags"
_WANTED = {"mark", "lags_seconds", "refused", "missed"}  # another server may have got the port of one that died


class CallbackLags:
    """Brings the lags of one fake into a tally; not for several threads at once."""

    def __init__(self, fake: Kept, tally: Tally) -> None:
        self._fake = fake
        self._tally = tally
        self._mark = 0

    def begin(self) -> None:
        """Let what came before now not count; raises `RequestFailed` if the fake does not tell."""
        self._mark = int(self._ask()["mark"])

    def gather(self) -> None:
        """Add what came since the last time; raises `RequestFailed` if the fake does not tell."""
        told = self._ask()
        self._mark = int(told["mark"])
        for seconds in told["lags_seconds"]:
            self._tally.record(MEASURE, seconds)
        if told["refused"]:
            self._tally.count(errors_of(MEASURE), told["refused"])
        if told["missed"]:
            self._tally.count(MISSED, told["missed"])

    def close(self) -> None:
        self._fake.close()

    def _ask(self) -> Mapping[str, Any]:
        told = self._fake.get(f"{_PATH}?after={self._mark}")
        if told.status != 200 or not told.tree.keys() >= _WANTED:
            raise RequestFailed(f"HTTP {told.status}")
        return told.tree
