"""The threads of a bulk: each takes a task, does it, and brings back what came of it."""

from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue
from threading import Event, Thread
from types import TracebackType
from typing import Self

from twilio_sms.bulk.tasks import Broken, Result, Task
from twilio_sms.errors import JournalError
from twilio_sms.forks import tell_of_forks

_TASKS_EACH = 2  # one in hand and one waiting, so that nobody waits for the next


class Crew:
    """Threads that work side by side; belongs to the thread that entered it.

    *do* must not begin a task once *is_stopped* is set. No thread outlives the crew, unless who waits for the last of
    them is interrupted a second time.
    """

    def __init__(self, size: int, do: Callable[[Task], Result], is_stopped: Event) -> None:
        self._do = do
        self._tasks: SimpleQueue[Task | None] = SimpleQueue()
        self._results: SimpleQueue[Result] = SimpleQueue()
        self._most = size * _TASKS_EACH
        self._is_stopped = is_stopped
        # Daemons: who interrupts a second time is not kept waiting for an answer of Twilio's.
        self._threads = [Thread(target=self._work, name=f"twilio-sms-bulk-{n}", daemon=True) for n in range(size)]
        self.busy = 0  # tasks that were given and not brought back
        tell_of_forks(self)

    def begin_anew(self) -> None:
        """Leave the work to the parent: a child has none of the threads, and whoever waits for them is told so."""
        self._tasks, self._results = SimpleQueue(), SimpleQueue()  # the old ones may be locked for ever
        self._threads = []
        self._results.put(Broken(JournalError("a bulk is the job of the process that began it: this one was forked")))

    @property
    def has_room(self) -> bool:
        return self.busy < self._most

    def give(self, task: Task) -> None:
        self.busy += 1
        self._tasks.put(task)

    def take(self, wait_seconds: float | None) -> Result | None:
        """Return the next result, or ``None`` if none comes within *wait_seconds*; ``None`` waits for ever."""
        try:
            result = self._results.get(timeout=wait_seconds)
        except Empty:
            return None
        self.busy -= 1
        return result

    def finish(self) -> Iterator[Result]:
        """Begin nothing new, and yield the results of what is under way until every thread has ended.

        The threads are asked, not `busy`: an interrupt may hit between a result and its being counted.
        """
        self._dismiss()
        for thread in self._threads:
            yield from self._arrived()
            thread.join()
        yield from self._arrived()

    def _arrived(self) -> Iterator[Result]:
        while (result := self.take(0)) is not None:
            yield result

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            try:
                result = self._do(task)
            except BaseException as error:
                result = Broken(error)
            self._results.put(result)

    def _dismiss(self) -> None:
        self._is_stopped.set()
        for _ in self._threads:
            self._tasks.put(None)

    def __enter__(self) -> Self:
        try:
            for thread in self._threads:
                thread.start()
        except BaseException:  # such as a system that gives no more threads
            self._dismiss()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._dismiss()
        if not isinstance(error, KeyboardInterrupt):
            for thread in self._threads:
                thread.join()
