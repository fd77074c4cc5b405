from argparse import ArgumentParser, Namespace

import pytest

from fake_twilio.load.options import FINISH_SECONDS, SHAPES, Options, offer
from tests.fake_twilio.load.doubles import Events


def a_parser() -> ArgumentParser:
    parser = ArgumentParser()
    parser.add_argument("--stop-timeout", type=float, default="0")  # as Locust's own
    events = Events()
    offer(events)
    events.init_command_line_parser.fire(parser=parser)
    return parser


def test_what_is_given_is_read() -> None:
    words = ["--scenario", "outage", "--app-url", "http://127.0.0.1:5000", "--slo", "errors=0", "--rate", "2.5"]
    words += ["--shape", "spike", "--summary", "out", "--sink", "http://127.0.0.1:1", "--i-own-this-host"]

    assert Options.of(a_parser().parse_args(words)) == Options(
        scenario="outage",
        app_url="http://127.0.0.1:5000",
        slo="errors=0",
        rate="2.5",
        shape="spike",
        summary="out",
        is_own_host=True,
        sink="http://127.0.0.1:1",
    )


@pytest.mark.parametrize("parsed", [None, Namespace(), Namespace(rate=None), a_parser().parse_args([])])
def test_nothing_given_is_nothing_wanted(parsed: object) -> None:
    assert Options.of(parsed) == Options()


def test_every_option_says_what_it_is_for() -> None:
    told = a_parser().format_help()

    for name in Options.__slots__:
        option = "--i-own-this-host" if name == "is_own_host" else f"--{name.replace('_', '-')}"
        assert option in told
    assert all(action.help for action in a_parser()._actions if action.dest in Options.__slots__)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_is_one_of_those_there_are(shape: str) -> None:
    assert a_parser().parse_args(["--shape", shape]).shape == shape
    with pytest.raises(SystemExit):
        a_parser().parse_args(["--shape", f"{shape}s"])


def test_users_may_end_what_they_do_unless_told_otherwise() -> None:
    assert a_parser().parse_args([]).stop_timeout == FINISH_SECONDS
    assert a_parser().parse_args(["--stop-timeout", "0"]).stop_timeout == 0
