"""A crew works side by side, brings back everything, and ends with its last thread."""

import threading
from threading import Barrier, Event

import pytest

from tests.twilio_sms.bulk.tasks import send
from twilio_sms.bulk.crew import Crew
from twilio_sms.bulk.tasks import Broken, Result, Task, Undone
from twilio_sms.errors import JournalError

PATIENCE_SECONDS = 10.0


def bring_back(task: Task) -> Result:
    return Undone(task)


def threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("twilio-sms-bulk")]


def test_every_task_is_done_once():
    with Crew(3, bring_back, Event()) as crew:
        for index in range(50):
            crew.give(send(index))
        done = [crew.take(PATIENCE_SECONDS).task.index for _ in range(50)]

    assert sorted(done) == list(range(50))
    assert crew.busy == 0


def test_eight_threads_work_at_the_same_time():
    meeting = Barrier(8, timeout=PATIENCE_SECONDS)

    def meet(task: Task) -> Result:
        meeting.wait()
        return Undone(task)

    with Crew(8, meet, Event()) as crew:
        for index in range(8):
            crew.give(send(index))
        results = [crew.take(PATIENCE_SECONDS) for _ in range(8)]

    assert all(isinstance(result, Undone) for result in results)


def test_each_thread_has_a_task_in_hand_and_one_in_reserve():
    with Crew(2, bring_back, Event()) as crew:
        for index in range(3):
            crew.give(send(index))
        assert crew.has_room

        crew.give(send(3))

        assert not crew.has_room


def test_nothing_comes_of_a_wait_that_is_over():
    with Crew(1, bring_back, Event()) as crew:
        assert crew.take(0.0) is None


@pytest.mark.parametrize("error", [KeyError("x"), SystemExit(3)], ids=["a fault", "an exit"])
def test_what_breaks_a_task_does_not_end_its_thread(error):
    outcomes = iter([error])

    def break_once(task: Task) -> Result:
        for outcome in outcomes:
            raise outcome
        return Undone(task)

    with Crew(1, break_once, Event()) as crew:
        crew.give(send(0))
        crew.give(send(1))

        assert crew.take(PATIENCE_SECONDS) == Broken(error)
        assert crew.take(PATIENCE_SECONDS) == Undone(send(1))


def test_who_finishes_gets_all_results_also_one_that_nobody_counted():
    with Crew(4, bring_back, Event()) as crew:
        for index in range(8):
            crew.give(send(index))
        crew._results.get(timeout=PATIENCE_SECONDS)  # as if an interrupt hit before it was counted

        rest = list(crew.finish())

        assert len(rest) == 7
        assert threads() == []


def test_whoever_waits_is_told_that_it_is_over():
    is_stopped = Event()

    def wait(task: Task) -> Result:
        is_stopped.wait(PATIENCE_SECONDS)
        return Undone(task)

    with Crew(2, wait, is_stopped) as crew:
        crew.give(send(0))
        crew.give(send(1))

        assert len(list(crew.finish())) == 2


@pytest.mark.parametrize("trouble", [None, ValueError("x")], ids=["in peace", "in trouble"])
def test_no_thread_outlives_the_crew(trouble):
    try:
        with Crew(8, bring_back, Event()) as crew:
            crew.give(send(0))
            assert len(threads()) == 8
            if trouble:
                raise trouble
    except ValueError:
        pass

    assert threads() == []


def test_who_interrupts_a_second_time_is_not_kept_waiting():
    go = Event()

    def hang(task: Task) -> Result:
        go.wait(PATIENCE_SECONDS)
        return Undone(task)

    crew = Crew(1, hang, Event()).__enter__()
    crew.give(send(0))

    crew.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)

    assert len(threads()) == 1
    go.set()
    crew._threads[0].join(PATIENCE_SECONDS)


def test_a_crew_that_gets_no_more_threads_sends_those_it_has_home():
    crew = Crew(3, bring_back, Event())
    crew._threads[2] = NoThread()

    with pytest.raises(RuntimeError, match="can't start new thread"), crew:
        pass

    for thread in crew._threads[:2]:
        thread.join(PATIENCE_SECONDS)
    assert threads() == []


class NoThread(threading.Thread):
    def start(self) -> None:
        raise RuntimeError("can't start new thread")


def test_a_forked_child_which_has_no_threads_is_told_that_the_work_is_its_parents():
    crew = Crew(2, bring_back, Event())
    crew.give(send(0))

    crew.begin_anew()
    result = crew.take(PATIENCE_SECONDS)

    assert isinstance(result, Broken)
    assert isinstance(result.error, JournalError)
    assert list(crew.finish()) == []
