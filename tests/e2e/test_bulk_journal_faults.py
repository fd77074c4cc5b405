"""A bulk sends nothing when its journal cannot be written: reliability, G6."""

import sys

import pytest

from tests.e2e.bulk_journal_faults import ROWS, found

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits and users are those of Unix")

# What SQLite says, behind what we say. A locked database is waited for, twice: it is left to the long form.
ERRORS = {
    "full_disk": "the journal cannot be written: disk I/O error; send nothing until it can",
    "read_only_file": "the journal journal.db cannot be opened: attempt to write a readonly database",
    "read_only_folder": "the journal journal.db cannot be opened: attempt to write a readonly database",
}


@pytest.mark.parametrize("case", ERRORS)
def test_nothing_is_sent_and_when_the_trouble_has_passed_everything_is(case: str) -> None:
    assert found(case) == {"sent": 0, "error": ERRORS[case], "error_after": None, "sent_after": ROWS}


def test_a_bulk_without_a_journal_is_found_out() -> None:
    assert found("full_disk", "unjournalled")["sent"] == ROWS
