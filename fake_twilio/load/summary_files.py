"""The files of a summary: a page, a text, a table."""

from pathlib import Path

from fake_twilio.load.summary import Summary
from fake_twilio.load.summary_page import to_page
from fake_twilio.load.summary_text import to_csv, to_text


def write_summary(folder: Path, summary: Summary) -> None:
    """Write ``summary.html``, ``summary.txt`` and ``summary.csv`` into *folder*; raises `OSError` if it cannot."""
    for kind, write in (("html", to_page), ("txt", to_text), ("csv", to_csv)):
        (folder / f"summary.{kind}").write_text(write(summary), "utf-8")
