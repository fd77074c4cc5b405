"""The option ``--set``, by which a command gives variables of a scenario other values."""

from collections.abc import Callable
from typing import Any

import click


def _read(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """Turn ``name=value`` into a mapping; of a name that comes twice the last counts."""
    pairs = [value.partition("=") for value in values]
    if not all(name and equals for name, equals, _ in pairs):
        raise click.BadParameter("wanted name=value, such as pause=5s")
    return {name: value for name, _, value in pairs}


def set_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Let *command* take ``--set name=value``, many times, as the mapping *settings*."""
    return click.option(
        "--set",
        "settings",
        multiple=True,
        metavar="NAME=VALUE",
        callback=_read,
        help="Give a variable of the scenario another value than its vars say; may come many times.",
    )(command)
