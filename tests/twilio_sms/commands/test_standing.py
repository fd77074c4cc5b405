"""What a campaign came to, and how a command that found it so ends."""

import json
from decimal import Decimal

import pytest

from twilio_sms.bulk.journal_view import Total
from twilio_sms.bulk.report import BulkReport
from twilio_sms.bulk.states import State
from twilio_sms.commands.endings import Ending
from twilio_sms.commands.standing import Standing

NONE = dict.fromkeys(State, Total())
MIXED = {**NONE, State.ACCEPTED: Total(5, 7), State.UNKNOWN: Total(1, 2), State.SKIPPED: Total(2, 2)}


def standing(**rows: int) -> Standing:
    return Standing(rows={state: rows.get(state.name, 0) for state in State}, segments=0)


@pytest.mark.parametrize(
    ("state", "ending"),
    [
        (State.PENDING, Ending.OPEN),
        (State.INFLIGHT, Ending.OPEN),
        (State.ACCEPTED, Ending.COMPLETE),
        (State.REJECTED, Ending.OPEN),
        (State.UNKNOWN, Ending.OPEN),
        (State.SKIPPED, Ending.COMPLETE),
    ],
    ids=lambda value: value.name,
)
def test_a_row_that_somebody_must_look_at_keeps_it_open(state: State, ending: Ending) -> None:
    assert standing(**{state.name: 1}).ending is ending


def test_what_was_stopped_is_open() -> None:
    assert Standing(rows=standing().rows, segments=0, stopped="the budget is spent").ending is Ending.OPEN


def test_what_may_have_been_sent_has_to_be_paid_for() -> None:
    found = Standing.of_journal(MIXED, Decimal("0.01"))

    assert (found.segments, found.cost) == (9, Decimal("0.09"))


def test_without_a_price_there_is_no_cost() -> None:
    assert Standing.of_journal(MIXED, None).cost is None


def test_what_is_left_was_not_sent_to_its_end() -> None:
    assert standing(PENDING=2, INFLIGHT=3, UNKNOWN=4, ACCEPTED=5).left == 5


def test_the_table_has_the_states_in_which_there_are_rows() -> None:
    lines = Standing.of_journal(MIXED, Decimal("0.01"), "interrupted").to_lines()

    assert [line.split() for line in lines] == [
        ["ACCEPTED", "5"],
        ["UNKNOWN", "1"],
        ["SKIPPED", "2"],
        ["rows", "read", "8"],
        ["segments", "9"],
        ["cost", "0.09"],
        ["stopped", "interrupted"],
    ]


def test_the_json_has_them_all(capsys: pytest.CaptureFixture[str]) -> None:
    Standing.of_journal(MIXED, Decimal("0.01")).show(as_json=True)

    tree = json.loads(capsys.readouterr().out)
    assert tree["counts"] == {"PENDING": 0, "INFLIGHT": 0, "ACCEPTED": 5, "REJECTED": 0, "UNKNOWN": 1, "SKIPPED": 2}
    assert (tree["segments"], tree["cost"], tree["stopped"]) == (9, "0.09", None)


def test_a_dry_run_stands_as_its_report_says() -> None:
    report = BulkReport(counts=standing(PENDING=3).rows, segments=4, cost=Decimal(1))

    assert Standing.of_rehearsal(report) == Standing(rows=standing(PENDING=3).rows, segments=4, cost=Decimal(1))
