"""The option ``--output``, which names a file that a command writes in the end."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from fake_twilio.commands.ending import end
from fake_twilio.scenario_files.files import write_file

PATH = click.Path(dir_okay=False, writable=True, path_type=Path)


def output_option(what: str, *, is_required: bool = False) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let a command take ``--output``; a folder that there is not is told before any work is done."""
    return click.option("--output", type=PATH, required=is_required, callback=_check_folder, help=what)


def write(text: str, output: Path) -> None:
    """Write a file; end the command if that cannot be done."""
    try:
        write_file(output, text)
    except OSError as error:
        end(f"cannot write {output}: {error.strerror}; choose another --output")


def _check_folder(_context: click.Context, _option: click.Parameter, path: Path | None) -> Path | None:
    if path is not None and not path.absolute().parent.is_dir():
        raise click.BadParameter(f"there is no folder {path.parent}; choose another --output")
    return path
