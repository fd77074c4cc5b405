"""Load: users for Locust that send as the client sends, and what such a run is judged by.

Its names are loaded when they are asked for: what measures and judges works without Locust, and `import locust` patches
the whole process.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fake_twilio.load.arrivals import constant_arrivals
    from fake_twilio.load.errors import LoadError, RequestFailed

__all__ = ["LoadError", "RequestFailed", "constant_arrivals"]

_HOMES = {
    "LoadError": "fake_twilio.load.errors",
    "RequestFailed": "fake_twilio.load.errors",
    "constant_arrivals": "fake_twilio.load.arrivals",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'fake_twilio.load' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
