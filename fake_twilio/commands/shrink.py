"""``fake-twilio shrink``: which of the troubles of a scenario break a command."""

from functools import cache
from pathlib import Path

import click

from fake_twilio.commands.ending import end, unplayable_ends
from fake_twilio.commands.output import output_option, write
from fake_twilio.commands.settings import set_option
from fake_twilio.scenario_files.load import DEFAULT
from fake_twilio.server import ClockKind
from fake_twilio.shrinking.smallest import smallest
from fake_twilio.shrinking.tree import read_tree, write_tree
from fake_twilio.shrinking.trial import Result, Trials
from fake_twilio.shrinking.troubles import Tree, Trouble, named, troubles_of, without


@click.command(
    context_settings={"ignore_unknown_options": True}, short_help="Find the fewest troubles that break a command."
)
@click.option("--scenario", default=DEFAULT, envvar="FAKE_TWILIO_SCENARIO", show_envvar=True, help="File, or name.")
@click.option("--seed", type=int, required=True, help="Seed of the run that broke.")
@click.option("--clock", type=click.Choice(["real", "instant"]), default="real", show_default=True, help="Its clock.")
@click.option("--timeout", "timeout_seconds", type=float, default=60.0, show_default=True, help="Seconds of one run.")
@output_option("Where the small scenario is written; printed if not given.")
@click.option("--show", "is_shown", is_flag=True, help="Show what the command prints.")
@set_option
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
def shrink(
    scenario: str,
    seed: int,
    clock: ClockKind,
    timeout_seconds: float,
    output: Path | None,
    is_shown: bool,
    settings: dict[str, str],
    command: tuple[str, ...],
) -> None:
    """Run COMMAND over and over with fewer of a scenario's troubles, until each that is left is needed to break it.

    It breaks if it ends with another status than 0, or not in time. Each run has a fake of its own, to which the
    TWILIO_* variables lead; the pytest fixture plays the same scenario with the same seed.
    """
    trials = Trials(command=command, seed=seed, timeout_seconds=timeout_seconds, clock=clock, is_shown=is_shown)
    with unplayable_ends():
        tree = named(read_tree(scenario, settings))
    left = _shrunk(tree, trials)
    for trouble in left:
        click.echo(f"needed: {trouble.told}")
    _write(without(tree, [trouble for trouble in troubles_of(tree) if trouble not in left]), output)


def _shrunk(tree: Tree, trials: Trials) -> list[Trouble]:
    """Return the troubles that are needed; ends the command if there is nothing to look for."""
    troubles = troubles_of(tree)

    @cache
    def breaks(kept: tuple[Trouble, ...]) -> bool:
        result = trials.of(write_tree(without(tree, [each for each in troubles if each not in kept])))
        click.echo(f"with {len(kept)} of {len(troubles)} troubles: {result.value}", err=True)
        return result is not Result.FINE

    if not breaks(tuple(troubles)):
        end("it does not break with this seed: try another one, or another scenario")
    if breaks(()):
        end("it breaks without any trouble, too: mend that first")
    return smallest(troubles, lambda kept: breaks(tuple(kept)))


def _write(tree: Tree, output: Path | None) -> None:
    if output is None:
        click.echo(write_tree(tree), nl=False)
        return
    write(write_tree(tree), output)
    click.echo(f"written to {output}")
