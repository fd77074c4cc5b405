"""Folders that a load writes into, looked at before it begins."""

from pathlib import Path
from tempfile import TemporaryFile


def check_folder(folder: Path) -> None:
    """Make *folder* if it is not there; raises `OSError` if it cannot be, or nothing can be written into it."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryFile(dir=folder):
        pass
