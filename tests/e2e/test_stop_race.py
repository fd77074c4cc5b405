"""Nobody is texted whose STOP was recorded before their row was marked: reliability, G19."""

import sys

import pytest

from tests.e2e.stop_race import run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="one monotonic clock for all processes is Unix's")

ROWS, STOPS, PROCESSES, SEED, RATE = 2_000, 200, 3, 1, 150


def test_nobody_is_texted_after_their_stop() -> None:
    found = run(ROWS, STOPS, PROCESSES, SEED, RATE, "ours")

    assert found["sent_after_their_stop"] == 0
    assert found["stops"] == STOPS
    assert found["stopped_after_their_mark"] > 0  # some came at the worst moment


def test_a_sender_that_asks_the_list_too_early_is_found_out() -> None:
    assert run(ROWS, STOPS, PROCESSES, SEED, RATE, "naive")["sent_after_their_stop"] > 0
