"""Threads that work off jobs."""

import threading
from queue import SimpleQueue
from threading import Barrier, Event

from fake_twilio.delivery.workers import Workers
from tests.fake_twilio.doubles import PATIENCE_SECONDS, ScarceThreads


def test_jobs_are_done_side_by_side_up_to_the_count() -> None:
    together = Barrier(3)
    workers = Workers(2, "w")

    for _ in range(2):
        workers.submit(lambda: together.wait(5) and None)
    together.wait(5)

    workers.close()
    workers.join(5)


def test_no_thread_is_started_before_there_is_a_job() -> None:
    before = threading.active_count()

    Workers(8, "w")

    assert threading.active_count() == before


def test_what_is_queued_is_done_before_the_end() -> None:
    done: list[int] = []
    workers = Workers(1, "w")
    for n in range(5):
        workers.submit(lambda n=n: done.append(n))

    workers.close()
    workers.join(5)

    assert done == [0, 1, 2, 3, 4]


def test_a_job_that_hangs_does_not_hold_up_the_end() -> None:
    go = Event()
    workers = Workers(1, "w")
    workers.submit(lambda: go.wait(5) and None)

    workers.close()
    workers.join(0.0)

    go.set()


def test_a_thread_knows_whether_it_is_one_of_them() -> None:
    workers, seen, done = Workers(1, "test"), [], Event()

    workers.submit(lambda: seen.append(workers.is_own_thread))
    workers.submit(done.set)

    assert done.wait(PATIENCE_SECONDS)
    assert [*seen, workers.is_own_thread] == [True, False]
    workers.close()


def test_a_job_for_which_there_is_no_thread_waits_for_the_next() -> None:
    done: SimpleQueue[str] = SimpleQueue()
    workers = Workers(2, "w", ScarceThreads(refused=1))
    workers.submit(lambda: done.put("first"))

    workers.submit(lambda: done.put("second"))

    assert [done.get(timeout=PATIENCE_SECONDS) for _ in range(2)] == ["first", "second"]
    workers.close()
    workers.join(PATIENCE_SECONDS)


def test_a_free_thread_is_used_again() -> None:
    workers, names = Workers(100, "w"), set()
    for _ in range(100):
        done = Event()

        def note(done: Event = done) -> None:
            names.add(threading.get_ident())
            done.set()

        workers.submit(note)
        assert done.wait(5)

    workers.close()
    workers.join(5)
    assert len(names) <= 2  # the thread before may be about to be free
