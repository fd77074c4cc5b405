"""What is checked before a load sends anything; each check raises `LoadError`, in one line."""

from collections.abc import Collection, Mapping
from pathlib import Path

from fake_twilio.load.addresses import addresses_of
from fake_twilio.load.allotment import parse_messages
from fake_twilio.load.arrivals import parse_rate
from fake_twilio.load.clients import QUIET, new_client
from fake_twilio.load.errors import LoadError
from fake_twilio.load.hosts import check_host
from fake_twilio.load.number import auth_token
from fake_twilio.load.options import Options
from fake_twilio.load.remote import TOKEN_VARIABLE, Remote, sink_counts
from fake_twilio.load.seams import Environment
from fake_twilio.load.slo import Objective, parse_slo

HOST_VARIABLE = "TWILIO_BASE_URL"


def check_options(options: Options, measures: Collection[str]) -> tuple[Objective, ...]:
    """Return the objectives of a load whose options can be kept; *measures* are those of its users."""
    if options.rate is not None:
        parse_rate(options.rate)
    _check_messages(options)
    for option, url in (("--sink", options.sink), ("--app-url", options.app_url)):
        if url is not None:
            check_host(url, options.is_own_host, option)
    if options.summary is not None:
        _make_folder(Path(options.summary))
    addresses_of(options)
    return () if options.slo is None else parse_slo(options.slo, measures)


def host_of(environment: Environment, environ: Mapping[str, str], own: str | None = None) -> str:
    """Return where a load goes: to Locust's host, to a user class's *own*, or to that of the variable."""
    given = environment.host or own or _first_host(environment) or environ.get(HOST_VARIABLE, "")
    return check_host(given, Options.of(environment.parsed_options).is_own_host)


def check_fake(host: str, options: Options, environ: Mapping[str, str]) -> None:
    """Have the fake at *host* play the scenario, if it is one, lets the account in, and the sink is there."""
    remote = remote_of(host, environ)
    remote.health()
    check_account(host, environ)
    if options.sink is not None:
        sink_counts(options.sink)
    if options.scenario is not None:
        remote.play(options.scenario)


def check_account(host: str, environ: Mapping[str, str]) -> None:
    """Raise `LoadError` if the variables name no account, or *host* does not let it in."""
    with new_client(host, environ, QUIET, _tell_nobody) as client:
        account_sid = client.account_sid
    key, secret = environ.get("TWILIO_API_KEY"), environ.get("TWILIO_API_SECRET")
    login = (key, secret) if key and secret else (account_sid, auth_token(environ))
    if not remote_of(host, environ).lets_in(account_sid, *login):
        raise LoadError(f"{host} does not let this account in: set TWILIO_AUTH_TOKEN to the one that it printed")


def remote_of(host: str, environ: Mapping[str, str]) -> Remote:
    """Return the fake at *host*, with the admin token of the environment if there is one."""
    return Remote(host, environ.get(TOKEN_VARIABLE) or None)


def _check_messages(options: Options) -> None:
    if options.messages is None:
        return
    parse_messages(options.messages)
    if options.shape is not None:
        raise LoadError("a load with a --shape ends with its shape: leave out that or --messages")


def _tell_nobody(**_: object) -> None:
    return


def _first_host(environment: Environment) -> str | None:
    return next((user.host for user in environment.user_classes if user.host), None)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "summary.txt").write_text("", "utf-8")  # an old one would look like that of a load that was cut off
    except OSError as error:
        raise LoadError(f"--summary {folder} cannot be written to: {error.strerror or error}") from None
