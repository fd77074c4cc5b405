"""What is to be done later is done when it is due, in the order in which it is."""

from hypothesis import given
from hypothesis import strategies as st

from tests.twilio_sms.bulk.tasks import send
from twilio_sms.bulk.agenda import Agenda


def test_nothing_is_done_before_it_is_due():
    agenda = Agenda()
    agenda.add(5.0, send(1))

    assert agenda.take_due(4.999) is None
    assert agenda.wait_seconds(3.0) == 2.0
    assert agenda.take_due(5.0) == send(1)


def test_what_is_overdue_is_not_waited_for():
    agenda = Agenda()
    agenda.add(5.0, send(1))

    assert agenda.wait_seconds(9.0) == 0.0


def test_an_empty_agenda_waits_for_nothing():
    assert Agenda().wait_seconds(0.0) is None
    assert Agenda().take_due(1e9) is None
    assert len(Agenda()) == 0


@given(st.lists(st.integers(0, 9), max_size=30))
def test_all_is_taken_once_by_its_moment_and_of_one_moment_by_its_coming(moments):
    agenda = Agenda()
    for index, moment in enumerate(moments):
        agenda.add(float(moment), send(index))

    taken = [task.index for task in iter(lambda: agenda.take_due(9.0), None)]

    assert taken == sorted(range(len(moments)), key=lambda index: (moments[index], index))


def test_when_a_pause_ends_what_waits_for_that_is_due_in_the_order_in_which_it_came():
    agenda = Agenda()
    agenda.add(9.0, send(1), ends_with_pause=True)
    agenda.add(8.0, send(2), ends_with_pause=True)
    agenda.add(7.0, send(3))
    agenda.add(1.0, send(4), ends_with_pause=True)

    agenda.end_pause(2.0)

    assert [task.index for task in iter(lambda: agenda.take_due(2.0), None)] == [4, 1, 2]
    assert agenda.wait_seconds(2.0) == 5.0
