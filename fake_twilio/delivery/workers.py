"""A few threads that work off jobs, and that never keep the process from ending."""

import logging
from collections.abc import Callable
from queue import SimpleQueue
from threading import Lock, Thread, current_thread

_log = logging.getLogger("fake_twilio")

Job = Callable[[], None]


class Workers:
    """Up to *count* daemon threads, each started when a job finds no free one.

    The standard library's pool would be joined at the end of the process, however long a customer's app hangs. Where
    the machine gives no thread, a job waits for one that there is, or for the next that is given.
    """

    def __init__(self, count: int, name: str, new_thread: Callable[..., Thread] = Thread) -> None:
        self._count = count
        self._name = name
        self._new_thread = new_thread
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._threads: list[Thread] = []
        self._unfinished = 0
        self._lock = Lock()

    @property
    def is_own_thread(self) -> bool:
        """Whether who asks is one of these threads."""
        return current_thread() in self._threads

    def submit(self, job: Job) -> None:
        """Have *job* done; it must not raise."""
        with self._lock:
            self._unfinished += 1
            if len(self._threads) < min(self._count, self._unfinished):
                self._start_one()
        self._jobs.put(job)

    def close(self) -> None:
        """Let the threads end after what is queued; nobody waits for them."""
        with self._lock:
            for _ in self._threads:
                self._jobs.put(None)

    def join(self, seconds: float) -> None:
        """Wait up to *seconds* for each thread's end."""
        with self._lock:
            threads = tuple(self._threads)
        for thread in threads:
            thread.join(seconds)

    def _start_one(self) -> None:
        thread = self._new_thread(target=self._work, name=self._name, daemon=True)
        self._threads.append(thread)  # before it starts: its first job may ask whether it is one of these
        try:
            thread.start()
        except RuntimeError as error:  # "can't start new thread"
            self._threads.remove(thread)
            _log.error("%d threads for webhooks, and no more: %s", len(self._threads), error)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
            with self._lock:
                self._unfinished -= 1
