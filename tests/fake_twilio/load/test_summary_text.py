"""A summary can be read in a terminal, and by a spreadsheet."""

import csv

import pytest

from fake_twilio.load.summary_text import shown_seconds, to_csv, to_text
from tests.fake_twilio.load.summaries import summary, tally_of


def test_a_terminal_shows_all_of_it() -> None:
    taken = tally_of(send=[0.001, 0.002, 0.003, 1.5], reply=[0.25])
    taken.count("requests", 4)

    text = to_text(summary(taken, "max_send=300ms,errors=0", differences=()))

    assert text == (
        "Load of 2026-01-01T00:00:00Z, 3.0 s: an objective is missed\n\n"
        "host: http://127.0.0.1:7670\ntwilio-sms: 1.2\n\n"
        "       count    mean      p50     p90     p99   p99.9     max\n"
        "reply      1  250 ms   250 ms  250 ms  250 ms  250 ms  250 ms\n"
        "send       4  376 ms  2.01 ms   1.5 s   1.5 s   1.5 s   1.5 s\n\n"
        "requests 4\n\n"
        "max_send 1.5s <=300ms FAIL\nerrors 0 <=0 PASS\n"
        "load, fake and sink agree to the message\n"
    )


def test_differences_are_told_one_by_one() -> None:
    assert to_text(summary(differences=("one is missing", "two came twice"))).endswith(
        "\n\none is missing\ntwo came twice\n"
    )


def test_a_lost_worker_is_told() -> None:
    assert "2 workers did not tell all that they saw" in to_text(summary(missing_workers=2))


def test_nothing_measured_is_said() -> None:
    assert "nothing was measured" in to_text(summary(tally_of()))


def test_a_spreadsheet_gets_a_line_for_each_measure_and_count_in_milliseconds() -> None:
    taken = tally_of(send=[0.5, 1.5])
    taken.count("sent", 2)

    head, send, sent = csv.reader(to_csv(summary(taken)).splitlines())

    assert head == ["name", "count", "mean_ms", "p50_ms", "p90_ms", "p99_ms", "p99.9_ms", "max_ms"]
    assert send[:3] == ["send", "2", "1000.000"]
    assert float(send[3]) == pytest.approx(500, rel=1 / 128)
    assert send[-1] == "1500.000"
    assert sent == ["sent", "2", "", "", "", "", "", ""]


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0.0000042, "0.0042 ms"), (0.00421, "4.21 ms"), (0.9994, "999 ms"), (1.5, "1.5 s"), (86_400, "86400 s")],
)
def test_a_duration_has_its_unit(seconds: float, shown: str) -> None:
    assert shown_seconds(seconds) == shown
