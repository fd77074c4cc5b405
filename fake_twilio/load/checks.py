"""What is checked before a load sends anything; each check raises `LoadError`, in one line."""

from collections.abc import Collection, Mapping
from pathlib import Path

from fake_twilio.load.addresses import addresses_of
from fake_twilio.load.allotment import parse_messages
from fake_twilio.load.arrivals import parse_rate
from fake_twilio.load.clients import QUIET, new_client
from fake_twilio.load.errors import LoadError
from fake_twilio.load.hosts import check_host
from fake_twilio.load.number import basic_auth
from fake_twilio.load.options import Options
from fake_twilio.load.remote import Remote, sink_counts
from fake_twilio.load.seams import Environment
from fake_twilio.load.slo import Objective, parse_slo
from fake_twilio.load.summary_files import empty_summary

HOST_VARIABLE = "TWILIO_BASE_URL"


def check_options(options: Options, measures: Collection[str]) -> tuple[Objective, ...]:
    """Return the objectives of a load whose options can be kept; *measures* are those of its users."""
    if options.rate is not None:
        parse_rate(options.rate)
    _check_end(options)
    for option, url in (("--sink", options.sink), ("--app-url", options.app_url)):
        if url is not None:
            check_host(url, options.is_own_host, option)
    if options.summary is not None:
        _empty_summary(Path(options.summary))
    addresses_of(options)
    return () if options.slo is None else parse_slo(options.slo, measures)


def host_of(environment: Environment, environ: Mapping[str, str], own: str | None = None) -> str:
    """Return where a load goes: to Locust's host, to a user class's *own*, or to that of the variable."""
    given = environment.host or own or _first_host(environment) or environ.get(HOST_VARIABLE, "")
    return check_host(given, Options.of(environment.parsed_options).is_own_host)


def host_users(environment: Environment, environ: Mapping[str, str]) -> str:
    """Give every class of users the host that it goes to, each checked; return the load's own.

    Locust has none for them where the host comes from the variable, and asks nobody where a class has one of its own.
    """
    host = host_of(environment, environ)
    for user in environment.user_classes:
        user.host = host_of(environment, environ, user.host)
    return host


def check_fake(host: str, options: Options, environ: Mapping[str, str]) -> None:
    """Have the fake at *host* play the scenario, if it is one, lets the account in, and the sink is there."""
    remote = Remote(host, environ)
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
    if not Remote(host, environ).lets_in(account_sid, basic_auth(environ)):
        raise LoadError(f"{host} does not let this account in: set TWILIO_AUTH_TOKEN to the one that it printed")


def _check_end(options: Options) -> None:
    """Raise `LoadError` for a load that would never end, or that nobody would send."""
    if options.run_time == 0:
        raise LoadError("-t must be above 0, is 0, which Locust takes for no end: leave it out or give it more")
    if options.num_users is not None and options.num_users < 1:
        raise LoadError(f"-u must be 1 user or more, is {options.num_users}: nobody would send")
    if options.messages is None:
        return
    parse_messages(options.messages)
    if options.shape is not None:
        raise LoadError("a load with a --shape ends with its shape: leave out that or --messages")


def _tell_nobody(**_: object) -> None:
    return


def _first_host(environment: Environment) -> str | None:
    return next((user.host for user in environment.user_classes if user.host), None)


def _empty_summary(folder: Path) -> None:
    try:
        empty_summary(folder)
    except OSError as error:
        raise LoadError(f"--summary {folder} cannot be written to: {error.strerror or error}") from None
