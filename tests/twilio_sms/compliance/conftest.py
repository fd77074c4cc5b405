"""A clock moved by hand, and a store that breaks when it is told to."""

import pytest

from tests.doubles import HandClock
from tests.opt_outs import BrittleStore


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def store():
    return BrittleStore()
