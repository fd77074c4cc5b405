"""The page about delivery: its examples run, and its tables are those of the code."""

from pathlib import Path

import pytest

from fake_twilio.fixture import FakeTwilioFixture
from tests.docs.pages import examples, page, run
from twilio_sms.domain.delivery_error import KINDS, DeliveryError
from twilio_sms.domain.status import FOLLOWS, Status

PAGE = page("docs/delivery.md")
EXAMPLES = examples("docs/delivery.md")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the examples write their files where nobody minds."""
    monkeypatch.chdir(tmp_path)


def rows(head: str) -> list[list[str]]:
    """Return the cells of the table under *head*."""
    table = PAGE.partition(f"| {head} |")[2].partition("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


def test_the_table_of_statuses_is_the_one_that_the_code_obeys() -> None:
    table = {Status(status): {Status(name) for name in after.split(", ") if name} for status, after in rows("status")}

    assert table == FOLLOWS


def test_the_table_of_errors_says_what_the_code_says() -> None:
    table = rows("code")

    assert {int(code): kind.strip("`") for code, kind, _, _ in table} == {c: kind.__name__ for c, kind in KINDS.items()}
    assert [
        code
        for code, _, advice, may in table
        if (advice, may == "yes") != (DeliveryError.of(int(code)).advice, DeliveryError.of(int(code)).may_repeat)
    ] == []


def test_a_status_knows_its_place() -> None:
    assert run(EXAMPLES["statuses"]) == "True False True\nTrue False\n"


@pytest.mark.fake_twilio(clock="real")
def test_a_message_is_waited_for(fake_twilio: FakeTwilioFixture) -> None:
    assert run(EXAMPLES["wait_until"]) == "delivered None\n"


def test_callbacks_in_disorder_move_a_message_forward() -> None:
    assert run(EXAMPLES["tracker"]).splitlines() == [
        "None -> undelivered ",
        "undelivered -> undelivered (sent came late)",
        "False",
        "undelivered ['undelivered', 'sent']",
    ]


def test_a_webhook_is_worked_on_once() -> None:
    assert run(EXAMPLES["claims"]) == "working on it\ndone <Response/>\n"


def test_an_error_says_what_to_do() -> None:
    assert run(EXAMPLES["delivery_error"]).startswith("True True The phone may be off")
