"""A killed process leaves no row that was sent and is PENDING: reliability, G1, for the journal alone."""

import pytest

from tests.e2e.journal_kills import found

KILLS = 6


@pytest.mark.parametrize("seed", [1])
def test_what_was_sent_is_never_pending_and_never_sent_again(seed: int) -> None:
    verdict = found("careful", KILLS, seed)

    assert verdict["sent"] > 0
    assert (verdict["sent_but_pending"], verdict["sent_twice"]) == (0, 0)


def test_a_writer_that_marks_after_it_has_sent_is_found_out() -> None:
    assert found("naive", KILLS, 1)["sent_but_pending"] > 0
