"""``fake-twilio serve``: a fake Twilio on a port of this machine, until it is told to stop."""

import logging
import os
import secrets
import signal
from collections.abc import Mapping
from threading import Thread
from typing import Any

import click

from fake_twilio.commands.collector import let_garbage_wait
from fake_twilio.commands.demo import SCENARIO, SEED, live_through
from fake_twilio.commands.demo_day import DAY_SECONDS, day_of
from fake_twilio.commands.ending import taken_port_ends, unplayable_ends
from fake_twilio.commands.settings import set_option
from fake_twilio.commands.signals import ENDS, held_back
from fake_twilio.delivery.webhook import Webhook
from fake_twilio.domain.accounts.account import AUTH_TOKEN
from fake_twilio.domain.values.hosts import LOOPBACK_NAMES
from fake_twilio.domain.values.logged import masked_number
from fake_twilio.scenario_files.load import DEFAULT, load_scenario
from fake_twilio.server import ACCOUNT_SID, FakeTwilio
from fake_twilio.timing.clock import this_second

GRACE_SECONDS = 5.0


def _env(name: str) -> dict[str, Any]:
    """Let an option also come from its variable, and show that in the help."""
    return {"envvar": f"FAKE_TWILIO_{name}", "show_envvar": True, "show_default": True}


@click.command(short_help="Serve a fake Twilio that plays a scenario.")
@click.argument("scenario", default=DEFAULT, envvar="FAKE_TWILIO_SCENARIO")
@click.option("--host", default="127.0.0.1", help="Address to listen on.", **_env("HOST"))
@click.option("--port", default=7670, type=click.IntRange(0, 65535), help="0 picks a free one.", **_env("PORT"))
@click.option("--account-sid", default=ACCOUNT_SID, help="Account to serve.", **_env("ACCOUNT_SID"))
@click.option("--auth-token", default=AUTH_TOKEN, help="Its auth token.", **_env("AUTH_TOKEN"))
@click.option(
    "--admin-token",
    help="What the fake's own API asks for. Random beyond this machine if not given, else nothing.",
    **_env("ADMIN_TOKEN"),
)
@click.option("--demo", is_flag=True, help="Begin with a day that has just passed, and play on in its world.")
@click.option("--seed", type=int, help="Same seed, same run. Random if not given.", **_env("SEED"))
@click.option(
    "--clock",
    default="real",
    type=click.Choice(["real", "instant"]),
    help="Let time pass, or let it jump to what is due next as soon as nobody is at work.",
    **_env("CLOCK"),
)
@click.option(
    "--speed", default=1.0, help="How many times as fast as outside time passes on a real clock.", **_env("SPEED")
)
@click.option(
    "--allowed-host",
    "allowed_hosts",
    multiple=True,
    help="Host name to answer to, besides this machine's.",
    **_env("ALLOWED_HOSTS"),
)
@click.option(
    "--callback-allow",
    multiple=True,
    help="Network (10.0.0.0/8) or host name that callbacks may go to, besides this machine.",
    **_env("CALLBACK_ALLOW"),
)
@click.option(
    "--callback-allow-public",
    is_flag=True,
    help="Let callbacks go to public addresses too.",
    **_env("CALLBACK_ALLOW_PUBLIC"),
)
@click.option("--grace", default=GRACE_SECONDS, help="Seconds for pending callbacks at the end.", **_env("GRACE"))
@set_option
def serve(
    scenario: str,
    account_sid: str,
    host: str,
    admin_token: str | None,
    grace: float,
    settings: dict[str, str],
    demo: bool,
    **options: Any,
) -> None:
    """Serve a fake Twilio that plays SCENARIO: a file, or the name of one here or among the bundled ones.

    With --demo it plays a day first, in a world of its own scenario, which goes on.
    """
    with unplayable_ends():
        played = load_scenario(SCENARIO if demo else scenario, settings)
    if demo:
        options |= {"start": this_second() - DAY_SECONDS, "seed": SEED if options["seed"] is None else options["seed"]}
    with held_back(ENDS):
        token = admin_token or (None if host in LOOPBACK_NAMES else secrets.token_urlsafe(18))  # others may reach this
        try:
            with taken_port_ends(host, options["port"]):
                fake = FakeTwilio(played, host=host, account_sid=account_sid, admin_token=token, **options)
        except ValueError as error:
            raise click.UsageError(str(error)) from error
        fake.start()
        if demo:
            live_through(fake, day_of(fake.seed))
        _log_to_stderr()
        let_garbage_wait()
        _run(fake, host, grace, None if admin_token else token)


def _run(fake: FakeTwilio, host: str, grace: float, new_token: str | None) -> None:
    """Say where it is, wait for the first signal, then deliver what is pending; a second signal ends at once."""
    click.echo(_greeting(fake))
    if host not in LOOPBACK_NAMES:
        click.echo(f"WARNING: listening on {host}, others on your network can reach this", err=True)
    if new_token is not None:
        click.echo(f"admin token {new_token}")
    signal.sigwait(ENDS)
    Thread(target=_end_at_the_next_signal, daemon=True).start()
    undelivered = fake.stop(grace)
    _say_unknown(fake.unknown_routes)
    _say_farewell(undelivered)


def _end_at_the_next_signal() -> None:
    signal.sigwait(ENDS)
    os._exit(1)


def _greeting(fake: FakeTwilio) -> str:
    return "\n".join(
        (
            f"fake Twilio on {fake.url}  scenario {fake.scenario_name}, seed {fake.seed}",
            f"account SID {fake.account_sid}",
            f"auth token  {fake.auth_token}",
            f"test credentials {fake.test_account_sid} {fake.test_auth_token}",
            "",
            "To send to it, paste:",
            f"export TWILIO_BASE_URL={fake.url} TWILIO_ACCOUNT_SID={fake.account_sid} "
            f"TWILIO_AUTH_TOKEN={fake.auth_token}",
            "",
            f"To see what happens, open {fake.url}/ in a browser. Ctrl-C stops it.",
        )
    )


def _say_unknown(routes: Mapping[str, int]) -> None:
    for route, count in routes.items():
        click.echo(f"no such route here: {route} (requests: {count})", err=True)
    if routes:
        click.echo("docs/coverage.md lists what the fake offers", err=True)


def _say_farewell(undelivered: tuple[Webhook, ...]) -> None:
    for webhook in undelivered:
        number = masked_number(webhook.params["To"])
        click.echo(f"not delivered: {webhook.message_sid} {webhook.status} to {number}", err=True)
    click.echo(f"stopped, {len(undelivered)} callbacks not delivered")


def _log_to_stderr() -> None:
    logger = logging.getLogger("fake_twilio")
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%H:%M:%S"))
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
