"""How a load ends that cannot begin: one line, and status 1.

An exception in a listener is logged by Locust with its trace and forgotten; `SystemExit` is not.
"""

import sys
from collections.abc import Callable
from typing import Any, NoReturn

from fake_twilio.load.errors import LoadError
from fake_twilio.load.seams import Environment

_FORK_SECONDS, _FORK_LOOKS = 0.1, 250  # until forked workers are there to be told, also where the machine is busy


def line_of(error: LoadError) -> str:
    """Return what is printed of an error: one line, whatever is in it."""
    return f"load: {' '.join(str(error).split())}"


def end(error: LoadError) -> NoReturn:
    """Say what is wrong, and end the process."""
    sys.exit(line_of(error))


def dismiss_workers(environment: Environment, pause: Callable[[float], object]) -> None:
    """Have the workers that Locust forked end: without a word from their master they would wait for a minute."""
    if not getattr(environment.parsed_options, "master", False):
        return
    runner: Any = environment.runner
    for _ in range(_FORK_LOOKS):
        if len(runner.clients) >= (environment.parsed_options.processes or 0):
            break
        pause(_FORK_SECONDS)
    runner.quit()
