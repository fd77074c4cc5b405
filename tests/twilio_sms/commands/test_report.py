"""`report` says what became of the rows, while they are sent and after."""

import csv
import json
from pathlib import Path

import pytest

from tests.twilio_sms.bulk.journals import new_rows, open_journal, sid
from tests.twilio_sms.commands.campaigns import run
from twilio_sms.bulk.journal import Journal
from twilio_sms.commands.campaign import Campaign
from twilio_sms.commands.endings import Ending
from twilio_sms.commands.report import MOST_DOUBTFUL


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """Give a journal that is being written: a row in each state, in the order of their names."""
    journal = open_journal(tmp_path)
    journal.load(new_rows(range(6)))
    for index in (0, 1, 3, 5):
        journal.mark(index)
    journal.accept(0, sid(0))
    journal.reject(3, 21211, "no \x1b[31mnumber")
    journal.skip(4, "opted out")
    journal.doubt(5, "the answer is lost")
    journal.flush()
    yield journal
    journal.close()


@pytest.fixture
def path(journal: Journal, tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


def test_it_counts_the_rows_of_each_state(path: Path) -> None:
    result = run("report", path, "--price-per-segment", "0.5")

    rows = [line.split() for line in result.stdout.partition("\n\n")[0].splitlines()]
    states = ("PENDING", "INFLIGHT", "ACCEPTED", "REJECTED", "UNKNOWN", "SKIPPED")
    assert rows == [*([state, "1"] for state in states), ["rows", "read", "6"], ["segments", "6"], ["cost", "3.0"]]
    assert result.exit_code == Ending.OPEN


def test_it_lists_the_rows_in_doubt_with_masked_recipients(path: Path) -> None:
    listed = run("report", path).stdout.partition("in doubt:\n")[2]

    assert listed.splitlines()[1].split(maxsplit=5) == ["5", "UNKNOWN", "+1555***4567", "-", "-", "the answer is lost"]


def test_it_lists_the_states_that_are_asked_for(path: Path) -> None:
    listed = run("report", path, "--rows", "rejected", "--rows", "SKIPPED").stdout

    assert "no \\x1b[31mnumber" in listed
    assert "opted out" in listed
    assert "the answer is lost" not in listed


def test_the_json_has_counts_and_rows(path: Path) -> None:
    tree = json.loads(run("report", path, "--json").stdout)

    assert set(tree["counts"].values()) == {1}
    assert [(row["row"], row["state"], row["recipient"]) for row in tree["rows"]] == [(5, "UNKNOWN", "+1555***4567")]


def test_the_json_has_the_rows_that_are_asked_for(path: Path) -> None:
    tree = json.loads(run("report", path, "--json", "--rows", "accepted").stdout)

    assert [(row["row"], row["sid"]) for row in tree["rows"]] == [(0, sid(0))]


@pytest.mark.parametrize(("words", "count"), [((), 6), (("--rows", "accepted"), 1)])
def test_the_rows_are_written_to_a_file(path: Path, tmp_path: Path, words: tuple[str, ...], count: int) -> None:
    result = run("report", path, "--csv", tmp_path / "out.csv", *words)

    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == count
    assert f"{count} rows written" in result.stderr


def test_the_price_is_the_one_that_the_journal_keeps(journal: Journal, path: Path) -> None:
    journal.keep_command(Campaign(file="a.csv", price_per_segment="0.25").to_json())

    assert "cost       1.50" in run("report", path).stdout


def test_a_journal_in_which_all_is_through_is_complete(tmp_path: Path) -> None:
    with open_journal(tmp_path) as journal:
        journal.load(new_rows([0]))
        journal.mark(0)
        journal.accept(0, sid(0))

    assert run("report", tmp_path / "journal.db").exit_code == Ending.COMPLETE


def test_of_many_in_doubt_some_are_listed_and_the_way_to_all(tmp_path: Path) -> None:
    count = MOST_DOUBTFUL + 1
    with open_journal(tmp_path) as journal:
        journal.load(new_rows(range(count)))
        for index in range(count):
            journal.mark(index)
            journal.doubt(index, "lost")

    result = run("report", tmp_path / "journal.db")

    assert result.stdout.count("UNKNOWN") == 1 + MOST_DOUBTFUL
    assert "--rows unknown" in result.stderr


def test_a_file_that_is_no_journal_is_told_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("no journal" * 200, "utf-8")

    result = run("report", tmp_path / "a.db")

    assert (result.exit_code, len(result.stderr.splitlines())) == (Ending.STOPPED, 1)
