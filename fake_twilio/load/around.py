"""A load's surroundings, made of its options: the sink, the shape, the fake's own API."""

from collections.abc import Callable, Mapping
from contextlib import closing
from functools import partial
from typing import Any

from fake_twilio.load.addresses import OWN, Addresses, addresses_of
from fake_twilio.load.callback_lags import CallbackLags
from fake_twilio.load.kept import Kept
from fake_twilio.load.number import NUMBER, OwnNumber, basic_auth
from fake_twilio.load.options import Options
from fake_twilio.load.remote import Remote, admin_headers, sink_counts
from fake_twilio.load.seams import Environment
from fake_twilio.load.shapes import parse_shape
from fake_twilio.load.sink_process import SinkProcess
from fake_twilio.load.surroundings import Surroundings
from fake_twilio.load.tally import Tally


def start_own_sink(environment: Environment) -> None:
    """Start a sink if one of the load's own is wanted, and let the options say where it is: workers get them whole."""
    parsed = vars(environment.parsed_options)
    if parsed.get("sink") != OWN:
        return
    parsed["sink"] = None
    if parsed.get("app_url") is None:
        sink = SinkProcess.start()
        parsed["sink"] = sink.url
        environment.events.quit.add_listener(lambda **_: sink.stop())


def set_shape(environment: Environment) -> None:
    """Let the users come and go as ``--shape`` says; raises `LoadError` for what is no shape."""
    text = Options.of(environment.parsed_options).shape
    if text is None:
        return
    shape = parse_shape(text)
    from fake_twilio.load.locust_shape import TableShape  # brings Locust, which patches the process

    made: Any = TableShape(shape)
    made.runner = environment.runner
    environment.shape_class = made


def surroundings_of(
    host: str, options: Options, environ: Mapping[str, str], tally: Tally, pause: Callable[[float], object]
) -> Surroundings:
    """Return what stands around a load on *host*, of the account in *environ*; nothing has begun.

    *pause* waits for so many seconds.
    """
    return Surroundings(
        tally=tally,
        lags=CallbackLags(Kept(host, admin_headers(environ)), tally),
        health=Remote(host, environ).health,
        sink=None if options.sink is None else partial(sink_counts, options.sink),
        addresses=addresses_of(options),
        lead=partial(_lead, host, environ),
        pause=pause,
    )


def _lead(host: str, environ: Mapping[str, str], addresses: Addresses) -> None:
    with closing(Kept(host, {"Authorization": basic_auth(environ)})) as api:
        OwnNumber(api, environ.get("TWILIO_ACCOUNT_SID", "")).lead(NUMBER, *addresses)
