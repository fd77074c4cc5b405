"""The pytest fixture `twilio_cassette`: what a test asks of Twilio, recorded once and played from then on.

Only pytest is imported at the top: a suite that does not use the fixture waits for nothing.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from twilio_sms.simulation.recorder import Recorder
    from twilio_sms.transport.wire import Transport

MODES = ("once", "all", "none")
MARKER = (
    'twilio_cassette(mode="once", match="strict", ignored=(), name=None): how the cassette of this test is recorded '
    "and played; name is another name than that of the test"
)
_OPTIONS = frozenset({"mode", "match", "ignored", "name"})
_MODE = "twilio_cassette_mode"
_UNSAFE = re.compile(r"[^A-Za-z0-9_.\-]+")
_LONGEST_NAME = 120  # characters; file systems take 255 bytes, with an ending


def pytest_addoption(parser: pytest.Parser) -> None:
    told = "record cassettes that are not there (once), all of them anew (all), or none"
    group = parser.getgroup("twilio_cassette", "cassettes of Twilio")
    group.addoption("--twilio-cassette-mode", choices=MODES, default=None, help=told)
    parser.addini(_MODE, told, default="once")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", MARKER)


@pytest.fixture
def twilio_cassette_transport() -> "Transport | None":
    """Give what carries the requests that are recorded; override it to record by something else than HTTP."""
    return None


@pytest.fixture
def twilio_cassette(
    request: pytest.FixtureRequest, twilio_cassette_transport: "Transport | None"
) -> "Iterator[Recorder]":
    """Give the transport of this test, for ``Client(..., transport=twilio_cassette)``.

    Its file is ``cassettes/<module>/<test>.json`` beside the test's. When the test ends the file is written, or it is
    seen to that all of it was asked for.
    """
    from twilio_sms.simulation.recorder import Recorder  # only who uses it waits for it

    options = _options(request)
    path, options["mode"] = _path(request, options.pop("name", None)), _mode(request, options)
    transport = Recorder(path, twilio_cassette_transport, **options)
    failed_before = request.session.testsfailed
    yield transport
    transport.close()
    if request.session.testsfailed == failed_before:  # else the test has said already what is wrong
        transport.verify()


def _mode(request: pytest.FixtureRequest, options: dict[str, Any]) -> str:
    """Return how it is recorded: the command line wins over the marker, and that over the file of settings."""
    config = request.config
    mode = str(config.getoption("--twilio-cassette-mode") or options.get("mode") or config.getini(_MODE))
    if mode not in MODES:
        pytest.fail(f"twilio_cassette_mode must be one of {', '.join(MODES)}, is {mode!r}", pytrace=False)
    return mode


def _path(request: pytest.FixtureRequest, name: str | None) -> Path:
    module = request.path
    own = _UNSAFE.sub("-", name or request.node.name).strip("-")[:_LONGEST_NAME]
    return module.parent / "cassettes" / module.stem / f"{own}.json"


def _options(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Return what the marker says; a word that it does not know is an error, not a silence."""
    markers = tuple(request.node.iter_markers("twilio_cassette"))  # the closest first
    options = {name: value for marker in reversed(markers) for name, value in marker.kwargs.items()}
    unknown = sorted(set(options) - _OPTIONS)
    if unknown or any(marker.args for marker in markers):
        wrong = ", ".join(unknown) or "positional arguments"
        pytest.fail(f"the marker twilio_cassette takes {', '.join(sorted(_OPTIONS))}, not {wrong}", pytrace=False)
    return options
