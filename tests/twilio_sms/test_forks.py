"""A part is told in the child that the process forked, once, and only while somebody still holds it."""

import gc
import os
import sys
from threading import Event, Thread

import pytest

from twilio_sms import forks
from twilio_sms.forks import tell_of_forks

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


class Part:
    """Counts how often it began anew."""

    def __init__(self) -> None:
        self.times = 0

    def begin_anew(self) -> None:
        self.times += 1


def answer_of_a_child(part: Part) -> int:
    """Fork; return how often the child was told, as its exit status."""
    child = os.fork()
    if child == 0:
        os._exit(part.times)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_a_child_is_told_and_the_parent_is_not():
    part = Part()
    tell_of_forks(part)

    assert answer_of_a_child(part) == 1
    assert part.times == 0


def test_a_part_that_nobody_holds_is_not_told():
    witness = Part()
    part = Part()
    part.begin_anew = lambda: os._exit(9)
    tell_of_forks(part)
    del part
    gc.collect()

    assert answer_of_a_child(witness) == 0


class WaryPart(Part):
    """Notes what it is told, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []

    def let_go(self) -> None:
        self.told.append("let go")

    def go_on(self) -> None:
        self.told.append("go on")


def test_a_wary_part_is_told_before_the_fork_and_after_it_in_the_parent():
    part = WaryPart()
    tell_of_forks(part)

    answer_of_a_child(part)

    assert part.told == ["let go", "go on"]


def test_a_wary_part_has_let_go_in_the_child_and_begins_anew():
    part = WaryPart()
    tell_of_forks(part)

    child = os.fork()
    if child == 0:
        os._exit(0 if (part.told, part.times) == (["let go"], 1) else 1)

    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_part_that_comes_during_the_fork_is_not_told_to_go_on():
    part = WaryPart()
    late = WaryPart()
    part.let_go = lambda: tell_of_forks(late)
    tell_of_forks(part)

    answer_of_a_child(part)

    assert late.told == []


def test_a_fork_finds_all_parts_while_other_threads_make_some():
    held = [WaryPart() for _ in range(500)]
    for part in held:
        tell_of_forks(part)
    is_over = Event()
    maker = Thread(target=make_parts, args=(is_over,))
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    maker.start()

    try:
        for _ in range(100):  # what the hooks do, without the price of a process
            forks._let_go()
            forks._go_on()
    finally:
        is_over.set()
        maker.join()
        sys.setswitchinterval(usual)

    assert {len(part.told) for part in held} == {200}


def make_parts(is_over: Event) -> None:
    while not is_over.is_set():
        for part in [Part() for _ in range(50)]:
            tell_of_forks(part)
