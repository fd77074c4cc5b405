"""``fake-twilio schema``: the JSON Schema of scenario files, for editors."""

from pathlib import Path

import click

from fake_twilio.commands.output import output_option, write
from fake_twilio.scenario_tools.schema import schema_text


@click.command("schema")
@output_option("Where it is written; printed if not given.")
def print_schema(output: Path | None) -> None:
    """Print the JSON Schema of scenario files.

    Editors with a YAML language server complete and check a file whose first line is
    `# yaml-language-server: $schema=schema.json`.
    """
    if output is None:
        click.echo(schema_text(), nl=False)
        return
    write(schema_text(), output)
