"""The first signal interrupts, the second ends at once, and afterwards all is as before."""

import signal

import pytest

from twilio_sms.commands.endings import Ending
from twilio_sms.commands.stopping import Interrupts, interruptible


def silent(leave=lambda status: None, said=None) -> Interrupts:
    return Interrupts(leave, lambda _descriptor, text: (said if said is not None else []).append(text))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_interrupts(number: signal.Signals) -> None:
    with pytest.raises(KeyboardInterrupt), interruptible(silent()):
        signal.raise_signal(number)


def test_the_second_ends_the_process_at_once() -> None:
    statuses: list[int] = []
    hear = silent(statuses.append)

    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            hear(signal.SIGINT, None)

    assert statuses == [Ending.INTERRUPTED]


def test_each_says_what_it_does() -> None:
    said: list[bytes] = []
    hear = silent(said=said)

    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            hear(signal.SIGINT, None)

    assert b"waiting for what is under way" in said[0]
    assert b"\x1b[?25h" in said[1]  # a progress bar hides the cursor


def test_afterwards_the_signals_do_what_they_did() -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]

    with interruptible():
        inside = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]

    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before
    assert all(isinstance(handler, Interrupts) for handler in inside)
