"""A clock that parks each thread that sleeps until the test wakes it: threads in an order of the test's choice."""

from collections.abc import Callable
from queue import Queue
from threading import Semaphore, Thread, current_thread

from tests.doubles import HandClock

PATIENCE_SECONDS = 10.0


class Over(BaseException):
    """Ends what still sleeps after a test."""


class Caller:
    """A thread that runs until it sleeps or ends; the test goes on only then."""

    def __init__(self, function: Callable[[], object]) -> None:
        self.nap_seconds: float | None = None
        self.returned: object = None
        self.raised: BaseException | None = None
        self._function = function
        self._settled = Semaphore(0)
        self._woken: Queue[BaseException | None] = Queue()
        self.thread = Thread(target=self._run, daemon=True)

    @property
    def is_asleep(self) -> bool:
        return self.nap_seconds is not None

    def wake(self, error: BaseException | None = None) -> None:
        """End its sleep, with *error* if there is one, and wait until it sleeps again or has ended."""
        self.nap_seconds = None
        self._woken.put(error)
        self.settle()

    def settle(self) -> None:
        assert self._settled.acquire(timeout=PATIENCE_SECONDS)

    def sleep(self, seconds: float) -> None:
        self.nap_seconds = seconds
        self._settled.release()
        error = self._woken.get(timeout=PATIENCE_SECONDS)
        if error is not None:
            raise error

    def _run(self) -> None:
        try:
            self.returned = self._function()
        except BaseException as error:
            self.raised = error
        self._settled.release()


class ParkingClock(HandClock):
    """Time moves by `advance` alone."""

    def __init__(self) -> None:
        super().__init__()
        self._callers: dict[Thread, Caller] = {}

    def call(self, function: Callable[[], object]) -> Caller:
        """Run *function* in a thread of its own until it sleeps or ends."""
        caller = Caller(function)
        self._callers[caller.thread] = caller
        caller.thread.start()
        caller.settle()
        return caller

    def advance(self, seconds: float) -> None:
        super().sleep(seconds)

    def sleep(self, seconds: float) -> None:
        self._callers[current_thread()].sleep(seconds)

    def end(self) -> None:
        """End the threads that still sleep."""
        for caller in self._callers.values():
            if caller.is_asleep:
                caller.wake(Over())
            caller.thread.join(PATIENCE_SECONDS)
