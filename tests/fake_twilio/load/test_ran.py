from pathlib import Path
from typing import Any

import pytest

from fake_twilio.load.options import Options
from fake_twilio.load.ran import Ran, lines_of, versions, write_text
from fake_twilio.load.slo import judge, parse_slo
from fake_twilio.load.tally import Tally


def a_run(slo: str = "max_send=1s", **changed: Any) -> Ran:
    tally = Tally()
    for number in range(1, 101):
        tally.record("send", number / 1000)
    tally.count("requests", 100)
    told: dict[str, Any] = {
        "host": "http://127.0.0.1:7670",
        "options": Options(scenario="delivered"),
        "seconds": 12.34,
        "workers": 2,
        "missing_workers": 0,
        "tally": tally,
        "verdicts": tuple(judge(parse_slo(slo), tally)),
        "fake": {"scenario": "delivered", "messages": {"delivered": 100}},
        "sink": {"distinct": 300},
    }
    return Ran(**{**told, **changed})


@pytest.mark.parametrize(
    ("ran", "is_kept"),
    [
        (a_run(), True),
        (a_run("max_send=1s,max_request=1s"), False),
        (a_run("max_send=99ms"), False),
        (a_run(missing_workers=1), False),
        (a_run(verdicts=()), True),
    ],
)
def test_a_run_is_kept_if_all_was_seen_and_kept(ran: Ran, is_kept: bool) -> None:
    assert ran.is_kept is is_kept


def test_a_run_is_told_in_lines() -> None:
    lines = lines_of(a_run())

    assert lines[0] == "load of http://127.0.0.1:7670 for 12.3 s by 2 processes, scenario delivered"
    assert next(line for line in lines if line.startswith("send")).split()[:2] == ["send", "100"]
    assert {"requests 100", "fake: delivered 100", "sink: distinct 300"} <= set(lines)
    assert lines[-1] == "max_send 100ms <=1s PASS"


def test_a_worker_that_is_missing_is_told() -> None:
    assert "1 workers did not tell all that they saw" in lines_of(a_run(missing_workers=1))


def test_a_fake_that_is_gone_leaves_the_scenario_that_was_wanted() -> None:
    assert lines_of(a_run(fake={}, sink={}))[0].endswith("scenario delivered")
    assert lines_of(a_run(fake={}, options=Options()))[0].endswith("scenario unknown")


def test_the_text_ends_in_the_folder(tmp_path: Path) -> None:
    write_text(tmp_path, a_run())

    assert (tmp_path / "summary.txt").read_text("utf-8").splitlines() == lines_of(a_run())


def test_versions_are_told() -> None:
    assert list(versions()) == ["python", "twilio-sms", "locust"]
