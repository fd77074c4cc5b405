"""Changes are told in order, to everybody, and by one thread at a time."""

from threading import Event, Thread

import pytest

from tests.logs import broken_log
from twilio_sms.resilience.notices import Notices


def put_and_tell(notices, *changes):
    for change in changes:
        notices.put(change)
    notices.tell()


def test_every_listener_hears_every_change_in_order():
    first, second = [], []

    put_and_tell(Notices([first.append, second.append]), 1, 2, 3)

    assert first == second == [1, 2, 3]


def test_a_change_is_told_once():
    heard = []
    notices = Notices([heard.append])

    put_and_tell(notices, 1)
    put_and_tell(notices, 2)

    assert heard == [1, 2]


def test_a_listener_that_fails_is_logged_and_the_others_hear_on(caplog):
    heard = []

    def fail(_change):
        raise ZeroDivisionError

    put_and_tell(Notices([fail, heard.append]), 1, 2)

    assert heard == [1, 2]
    assert [(record.name, record.message) for record in caplog.records] == [
        ("twilio_sms", "a listener failed; it is ignored")
    ] * 2


def test_a_change_that_a_listener_makes_is_told_after_the_one_it_hears():
    heard = []

    def change_again(change):
        if change == 1:
            put_and_tell(notices, 2)

    notices = Notices([change_again, heard.append])

    put_and_tell(notices, 1)

    assert heard == [1, 2]


def test_a_thread_leaves_its_change_to_the_one_that_is_telling():
    heard, begun, go = [], Event(), Event()

    def listen(change):
        heard.append(change)
        begun.set()
        go.wait(10)

    notices = Notices([listen])
    teller = Thread(target=put_and_tell, args=(notices, 1))
    teller.start()
    begun.wait(10)

    put_and_tell(notices, 2)  # returns, though the listener is not done
    heard_meanwhile = list(heard)
    go.set()
    teller.join(10)

    assert heard_meanwhile == [1]
    assert heard == [1, 2]


def test_what_breaks_a_listener_off_goes_through_and_the_next_change_is_told():
    heard = []

    def break_off(change):
        heard.append(change)
        if change == 1:
            raise KeyboardInterrupt

    notices = Notices([break_off])
    with pytest.raises(KeyboardInterrupt):
        put_and_tell(notices, 1, 2)

    put_and_tell(notices, 3)

    assert heard == [1, 2, 3]


class InterruptedLock:
    """A signal comes while somebody waits for it."""

    def __enter__(self):
        raise KeyboardInterrupt

    def __exit__(self, *_error):
        raise AssertionError("nobody had it")


def test_who_is_interrupted_before_its_turn_leaves_the_telling_to_whoever_is_at_it():
    heard, heard_inside = [], []

    def listen(change):
        heard.append(change)
        if change == 1:
            lock, notices._lock = notices._lock, InterruptedLock()
            with pytest.raises(KeyboardInterrupt):
                notices.tell()
            notices._lock = lock
            put_and_tell(notices, 2)
            heard_inside.extend(heard)

    notices = Notices([listen])
    put_and_tell(notices, 1)

    assert heard_inside == [1]
    assert heard == [1, 2]


def test_who_begins_anew_tells_nothing_of_before():
    heard = []
    notices = Notices([heard.append])
    notices.put(1)

    notices.begin_anew()
    put_and_tell(notices, 2)

    assert heard == [2]


def test_who_begins_anew_while_it_tells_is_free_to_tell():
    heard = []

    def fork(change):
        if change == 1:
            notices.begin_anew()
            put_and_tell(notices, 2)
        heard.append(change)

    notices = Notices([fork])

    put_and_tell(notices, 1)

    assert sorted(heard) == [1, 2]


def test_a_log_that_fails_as_well_harms_nobody():
    def fail(_change):
        raise ZeroDivisionError

    heard = []
    with broken_log():
        put_and_tell(Notices([fail, heard.append]), 1)

    assert heard == [1]
