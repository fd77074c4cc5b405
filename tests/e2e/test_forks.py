"""G9 in short: a few children that send while their parent does."""

import json
import os
import subprocess
import sys

import pytest

from tests.e2e.forks import ENVIRONMENT, ROOT, run

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


def test_children_of_a_sending_process_cross_no_answers_send_nothing_twice_and_get_stuck_nowhere():
    found = run("ours", forks=4, sends=50, seed=1)

    assert [found[name] for name in ("crossed", "duplicated", "stuck", "failed", "sent well but not held")] == [0] * 5
    assert found["by children"] == 200
    assert found["by the parent"] > 0


def test_a_session_that_is_shared_by_a_fork_is_found_out():
    found = run("naive", forks=4, sends=50, seed=1)

    assert found["crossed"] + found["failed"] > 0


@pytest.mark.parametrize("place", ["rows", "on_result", "thread"])
def test_a_child_that_is_forked_in_the_middle_of_a_bulk_refuses_to_go_on(tmp_path, place):
    command = [sys.executable, "-m", "tests.forked_bulk", place, str(tmp_path)]

    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, env=ENVIRONMENT)

    assert json.loads(done.stdout) == {"ended": "JournalError", "by parent": 200, "by others": 0, "parent": "done"}
