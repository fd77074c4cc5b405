"""An interrupt in the middle of giving or taking does not let the threads of a bulk be waited for for ever."""

from threading import Event

import pytest

from twilio_sms.bulk.crew import Crew


@pytest.mark.parametrize("miscounted", [1, -1], ids=["before it is given", "before it is counted"])
def test_an_interrupt_between_a_task_and_its_count_lets_the_end_come(miscounted):
    with Crew(2, lambda task: task, Event()) as workers:
        workers.give(0)
        workers.busy += miscounted

        assert list(workers.finish()) == [0]
