"""What a load is told on Locust's command line."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Self

from fake_twilio.load.seams import Events, Parser

# Locust kills users in the middle of a request as soon as time is up. What such a request sent nobody has counted, so
# no count would agree with another; users get time to end what they do.
FINISH_SECONDS = 30.0

_HELP = {
    "--scenario": "what the fake plays: the name of one that comes along, or a file",
    "--app-url": "the address of your app: the fake sends it status callbacks and inbound messages",
    "--app-inbound-path": "where the app takes inbound messages, /twilio/inbound if not given",
    "--app-status-path": "where the app takes status callbacks, /twilio/status if not given",
    "--slo": "what the load must keep to, such as p99_send=300ms,callback_lag_p99=2s,errors=0; else the status is 1",
    "--shape": "how the number of users goes with time: ramp, spike, soak or step, as ramp:users=50,over=30s,hold=1m",
    "--summary": "a folder for the summary of the run; made if it is not there",
    "--sink": "the address of a sink for webhooks, whose counts are compared; own is one that comes and goes",
}
_METAVARS = {
    "--scenario": "NAME",
    "--app-url": "URL",
    "--app-inbound-path": "PATH",
    "--app-status-path": "PATH",
    "--slo": "LIST",
    "--shape": "SHAPE",
    "--summary": "DIR",
    "--sink": "URL",
}
NO_DEFAULTS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The options as they were given; nothing is checked yet."""

    scenario: str | None = None
    app_url: str | None = None
    slo: str | None = None
    rate: str | None = None  # tasks a second, of each user
    messages: str | None = None  # of all processes together
    shape: str | None = None
    summary: str | None = None
    is_own_host: bool = False
    sink: str | None = None
    app_inbound_path: str = "/twilio/inbound"  # where twilio_sms's own frameworks take webhooks
    app_status_path: str = "/twilio/status"
    may_differ: bool = False  # what load, fake and sink have counted
    run_time: int | None = None  # seconds; Locust's own
    num_users: int | None = None  # Locust's own

    @classmethod
    def of(cls, parsed: object) -> Self:
        """Return the options among what Locust has *parsed*; what was never offered stands as if not given."""
        given = {name: getattr(parsed, name, None) for name in cls.__slots__}
        return cls(**{name: value for name, value in given.items() if value is not None})


def offer(events: Events, **defaults: str) -> None:
    """Offer the options of a load on Locust's command line; to be called in a locustfile, where it is loaded.

    *defaults* are values for those that are not given there, as ``sink="own"``.
    """
    events.init_command_line_parser.add_listener(partial(add_options, defaults=defaults))


def add_options(parser: Parser, defaults: Mapping[str, str] = NO_DEFAULTS) -> None:
    """Add the options to *parser*, and let users end what they do when time is up."""
    group = parser.add_argument_group("fake_twilio")
    for option, told in _HELP.items():
        group.add_argument(option, help=told, metavar=_METAVARS[option], default=None)
    group.add_argument("--rate", metavar="NUMBER", help="tasks a second of each user, by a schedule")
    group.add_argument("--messages", metavar="NUMBER", help="how many are sent, by all processes: the load ends then")
    group.add_argument(
        "--i-own-this-host",
        dest="is_own_host",
        action="store_true",
        help="let the load go to another machine than this one, which is yours; Twilio's are refused all the same",
    )
    group.add_argument(
        "--counts-may-differ",
        dest="may_differ",
        action="store_true",
        help="do not fail if load, fake and sink have counted differently: a scenario may lose callbacks on purpose",
    )
    parser.set_defaults(stop_timeout=f"{FINISH_SECONDS:.0f}", **defaults)  # older releases of Locust read a text alone
