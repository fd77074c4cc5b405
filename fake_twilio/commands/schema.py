"""``fake-twilio schema``: the JSON Schema of scenario files, for editors."""

from pathlib import Path

import click

from fake_twilio.scenario_tools.schema import schema_text


@click.command("schema")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write it there; printed if not given.")
def print_schema(output: Path | None) -> None:
    """Print the JSON Schema of scenario files.

    Editors with a YAML language server complete and check a file whose first line is
    `# yaml-language-server: $schema=schema.json`.
    """
    if output is None:
        click.echo(schema_text(), nl=False)
        return
    try:
        output.write_text(schema_text(), "utf-8")
    except OSError as error:
        raise click.UsageError(f"cannot write {output}: {error.strerror}; choose another --output") from error
