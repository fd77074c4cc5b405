"""Nothing is sent when the journal cannot be written: reliability, G6."""

import sys

import pytest

from tests.e2e.journal_faults import AT_THE_MARK, ROWS, found

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits and users are those of Unix")

# What SQLite says, behind what we say.
ERRORS = {
    "full_disk": "the journal cannot be written: disk I/O error; send nothing until it can",
    "locked_database": "the journal cannot be written: database is locked; send nothing until it can",
    "read_only_file": "the journal journal.db cannot be opened: attempt to write a readonly database",
    "read_only_folder": "the journal journal.db cannot be opened: attempt to write a readonly database",
}


@pytest.mark.parametrize("case", ERRORS)
def test_nothing_is_sent_and_when_the_trouble_has_passed_everything_is(case: str) -> None:
    assert found(case) == {"sent": 0, "errors": [ERRORS[case]], "sent_after": ROWS}


@pytest.mark.parametrize("case", AT_THE_MARK)
def test_code_that_does_not_heed_the_mark_is_found_out(case: str) -> None:
    assert found(case, "naive")["sent"] == ROWS
