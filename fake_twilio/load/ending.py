"""How a load ends that cannot begin: one line, and status 1.

An exception in a listener is logged by Locust with its trace and forgotten; `SystemExit` is not.
"""

import sys
from collections.abc import Callable
from typing import Any, NoReturn

from fake_twilio.load.errors import LoadError
from fake_twilio.load.options import Options
from fake_twilio.load.seams import Environment


def line_of(error: LoadError) -> str:
    """Return what is printed of an error: one line, whatever is in it."""
    return f"load: {' '.join(str(error).split())}"


def end(error: LoadError) -> NoReturn:
    """Say what is wrong, and end the process."""
    sys.exit(line_of(error))


def dismiss_workers(environment: Environment, end_forks: Callable[[], object]) -> None:
    """Have the workers of a master end whose load cannot begin: those elsewhere are told, *end_forks* ends the others.

    Nothing was sent yet, so nothing gets lost with them.
    """
    if Options.of(environment.parsed_options).master:
        runner: Any = environment.runner
        runner.quit()
        end_forks()
