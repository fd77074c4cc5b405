"""Tests of how a command ends early."""

import errno
import socket

import click
import pytest
from click.testing import Result

from fake_twilio.commands.ending import CALLED_WRONGLY, FAILED, end, taken_port_ends, unplayable_ends
from fake_twilio.scenario_files.load import load_scenario
from tests.command_runner import CliRunner


def ended(problem: Exception | None = None) -> Result:
    """Run a command that says nothing but what is wrong."""

    @click.command()
    def command() -> None:
        with taken_port_ends("127.0.0.1", 7670), unplayable_ends():
            if problem is not None:
                raise problem
            load_scenario("delivrd")

    return CliRunner().invoke(command)


def test_a_scenario_that_cannot_be_played_is_a_wrong_call() -> None:
    result = ended()

    assert (result.exit_code, result.stdout) == (CALLED_WRONGLY, "")
    assert "delivrd: no such file" in result.stderr


def test_a_taken_port_is_one_line() -> None:
    result = ended(OSError(98, "Address already in use"))

    told = "cannot listen on 127.0.0.1:7670: Address already in use; choose another --port\n"
    assert (result.exit_code, result.stderr) == (FAILED, told)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(errno.EACCES, "Permission denied"), "Permission denied; choose another --port\n"),
        (OSError(errno.EADDRNOTAVAIL, "Cannot assign"), "Cannot assign; choose another --host\n"),
        (socket.gaierror(socket.EAI_NONAME, "Name not known"), "Name not known; choose another --host\n"),
    ],
    ids=["a port of the system's", "no address of this machine", "no name"],
)
def test_what_cannot_be_listened_on_says_which_option_is_wrong(error: OSError, told: str) -> None:
    assert ended(error).stderr == f"cannot listen on 127.0.0.1:7670: {told}"


def test_a_mistake_of_ours_is_not_hidden() -> None:
    assert isinstance(ended(KeyError("oh")).exception, KeyError)


def test_the_problem_goes_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        end("nobody is there")

    assert (caught.value.code, *capsys.readouterr()) == (FAILED, "", "nobody is there\n")
