"""``fake-twilio record``: a proxy in front of an API that makes a scenario of what it sees."""

import signal
from pathlib import Path
from threading import Event, Thread
from typing import Any

import click

from fake_twilio.commands.ending import taken_port_ends
from fake_twilio.commands.output import output_option, write
from fake_twilio.commands.signals import ENDS, held_back
from fake_twilio.domain.values.hosts import LOOPBACK_NAMES
from fake_twilio.recording.recorder import Recorder
from fake_twilio.timing.clock import monotonic

WATCH_SECONDS = 0.25


@click.command(short_help="Write a scenario of what a real API answers.")
@click.option("--upstream", required=True, help="API to record: https, or http on this machine.")
@output_option("Where the scenario is written in the end.", is_required=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=7671, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 picks a free one."
)
@click.option("--allowed-host", "allowed_hosts", multiple=True, help="Host name to answer to, besides this machine's.")
@click.option("--requests", type=click.IntRange(1), help="End after so many answers; else a signal ends it.")
@click.option("--watch", is_flag=True, help="Look at each message until it is final, so that its delays are known.")
@click.option(
    "--watch-every",
    default=WATCH_SECONDS,
    show_default=True,
    type=click.FloatRange(0.01, 60),
    help="Seconds between two such looks.",
)
def record(upstream: str, output: Path, host: str, watch: bool, watch_every: float, **options: Any) -> None:
    """Forward all requests to an API unchanged, and write a scenario of what was seen.

    Numbers are replaced, texts and SIDs are left out, and credentials are passed on and never kept.
    """
    with held_back(ENDS):
        watch_seconds = watch_every if watch else None
        try:
            with taken_port_ends(host, options["port"]):
                recorder = Recorder(upstream, host=host, watch_seconds=watch_seconds, monotonic=monotonic, **options)
        except ValueError as error:
            raise click.UsageError(f"--upstream: {error}") from error
        _run(recorder, upstream, host, output)


def _run(recorder: Recorder, upstream: str, host: str, output: Path) -> None:
    """Record until a signal comes or there is enough, then write the file."""
    recorder.start()
    Thread(target=_end_at_a_signal, args=(recorder.has_enough,), daemon=True).start()
    click.echo(f"recording {upstream} on {recorder.url}\nexport TWILIO_BASE_URL={recorder.url}\nCtrl-C ends it.")
    if host not in LOOPBACK_NAMES:
        click.echo(f"WARNING: listening on {host}, credentials come here without TLS", err=True)
    recorder.has_enough.wait()
    write(recorder.stop(), output)
    click.echo(f"written to {output}; play it with: fake-twilio serve {output}")


def _end_at_a_signal(over: Event) -> None:
    signal.sigwait(ENDS)
    over.set()
