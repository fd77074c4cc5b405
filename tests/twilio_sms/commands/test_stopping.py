"""The first signal stops a run where nothing is half done, the second ends it at once, and then all is as before."""

import signal
from collections.abc import Callable
from threading import Thread

import pytest

from tests.doubles import HandClock
from twilio_sms.commands.endings import Ending
from twilio_sms.commands.stopping import Stop, StoppableClock, stoppable

SIGNALS = (signal.SIGINT, signal.SIGTERM)


def quiet_stop(leave=lambda status: None, said: list[bytes] | None = None) -> Stop:
    written = [] if said is None else said
    return Stop(leave, lambda _descriptor, text: written.append(text))


def asked() -> Stop:
    stop = quiet_stop()
    stop.hear(signal.SIGINT, None)
    return stop


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_breaks_in_nowhere_but_where_it_is_looked_for(number: signal.Signals) -> None:
    with stoppable(quiet_stop()) as stop:
        signal.raise_signal(number)

        with pytest.raises(KeyboardInterrupt):
            stop.check()


def test_it_is_told_once_so_that_what_is_under_way_can_be_written_down() -> None:
    stop = asked()

    with pytest.raises(KeyboardInterrupt):
        stop.check()
    stop.check()


def test_nobody_asked_nothing_is_stopped() -> None:
    quiet_stop().check()


def test_what_is_called_before_it_is_looked_is_done_whole() -> None:
    done: list[int] = []

    with pytest.raises(KeyboardInterrupt):
        asked().after(done.append)(7)

    assert done == [7]


def test_the_second_ends_the_process_at_once() -> None:
    statuses: list[int] = []
    stop = quiet_stop(statuses.append)

    stop.hear(signal.SIGINT, None)
    assert statuses == []
    stop.hear(signal.SIGTERM, None)

    assert statuses == [Ending.INTERRUPTED]


def test_each_says_what_it_does() -> None:
    said: list[bytes] = []
    stop = quiet_stop(said=said)

    for _ in range(2):
        stop.hear(signal.SIGINT, None)

    assert b"waiting for what is under way" in said[0]
    assert b"\x1b[?25h" in said[1]  # a progress bar hides the cursor


def test_afterwards_the_signals_do_what_they_did() -> None:
    before = [signal.getsignal(number) for number in SIGNALS]

    with stoppable() as stop:
        assert [signal.getsignal(number) for number in SIGNALS] == [stop.hear, stop.hear]

    assert [signal.getsignal(number) for number in SIGNALS] == before


def test_a_sleeper_is_woken() -> None:
    stop, clock = quiet_stop(), HandClock()
    clock.sleep = AskWhileAsleep(stop, clock.sleep)

    with pytest.raises(KeyboardInterrupt):
        StoppableClock(stop, clock).sleep(1000)

    assert clock.monotonic() < 1


def test_whoever_is_not_asked_sleeps_its_time() -> None:
    clock = HandClock()

    StoppableClock(quiet_stop(), clock).sleep(12.34)

    assert clock.monotonic() == pytest.approx(12.34)


def test_other_threads_sleep_on_since_they_may_be_in_the_middle_of_a_try() -> None:
    clock = HandClock()
    stoppable_clock = StoppableClock(asked(), clock)

    thread = Thread(target=stoppable_clock.sleep, args=(5,))
    thread.start()
    thread.join()

    assert clock.monotonic() == 5


def test_its_time_is_the_one_of_the_clock() -> None:
    clock = HandClock()
    clock.sleep(7)
    same = StoppableClock(quiet_stop(), clock)

    assert (same.now(), same.monotonic(), same.monotonic_ns()) == (clock.now(), 7, 7_000_000_000)


class AskWhileAsleep:
    """Sleeps, and has somebody press Ctrl-C meanwhile."""

    def __init__(self, stop: Stop, sleep: Callable[[float], None]) -> None:
        self._stop = stop
        self._sleep = sleep

    def __call__(self, seconds: float) -> None:
        self._stop.hear(signal.SIGINT, None)
        self._sleep(seconds)
