"""``fake-twilio cassette``: a recorded cassette becomes a scenario."""

from pathlib import Path

import click

from fake_twilio.commands.ending import CALLED_WRONGLY, end
from fake_twilio.commands.output import output_option, write
from fake_twilio.recording.cassette import CassetteError, read_cassette
from fake_twilio.recording.cassette_scenario import cassette_scenario


@click.command(short_help="Make a scenario of a cassette.")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@output_option("Where the scenario is written; else it is printed.")
def cassette(file: Path, output: Path | None) -> None:
    """Make a scenario of a cassette: each message of it fares as it did when it was recorded.

    Cassettes are written by `twilio_sms.Recorder`. Ends with 2 if the file is none.
    """
    try:
        text = cassette_scenario(read_cassette(file))
    except CassetteError as error:
        end(f"{file}: {error}", CALLED_WRONGLY)
    if output is None:
        click.echo(text, nl=False)
    else:
        write(text, output)
