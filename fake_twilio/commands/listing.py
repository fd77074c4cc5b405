"""``fake-twilio list``: the scenarios that come along, and what each is about."""

import json

import click

from fake_twilio.scenario_files.finding import bundled
from fake_twilio.scenario_files.load import load_scenario


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document instead of lines.")
def list_scenarios(as_json: bool) -> None:
    """List the scenarios that come along, with what each is about."""
    abouts = {name: load_scenario(path).about for name, path in bundled().items()}
    if as_json:
        scenarios = [{"name": name, "about": about} for name, about in abouts.items()]
        click.echo(json.dumps({"scenarios": scenarios}, indent=2))
        return
    width = max(map(len, abouts), default=0)
    for name, about in abouts.items():
        click.echo(f"{name:<{width}}  {' '.join(about.split())}")
