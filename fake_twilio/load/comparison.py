"""The comparison of what load, fake and sink have counted, once for each load."""

from contextlib import closing
from threading import Event

from fake_twilio.load.ending import line_of
from fake_twilio.load.errors import LoadError
from fake_twilio.load.surroundings import Counted, Surroundings


class Comparison:
    """Compares at a load's first end: Locust may stop it again, as time may be up while it ends by its count."""

    def __init__(self) -> None:
        self._around: Surroundings | None = None
        self._counted = Counted()
        self._is_done = Event()
        self._is_done.set()
        self.problems: list[str] = []  # why it could not be compared

    def begin(self, around: Surroundings) -> None:
        """Note where all stand before a load; raises `LoadError`."""
        around.begin()
        self._around, self._counted = around, Counted()

    def end(self) -> None:
        """Compare, once nothing is under way."""
        around, self._around = self._around, None
        if around is None:
            return
        self._is_done.clear()
        try:
            with closing(around):
                self._counted = around.end()
        except LoadError as error:
            self.problems.append(line_of(error))
        finally:
            self._is_done.set()

    def result(self) -> Counted:
        """Return what was counted; waits if it is being compared."""
        self._is_done.wait()
        return self._counted
