"""A part is told in the child that the process forked, once, and only while somebody still holds it."""

import gc
import os

import pytest

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
    part.begin_anew = lambda: os._exit(9)  # type: ignore[method-assign]
    tell_of_forks(part)
    del part
    gc.collect()

    assert answer_of_a_child(witness) == 0
