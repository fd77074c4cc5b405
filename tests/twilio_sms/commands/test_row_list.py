"""Rows are listed with masked recipients, and nothing in them is a command to a terminal or a spreadsheet."""

import csv
from pathlib import Path

import pytest

from twilio_sms.bulk.journal_row import Row
from twilio_sms.bulk.states import State
from twilio_sms.commands.row_list import COLUMNS, to_json, to_lines, write_csv
from twilio_sms.errors import ValidationError


def row(index: int = 7, reason: str | None = "lost") -> Row:
    return Row(
        index=index,
        fingerprint=b"",
        recipient="+1555***4567",
        segments=1,
        state=State.UNKNOWN,
        attempts=1,
        doubts=1,
        reason=reason,
    )


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_row_is_a_line_under_its_names() -> None:
    head, line = to_lines([row()])

    assert head.split() == ["row", "state", "recipient", "code", "sid", "reason"]
    assert line.split() == ["7", "UNKNOWN", "+1555***4567", "-", "-", "lost"]


def test_the_json_has_every_column() -> None:
    tree = to_json(row())

    assert list(tree) == list(COLUMNS)
    assert (tree["row"], tree["state"], tree["marked_at"]) == (7, "UNKNOWN", None)


def test_the_file_has_every_row_and_column(tmp_path: Path) -> None:
    assert write_csv([row(1), row(2)], tmp_path / "out.csv") == 2

    rows = read(tmp_path / "out.csv")
    assert [cells["row"] for cells in rows] == ["1", "2"]
    assert list(rows[0]) == list(COLUMNS)


@pytest.mark.parametrize("reason", ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "'=1", "\uff1d1"])
def test_no_cell_is_a_formula(tmp_path: Path, reason: str) -> None:
    write_csv([row(reason=reason)], tmp_path / "out.csv")

    (cells,) = read(tmp_path / "out.csv")
    assert (cells["reason"], cells["recipient"]) == (f"'{reason}", "'+1555***4567")


def test_no_cell_holds_what_a_terminal_obeys(tmp_path: Path) -> None:
    write_csv([row(reason="\x1b[2J")], tmp_path / "out.csv")

    assert read(tmp_path / "out.csv")[0]["reason"] == "\\x1b[2J"


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    path.write_text("precious", "utf-8")

    with pytest.raises(ValidationError, match="File exists; choose another --csv"):
        write_csv([row()], path)
    assert path.read_text("utf-8") == "precious"
