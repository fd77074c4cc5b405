"""About how many rows there are is known before they are read."""

import os
from pathlib import Path

import pytest

from twilio_sms.commands.line_count import count_rows


@pytest.mark.parametrize(
    ("name", "text", "count"),
    [
        ("a.csv", "to\n1\n2\n", 2),
        ("a.csv", "to\n1\n2", 2),
        ("a.CSV", "to\n1\n", 1),
        ("a.csv", "to", 0),
        ("a.csv", "", 0),
        ("a.jsonl", "{}\n{}\n", 2),
        ("a.jsonl", "{}", 1),
        ("a.jsonl", "", 0),
    ],
)
def test_a_line_counts_as_a_row_but_for_the_head(tmp_path: Path, name: str, text: str, count: int) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")

    assert count_rows(path) == count


def test_a_file_of_many_blocks_is_counted_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"x" * 999 + b"\n" * 2_000_000)

    assert count_rows(path) == 2_000_000


def test_what_can_be_read_only_once_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.csv")

    assert count_rows(tmp_path / "a.csv") is None
