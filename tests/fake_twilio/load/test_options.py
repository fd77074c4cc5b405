from argparse import ArgumentParser, Namespace

import pytest

from fake_twilio.load.options import FINISH_SECONDS, Options, offer
from tests.fake_twilio.load.doubles import Events

LOCUSTS_OWN = {"run_time", "num_users"}
NAMES = {"is_own_host": "--i-own-this-host", "may_differ": "--counts-may-differ"}


def a_parser(**defaults: str) -> ArgumentParser:
    parser = ArgumentParser()
    parser.add_argument("--stop-timeout", type=float, default="0")  # as Locust's own
    events = Events()
    offer(events, **defaults)
    events.init_command_line_parser.fire(parser=parser)
    return parser


def test_what_is_given_is_read() -> None:
    words = [
        "--scenario",
        "outage",
        "--app-url",
        "http://127.0.0.1:5000",
        "--slo",
        "errors=0",
        "--rate",
        "2.5",
        "--messages",
        "400",
    ]
    words += ["--app-inbound-path", "/sms", "--app-status-path", "/status", "--counts-may-differ"]
    words += ["--shape", "spike", "--summary", "out", "--sink", "http://127.0.0.1:1", "--i-own-this-host"]

    assert Options.of(a_parser().parse_args(words)) == Options(
        scenario="outage",
        app_url="http://127.0.0.1:5000",
        slo="errors=0",
        rate="2.5",
        messages="400",
        shape="spike",
        summary="out",
        is_own_host=True,
        may_differ=True,
        app_inbound_path="/sms",
        app_status_path="/status",
        sink="http://127.0.0.1:1",
    )


@pytest.mark.parametrize("parsed", [None, Namespace(), Namespace(rate=None), a_parser().parse_args([])])
def test_nothing_given_is_nothing_wanted(parsed: object) -> None:
    assert Options.of(parsed) == Options()


def test_every_option_says_what_it_is_for() -> None:
    told = a_parser().format_help()

    for name in set(Options.__slots__) - LOCUSTS_OWN:
        assert NAMES.get(name, f"--{name.replace('_', '-')}") in told
    assert all(action.help for action in a_parser()._actions if action.dest in Options.__slots__)


def test_a_locustfile_may_have_other_defaults_and_the_command_line_wins() -> None:
    parser = a_parser(sink="own")

    assert Options.of(parser.parse_args([])).sink == "own"
    assert Options.of(parser.parse_args(["--sink", "http://127.0.0.1:1"])).sink == "http://127.0.0.1:1"


def test_users_may_end_what_they_do_unless_told_otherwise() -> None:
    assert float(a_parser().parse_args([]).stop_timeout) == FINISH_SECONDS
    assert a_parser().parse_args(["--stop-timeout", "0"]).stop_timeout == 0
