"""Where webhooks of a load go: to an app, or to a sink."""

from typing import NamedTuple, Self

from fake_twilio.load.errors import LoadError
from fake_twilio.load.options import Options

OWN = "own"  # in the place of a sink's address: one that comes and goes with the load
SINK_PATHS = ("/sms", "/status")


class Addresses(NamedTuple):
    """Where texts and status callbacks go."""

    sms_url: str
    status_callback: str

    @classmethod
    def below(cls, url: str, paths: tuple[str, str]) -> Self:
        base = url.rstrip("/")
        return cls(base + paths[0], base + paths[1])


def addresses_of(options: Options) -> Addresses | None:
    """Return where webhooks go; ``None`` if nobody is told. Raises `LoadError` for two who would be, and for no path.

    A sink of the load's own has started, and stands in the options by its address.
    """
    if options.app_url is None:
        return None if options.sink is None else Addresses.below(options.sink, SINK_PATHS)
    if options.sink is not None:
        raise LoadError("--app-url and --sink are two takers of the same webhooks: leave one of them out")
    _check_path("--app-inbound-path", options.app_inbound_path)
    _check_path("--app-status-path", options.app_status_path)
    return Addresses.below(options.app_url, (options.app_inbound_path, options.app_status_path))


def _check_path(option: str, path: str) -> None:
    """Raise `LoadError` for what would make another host of the app's, as ``@other.test/`` does behind a port."""
    if not path.startswith("/"):
        raise LoadError(f"{option} must begin with a slash, such as /twilio/sms, is {path!r}: put one before it")
