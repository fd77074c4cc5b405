"""Journals for tests."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.doubles import ACCOUNT_SID, RECIPIENT, HandClock
from twilio_sms.bulk.journal import Journal
from twilio_sms.bulk.journal_row import NewRow, Row
from twilio_sms.clock import Clock

BASE_URL = "https://api.example.com"
JOB_ID = "0d" * 8


def open_journal(folder: Path, *, clock: Clock | None = None, **changes: Any) -> Journal:
    settings = {
        "account_sid": ACCOUNT_SID,
        "base_url": BASE_URL,
        "clock": clock or HandClock(),
        "busy_seconds": 0,
        "make_job_id": lambda: JOB_ID,
    }
    return Journal.open(folder / "journal.db", **{**settings, **changes})


def new_rows(indexes: Iterable[int], salt: str = "") -> list[NewRow]:
    return [
        NewRow(index=index, fingerprint=f"{salt}{index}".encode().rjust(32), recipient=RECIPIENT, segments=2)
        for index in indexes
    ]


def sid(number: int) -> str:
    return f"SM{number:032x}"


def row_of(journal: Journal, index: int) -> Row:
    row = journal.find(index)
    assert row is not None
    return row
