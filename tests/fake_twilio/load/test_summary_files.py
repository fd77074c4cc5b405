"""A summary is three files."""

from pathlib import Path

from fake_twilio.load.summary_files import write_summary
from fake_twilio.load.summary_page import to_page
from fake_twilio.load.summary_text import to_csv, to_text
from tests.fake_twilio.load.summaries import summary


def test_each_says_the_same_in_its_own_way(tmp_path: Path) -> None:
    shown = summary(slo="p99_send=1s")

    write_summary(tmp_path, shown)

    written = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}
    assert written == {
        "summary.html": to_page(shown),
        "summary.txt": to_text(shown),
        "summary.csv": to_csv(shown),
    }
