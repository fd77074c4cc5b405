"""A bulk that is killed sends no row twice and loses none without a word: reliability, G1."""

import sys

import pytest

from tests.e2e.kill_bulk import run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is Unix's")

COUNT, KILLS, SEED = 800, 20, 1


def test_no_row_is_lost_or_sent_twice_and_none_is_left_in_doubt() -> None:
    found = run(COUNT, KILLS, SEED, "resend")

    assert found == {"lost": 0, "duplicated": 0, "unknown": 0, "lost_without_a_word": 0, "kills": KILLS}


def test_a_row_that_was_lost_is_unknown_and_none_is_sent_twice() -> None:
    found = run(COUNT, KILLS // 2, SEED, "keep")

    assert (found["duplicated"], found["lost_without_a_word"], found["kills"]) == (0, 0, KILLS // 2)
    assert found["lost"] <= found["unknown"]


def test_who_interrupts_a_bulk_ends_it_soon_and_loses_nothing() -> None:
    found = run(COUNT // 2, KILLS // 2, SEED, "interrupt")

    assert found == {"lost": 0, "duplicated": 0, "unknown": 0, "lost_without_a_word": 0, "kills": KILLS // 2}


def test_the_usual_code_is_found_out() -> None:
    assert run(COUNT // 2, KILLS // 4, SEED, "naive")["duplicated"] > 0
