"""Tests of the faults that are turned up in one world."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from fake_twilio.domain.rules.dials import DIALS_BY_NAME
from fake_twilio.messages.faults import Faults


def test_a_fault_is_turned_up_and_down_and_off() -> None:
    faults = Faults()

    faults.update(callback_drop=0.2, reset=0.05)
    faults["callback_drop"] = 0.1
    seen = dict(faults)
    faults["reset"] = 0
    del faults["callback_drop"]

    assert seen == {"reset": 0.05, "callback_drop": 0.1}
    assert (dict(faults), len(faults), repr(faults)) == ({}, 0, "{}")


def test_all_are_turned_off_at_once() -> None:
    faults = Faults()
    faults.update(dict.fromkeys(DIALS_BY_NAME, 0.5))

    faults.clear()

    assert (dict(faults), faults.positions.request_rules) == ({}, ())


def test_what_is_off_is_not_there() -> None:
    faults = Faults()

    with pytest.raises(KeyError):
        faults["reset"]
    with pytest.raises(KeyError):
        del faults["reset"]
    assert faults.get("reset", 0) == 0


def test_what_is_refused_turns_nothing() -> None:
    faults = Faults()
    faults["reset"] = 0.5

    for name, share in (("rezet", 0.1), ("reset", 2)):
        with pytest.raises(ValueError, match="wanted"):
            faults[name] = share

    assert dict(faults) == {"reset": 0.5}


@pytest.fixture
def hasty() -> Iterator[None]:
    """Have threads take turns as often as they can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("hasty")
def test_of_many_who_turn_at_one_time_none_is_forgotten() -> None:
    faults = Faults()
    shares = [1 / number for number in range(1, 101)]

    def turn(name: str) -> None:
        for share in shares:
            faults[name] = share

    with ThreadPoolExecutor(len(DIALS_BY_NAME)) as pool:
        list(pool.map(turn, DIALS_BY_NAME))

    assert dict(faults) == dict.fromkeys(DIALS_BY_NAME, shares[-1])
