"""Tests of the option that sets variables of a scenario."""

import click
import pytest
from click.testing import Result

from fake_twilio.commands.settings import set_option
from tests.command_runner import CliRunner


def run(*words: str) -> Result:
    @click.command()
    @set_option
    def show(settings: dict[str, str]) -> None:
        click.echo(repr(settings))

    return CliRunner().invoke(show, words)


def test_each_pair_is_a_setting_and_the_last_of_a_name_counts() -> None:
    assert run("--set", "a=1", "--set", "b=x=y", "--set", "a=").output == "{'a': '', 'b': 'x=y'}\n"


def test_without_it_there_are_none() -> None:
    assert run().output == "{}\n"


@pytest.mark.parametrize("word", ["pause", "=5s", ""])
def test_what_is_no_pair_is_refused(word: str) -> None:
    result = run("--set", word)

    assert (result.exit_code, "wanted name=value" in result.stderr) == (2, True)
