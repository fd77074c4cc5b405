"""About how many rows a file holds, before it is read."""

from pathlib import Path

_BLOCK_BYTES = 1 << 20


def count_rows(path: Path) -> int | None:
    """Return how many lines may be rows; ``None`` for what can be read only once, such as a pipe.

    Empty lines and cells of several lines count too: it is for a progress bar, and takes a second for some gigabytes.
    """
    if not path.is_file():
        return None
    with path.open("rb") as file:
        lines, last = 0, b"\n"
        while block := file.read(_BLOCK_BYTES):
            lines, last = lines + block.count(b"\n"), block
    lines += not last.endswith(b"\n")
    return max(0, lines - 1) if path.suffix.lower() == ".csv" else lines  # the head names the columns
