"""Load: users for Locust that send as the client sends, and what such a run is judged by.

Its names are loaded when they are asked for: what measures and judges works without Locust, and `import locust` patches
the whole process.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from fake_twilio.load.errors import INSTALL

if TYPE_CHECKING:
    from fake_twilio.load.arrivals import constant_arrivals
    from fake_twilio.load.errors import LoadError, RequestFailed
    from fake_twilio.load.options import offer
    from fake_twilio.load.session import attach
    from fake_twilio.load.user import TwilioUser

__all__ = ["LoadError", "RequestFailed", "TwilioUser", "attach", "constant_arrivals", "offer"]

_HOMES = {
    "LoadError": "fake_twilio.load.errors",
    "RequestFailed": "fake_twilio.load.errors",
    "TwilioUser": "fake_twilio.load.user",
    "attach": "fake_twilio.load.session",
    "constant_arrivals": "fake_twilio.load.arrivals",
    "offer": "fake_twilio.load.options",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'fake_twilio.load' has no attribute {name!r}")
    try:
        return getattr(import_module(_HOMES[name]), name)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "locust":
            raise
        raise ModuleNotFoundError(INSTALL, name="locust") from None
