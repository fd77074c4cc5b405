"""The files of a summary: a page, a text, a table."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from fake_twilio.load.summary import Summary
from fake_twilio.load.summary_page import to_page
from fake_twilio.load.summary_text import to_csv, to_text

FILES: Mapping[str, Callable[[Summary], str]] = MappingProxyType(
    {"summary.html": to_page, "summary.txt": to_text, "summary.csv": to_csv}
)


def empty_summary(folder: Path) -> None:
    """Make *folder* and its files, empty; raises `OSError` if it cannot.

    Those of an earlier load would look like this one's if it were cut off.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        (folder / name).write_text("", "utf-8")


def write_summary(folder: Path, summary: Summary) -> None:
    """Write `FILES` into *folder*; raises `OSError` if it cannot."""
    for name, to_content in FILES.items():
        (folder / name).write_text(to_content(summary), "utf-8")
