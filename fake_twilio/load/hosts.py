"""Which hosts a load may go to."""

import ipaddress
from urllib.parse import SplitResult, unquote, urlsplit

from fake_twilio.kit.hosts import is_twilio
from fake_twilio.load.errors import LoadError

_LOCAL_NAMES = ("localhost", "localhost.")
_SHAPE = "http:// or https:// and a host"
_FOR_EXAMPLE = "such as http://127.0.0.1:7670"


def check_host(url: str, is_own: bool, option: str = "--host") -> str:
    """Return *url*, which was given by *option*, as the base of addresses, without a slash at its end.

    A load goes to this machine (``localhost``, ``127.0.0.0/8``, ``::1``) unless *is_own* says that the host is the
    caller's own. Twilio's hosts are refused always, however they are written; this machine is known by its plain names
    alone, since what may be read in two ways may lead elsewhere. Raises `LoadError`.
    """
    parts = _split(url, option)
    host = _canonical(parts.hostname or "")
    if is_twilio(host):
        raise LoadError(f"a load never goes to Twilio, {host} is Twilio's: give {option} another, {_FOR_EXAMPLE}")
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise LoadError(f"{option} must be {_SHAPE} and perhaps a port and a path, has more: shorten it")
    if not is_own and not is_loopback(parts.hostname or ""):
        raise LoadError(f"loads go to this machine, {host} is another one: add --i-own-this-host if it is yours")
    return url.strip().rstrip("/")


def is_loopback(host: str) -> bool:
    """Whether *host* is this machine, without asking anybody what a name stands for.

    A resolver asks others for whatever is no plain address, such as ``127.0.0.1.``.
    """
    if host.lower() in _LOCAL_NAMES:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _split(url: object, option: str) -> SplitResult:
    if not isinstance(url, str) or not url.strip():
        raise LoadError(f"{option} must be an address, {_FOR_EXAMPLE}, is missing: fake-twilio serve prints a fake's")
    try:
        parts = urlsplit(url.strip())
        is_whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_whole = False
    if not is_whole:
        raise LoadError(f"{option} must be {_SHAPE}, {_FOR_EXAMPLE}, is {len(url)} characters of another kind")
    return parts


def _canonical(host: str) -> str:
    """Return *host* as a resolver may come to read it: percent signs, wide letters, other full stops and punycode."""
    name = unquote(host)
    try:
        name = name.encode("idna").decode("ascii")
    except UnicodeError:
        name = name.lower()
    return ".".join(_plain(label) for label in name.split("."))


def _plain(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[len("xn--") :].encode("ascii").decode("punycode").lower()
    except UnicodeError:
        return label
