"""A fake Twilio for tests and local development.

Its names are loaded when they are asked for: pytest finds this package's plugin without Flask being installed.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fake_twilio.domain.scenario import Scenario
    from fake_twilio.scenario_files.load import ScenarioError, load_scenario
    from fake_twilio.server import FakeTwilio

__all__ = ["FakeTwilio", "Scenario", "ScenarioError", "load_scenario"]

_HOMES = {
    "FakeTwilio": "fake_twilio.server",
    "Scenario": "fake_twilio.domain.scenario",
    "ScenarioError": "fake_twilio.scenario_files.load",
    "load_scenario": "fake_twilio.scenario_files.load",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'fake_twilio' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
