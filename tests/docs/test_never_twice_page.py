"""The page about sending never twice: its worlds are as it says, its tables and figures those of the code."""

import ast
import re
from pathlib import Path

import pytest

import twilio_sms
from fake_twilio.fixture import FakeTwilioFixture
from tests.docs.pages import ROOT, examples, page, run
from twilio_sms.verdict import LOST, NOT_PROCESSED, Verdict, verdict_of_status

NAME = "docs/explanation/never_twice.md"
PAGE = page(NAME)
EXAMPLES = examples(NAME)
FIGURES = re.findall(r"^\| `(python [^`]+)` \| `(\w+)` \| ([\d.,]+) \| (\S.*?) \|$", PAGE, re.MULTILINE)


def test_two_worlds_look_the_same() -> None:
    lost, stored = run(EXAMPLES["two_worlds"]).splitlines()

    assert [lost, stored] == EXAMPLES["two_worlds_seen"].splitlines()
    assert lost.rpartition(" -> ")[0] == stored.rpartition(" -> ")[0]


@pytest.mark.parametrize(("world", "finding"), [("stored_but_reset", "accepted"), ("answers_lost", "not found yet")])
def test_what_may_have_been_sent_is_looked_for(fake_twilio: FakeTwilioFixture, world: str, finding: str) -> None:
    fake_twilio.use(world)

    assert run(EXAMPLES["reconciled"]) == f"{finding}\n"
    assert f"`{finding}` in `{world}`" in PAGE


def test_a_bulk_is_sent_once_however_often_it_is_called(
    fake_twilio: FakeTwilioFixture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    told = [run(EXAMPLES["journalled"]) for _ in range(2)]

    assert all(line.endswith(" True\n") for line in told)
    assert [message.body for message in fake_twilio.messages] == ["Hi Ada, we open at nine."] * 20


def test_what_a_phase_proves_is_what_the_code_takes_it_for() -> None:
    rows = re.findall(r"^\| ([a-z ]+): [^|]+ \| (not sent|unknown) \|$", PAGE, re.MULTILINE)

    assert dict(rows) == {phase.value: verdict.value for phase, verdict in LOST.items()}


@pytest.mark.parametrize("status", [200, 201, 302, 400, 404, 408, 421, 425, 429, 500, 503])
def test_what_a_status_proves_is_what_the_code_takes_it_for(status: int) -> None:
    told = re.findall(r"^\| ([^|]*[345\dx, ]+) \| (\w+(?: sent)?)[^|]* \|$", PAGE, re.MULTILINE)
    ranges = {"2xx": range(200, 300), "any other 3xx, 4xx": range(300, 500), "5xx": range(500, 600)}

    (verdict,) = {
        verdict
        for name, verdict in told
        if status in ranges.get(name, map(int, re.findall(r"\b\d{3}\b", name)))
        and (name != "any other 3xx, 4xx" or status not in NOT_PROCESSED)
    }

    assert Verdict(verdict.partition(":")[0]) is verdict_of_status(status)


def test_errors_of_the_table_are_there() -> None:
    rows = re.findall(r"^\| (`[A-Z]\w+Error`.*?) \|", PAGE, re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`(\w+Error)`", row)}

    assert len(rows) == 7
    assert [name for name in named if not hasattr(twilio_sms, name)] == []


@pytest.mark.parametrize(("command", "figure", "value", "goal"), FIGURES, ids=[row[1] for row in FIGURES])
def test_a_figure_is_one_that_its_command_tells(command: str, figure: str, value: str, goal: str) -> None:
    words = command.split()
    path = f"{words[2].replace('.', '/')}.py" if words[1] == "-m" else words[1]
    sources = [ROOT / path, *(ROOT / path).parent.glob("profile_*.py")]

    assert any(is_told(figure, source.read_text("utf-8")) for source in sources)
    assert (float(value.replace(",", "")) == 0) is (goal == "0")


def is_told(figure: str, source: str) -> bool:
    """Whether a source names this figure, as a whole or with words of its own in places that are filled in."""
    for node in ast.walk(ast.parse(source)):
        found = re.fullmatch(pattern_of(node), figure)
        if found and all(filled in source or filled.replace("_", " ") in source for filled in found.groups()):
            return True
    return False


def pattern_of(node: ast.AST) -> str:
    """Return what a text in the source may be; nothing that a figure could be for all else."""
    if isinstance(node, ast.Constant):
        return re.escape(str(node.value))
    if isinstance(node, ast.JoinedStr):
        return "".join(pattern_of(part) if isinstance(part, ast.Constant) else r"(\w+)" for part in node.values)
    return ""


@pytest.mark.parametrize("figure", ["G9_forgotten", "naive_sent_thrice", "x"])
def test_a_figure_that_nobody_tells_is_found_out(figure: str) -> None:
    source = (ROOT / "tests" / "e2e" / "forks.py").read_text("utf-8")

    assert not is_told(figure, source)


def test_both_sides_have_figures() -> None:
    naive = [row for row in FIGURES if "naive" in row[1] or "naive" in row[0]]

    assert len(FIGURES) >= 12
    assert len(naive) >= 5
    assert {row[3] for row in FIGURES} == {"0", "above 0"}
