"""``fake-twilio check``: what is wrong with scenario files, and what was hardly meant."""

import sys

import click

from fake_twilio.commands.settings import set_option
from fake_twilio.scenario_files.load import read_scenario
from fake_twilio.scenario_files.problems import ScenarioError
from fake_twilio.scenario_tools.doubts import doubts


@click.command(short_help="Check scenario files, and print what is wrong.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--strict", is_flag=True, help="End with 1 for warnings too.")
@set_option
def check(files: tuple[str, ...], settings: dict[str, str], strict: bool) -> None:
    """Check scenario files, or scenarios by name, and print everything that is wrong with each.

    A line is FILE:LINE:COLUMN, where in the file, and what was wanted; a warning is about what was hardly meant, such
    as a rule that is never reached. Ends with 0 if all may be played, 1 if not, 2 if it was called wrongly.
    """
    verdicts = [_is_good(file, settings, is_strict=strict) for file in files]
    sys.exit(0 if all(verdicts) else 1)


def _is_good(file: str, settings: dict[str, str], *, is_strict: bool) -> bool:
    try:
        reading = read_scenario(file, settings)
    except ScenarioError as error:
        click.echo(str(error))
        return False
    found = doubts(reading)
    for where, doubt in found:
        click.echo(f"{doubt.told(where)} ({'error' if is_strict else 'warning'})")
    if found and is_strict:
        return False
    click.echo(f"{file}: ok ({_counted(len(reading.scenario.rules), 'rule')}{_and_warnings(len(found))})")
    return True


def _and_warnings(count: int) -> str:
    return f", {_counted(count, 'warning')}" if count else ""


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"
