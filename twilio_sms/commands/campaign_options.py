"""The options that say how a campaign is sent, for all commands.

None has a default here: what is not given is what the journal's earlier run had, or `Campaign`'s own default.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

FILE = click.Path(exists=True, dir_okay=False)
Command = Callable[..., Any]


def absolute(_context: click.Context, _option: click.Parameter, path: str | None) -> str | None:
    """Write a path so that it still leads there when a run is resumed in another folder."""
    return None if path is None else str(Path(path).absolute())


_HOW = (
    click.option("--workers", type=int, help="Messages at one time. [default: 8]"),
    click.option(
        "--on-unknown",
        type=click.Choice(["keep", "resend"]),
        help="What becomes of a row that may have been sent and is not found: keep it, or send it again. "
        "[default: keep]",
    ),
    click.option(
        "--settle-seconds",
        type=float,
        help="How long Twilio's list may take to show a message. [default: 120]",
    ),
    click.option("--budget", metavar="AMOUNT", help="Stop before this is overrun; needs --price-per-segment."),
    click.option("--price-per-segment", metavar="AMOUNT", help="What a segment costs, such as 0.0079."),
    click.option("--per-second", type=float, metavar="N", help="Messages in a second. [default: 10]"),
    click.option(
        "--per-recipient-per-second", type=float, metavar="N", help="The same for each recipient. [default: 1]"
    ),
    click.option("--no-limits", is_flag=True, default=None, help="Send as fast as Twilio takes them."),
    click.option(
        "--opt-outs", type=FILE, callback=absolute, help="The opt-out list: a SQLite file, asked before each message."
    ),
)
_TELLING = (
    click.option("--base-url", metavar="URL", help="Where the API is, if not where TWILIO_BASE_URL says: a fake."),
    click.option("--quiet", "is_quiet", is_flag=True, help="No progress and no advice."),
    click.option("--json", "as_json", is_flag=True, help="Print the result as JSON."),
)


def how_options(command: Command) -> Command:
    """Let *command* take how a campaign is sent, where it is sent to, and how that is told."""
    for option in reversed((*_HOW, *_TELLING)):
        command = option(command)
    return command
