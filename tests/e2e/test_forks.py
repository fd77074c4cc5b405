"""G9 in short: a few children that send while their parent does."""

import os

import pytest

from tests.e2e.forks import run

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


def test_children_of_a_sending_process_cross_no_answers_send_nothing_twice_and_get_stuck_nowhere():
    found = run("ours", forks=4, sends=50, seed=1)

    assert [found[name] for name in ("crossed", "duplicated", "stuck", "failed", "sent well but not held")] == [0] * 5
    assert found["by children"] == 200
    assert found["by the parent"] > 0


def test_a_session_that_is_shared_by_a_fork_is_found_out():
    found = run("naive", forks=4, sends=20, seed=1)

    assert found["crossed"] + found["failed"] > 0
