"""How a command ends early: a line or some for a person, and a status."""

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import click

from fake_twilio.scenario_files.problems import ScenarioError

FAILED = 1
CALLED_WRONGLY = 2
_OF_THE_PORT = (errno.EADDRINUSE, errno.EACCES)  # whatever else is wrong is wrong with the host


def end(problem: str, status: int = FAILED) -> NoReturn:
    """Say what is wrong, to stderr, and end."""
    click.echo(problem, err=True)
    sys.exit(status)


@contextmanager
def unplayable_ends() -> Iterator[None]:
    """End with everything that is wrong with a scenario, if one cannot be played."""
    try:
        yield
    except ScenarioError as error:
        end(str(error), CALLED_WRONGLY)


@contextmanager
def taken_port_ends(host: str, port: int) -> Iterator[None]:
    """End if nobody can listen there."""
    try:
        yield
    except OSError as error:
        option = "--port" if error.errno in _OF_THE_PORT else "--host"
        end(f"cannot listen on {host}:{port}: {error.strerror}; choose another {option}")
