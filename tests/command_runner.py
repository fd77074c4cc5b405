"""click's runner, with stdout and stderr told apart: before click 8.2 they are mixed, unless it is asked not to."""

from inspect import signature

from click.testing import CliRunner as AnyRunner

_APART = {"mix_stderr": False} if "mix_stderr" in signature(AnyRunner).parameters else {}


class CliRunner(AnyRunner):
    """Runs a command, and gives what it wrote to each of the two."""

    def __init__(self) -> None:
        super().__init__(**_APART)
