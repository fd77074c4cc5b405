"""A fake Twilio for tests and local development.

Its names are loaded when they are asked for: pytest finds this package's plugin without Flask being installed.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fake_twilio.domain.rules.scenario import Scenario
    from fake_twilio.domain.webhooks.signer import SigningKey
    from fake_twilio.faker_provider import TwilioProvider
    from fake_twilio.kit.explorer import Broken, Explored
    from fake_twilio.kit.no_escape import EscapeError
    from fake_twilio.kit.timeline import MessageTimeline
    from fake_twilio.kit.waiting import NotReached
    from fake_twilio.scenario_files.load import load_scenario
    from fake_twilio.scenario_files.problems import ScenarioError
    from fake_twilio.server import FakeTwilio
    from fake_twilio.signing import SignedRequest, sign, sign_json

__all__ = [
    "Broken",
    "EscapeError",
    "Explored",
    "FakeTwilio",
    "MessageTimeline",
    "NotReached",
    "Scenario",
    "ScenarioError",
    "SignedRequest",
    "SigningKey",
    "TwilioProvider",
    "load_scenario",
    "sign",
    "sign_json",
]

_HOMES = {
    "Broken": "fake_twilio.kit.explorer",
    "EscapeError": "fake_twilio.kit.no_escape",
    "Explored": "fake_twilio.kit.explorer",
    "FakeTwilio": "fake_twilio.server",
    "MessageTimeline": "fake_twilio.kit.timeline",
    "NotReached": "fake_twilio.kit.waiting",
    "Scenario": "fake_twilio.domain.rules.scenario",
    "ScenarioError": "fake_twilio.scenario_files.problems",
    "SignedRequest": "fake_twilio.signing",
    "SigningKey": "fake_twilio.domain.webhooks.signer",
    "TwilioProvider": "fake_twilio.faker_provider",
    "load_scenario": "fake_twilio.scenario_files.load",
    "sign": "fake_twilio.signing",
    "sign_json": "fake_twilio.signing",
}


def __getattr__(name: str) -> Any:
    """Load *name*; a package that is missing is answered with the extra that brings it."""
    if name not in _HOMES:
        raise AttributeError(f"module 'fake_twilio' has no attribute {name!r}")
    try:
        return getattr(import_module(_HOMES[name]), name)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("fake_twilio"):
            raise
        needed = f'fake_twilio.{name} needs: pip install "twilio-sms[fake]" ({error.name} is missing)'
        raise ModuleNotFoundError(needed, name=error.name) from None
