"""The pytest fixture `fake_twilio`: a real HTTP server for each worker, a new world for each test.

Only pytest is imported at the top: a project that has this package installed without its extra loses nothing.
"""

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

import pytest

from fake_twilio.report_plugin import add_options, register_if_wanted, witness_of

if TYPE_CHECKING:
    from fake_twilio.fixture import FakeTwilioFixture

INSTALL = 'the fixture fake_twilio needs more packages: pip install "twilio-sms[pytest]"'
MARKER = (
    'fake_twilio(scenario="delivered", clock="manual", seed=None, start=None, settings={}, allow_escape=False): the '
    'world of this test; clock may be "real" or "instant"; start is a datetime or seconds since 1970; settings give '
    "variables of the scenario other values; with allow_escape the test may reach the real Twilio"
)
_OPTIONS = frozenset({"scenario", "clock", "seed", "start", "settings", "allow_escape"})
_REPORT = pytest.StashKey[Callable[[], str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    add_options(parser)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", MARKER)
    register_if_wanted(config)


@pytest.fixture(scope="session")
def fake_twilio_server(pytestconfig: pytest.Config) -> "Iterator[FakeTwilioFixture]":
    """Give the one server of this process, on a free port."""
    try:
        with _kept_for_good():
            from fake_twilio.fixture import FakeTwilioFixture
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in ("fake_twilio", "twilio_sms"):
            raise
        pytest.fail(f"{INSTALL} ({error})", pytrace=False)
    with FakeTwilioFixture(clock="manual") as server:
        server.witness = witness_of(pytestconfig)
        yield server


@pytest.fixture
def fake_twilio(
    fake_twilio_server: "FakeTwilioFixture", request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> "Iterator[FakeTwilioFixture]":
    """Give a fake Twilio with a new world, to which the ``TWILIO_*`` variables point; the others are removed."""
    options = _options(request)
    is_escape_allowed = options.pop("allow_escape", False)
    _begin(fake_twilio_server, options)
    request.node.stash[_REPORT] = lambda: fake_twilio_server.evidence().report()
    for name in [name for name in os.environ if name.startswith("TWILIO_")]:
        monkeypatch.delenv(name)
    for name, value in fake_twilio_server.environment().items():
        monkeypatch.setenv(name, value)
    with _no_escape(fake_twilio_server.url, is_escape_allowed):
        yield fake_twilio_server
    request.node.stash[_REPORT] = fake_twilio_server.evidence().report  # of this world, for what fails from here on
    fake_twilio_server.end_test()
    fake_twilio_server.reset(fake_twilio_server.scenario)  # nothing of this test goes on into the next
    fake_twilio_server.unmount()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """Tell the seed and the start of a failed test's world, with which it runs again, and what became of messages."""
    report = yield
    shown = item.stash.get(_REPORT, None)
    if report.failed and shown is not None:
        report.sections.append(("fake_twilio", shown()))
    if report.when == "teardown" and shown is not None:
        del item.stash[_REPORT]  # it holds a whole run, and items live as long as the session
    return report


@contextmanager
def _kept_for_good() -> Iterator[None]:
    """Have the collector pass over what is imported meanwhile: none of it is garbage before the process ends.

    Else it would be gone over again and again, and whole once more when pytest ends: 0.2 s of each run.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


def _begin(server: "FakeTwilioFixture", options: dict[str, Any]) -> None:
    """Begin the world of a test; a scenario that cannot be played is told without the way to where that was found."""
    from fake_twilio.scenario_files.problems import ScenarioError

    try:
        server.reset(**options)
    except ScenarioError as error:
        pytest.fail(str(error), pytrace=False)


def _no_escape(url: str, is_allowed: bool) -> AbstractContextManager[None]:
    from fake_twilio.kit.no_escape import GATE

    return nullcontext() if is_allowed else GATE.shut(url)


def _options(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Return what the marker says; a word that it does not know is an error, not a silence."""
    markers = tuple(request.node.iter_markers("fake_twilio"))  # the closest first
    options = {name: value for marker in reversed(markers) for name, value in marker.kwargs.items()}
    unknown = sorted(set(options) - _OPTIONS)
    if unknown or any(marker.args for marker in markers):
        wrong = ", ".join(unknown) or "positional arguments"
        pytest.fail(f"the marker fake_twilio takes {', '.join(sorted(_OPTIONS))}, not {wrong}", pytrace=False)
    if options.get("clock", "manual") not in ("manual", "real", "instant"):
        pytest.fail(f'clock must be "manual", "real" or "instant", is {options["clock"]!r}', pytrace=False)
    if not isinstance(options.get("seed"), int | None):
        pytest.fail(f"seed must be a whole number, is {options['seed']!r}", pytrace=False)
    if not isinstance(options.get("allow_escape", False), bool):
        pytest.fail(f"allow_escape must be True or False, is {options['allow_escape']!r}", pytrace=False)
    return {**options, **_replayed()}


def _replayed() -> dict[str, Any]:
    """Return what every world of this run plays, whatever its test says: ``fake-twilio shrink`` sets the variables."""
    scenario, seed = os.environ.get("FAKE_TWILIO_REPLAY"), os.environ.get("FAKE_TWILIO_REPLAY_SEED")
    return ({"scenario": scenario} if scenario else {}) | ({"seed": int(seed)} if seed else {})
