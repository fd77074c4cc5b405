"""What reaches the terminal: text, never a command to it.

A file of rows, a journal or an answer of Twilio's may hold escape sequences, which a terminal obeys, and bidirectional
characters, which turn what a person reads. So every line that this command prints goes through here, and whatever is
not printable leaves as its escape.
"""

from collections.abc import Sequence

import click


def escaped(text: str) -> str:
    r"""Return *text* as one printable line.

    >>> escaped("a\x1b[2Jb\n")
    'a\\x1b[2Jb\\n'
    """
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode("ascii") for one in text)


def show(line: str) -> None:
    """Print a line of the result, to stdout."""
    click.echo(escaped(line))


def tell(line: str) -> None:
    """Print a line for the person who waits, to stderr."""
    click.echo(escaped(line), err=True)


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return each row as a line with its cells under each other; there is at least one row, and all are as long."""
    shown = [[escaped(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in shown]
