"""The one place of the fake from which connections leave, and only to what the allow-list holds."""

import logging
import socket
from collections.abc import Callable
from http.client import HTTPException
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from fake_twilio.delivery.connections import Connections, Place
from fake_twilio.delivery.exchange import read_answer, write_request
from fake_twilio.delivery.journey import Journey
from fake_twilio.delivery.webhook import Answer, Webhook
from fake_twilio.domain.values.logged import printable
from fake_twilio.domain.webhooks.targets import TargetRefused, Targets

MAX_REASON_CHARACTERS = 200
MANY_FIXED = 256
Resolve = Callable[[str, int], list[str]]
_log = logging.getLogger("fake_twilio")


class Outbound:
    """Posts webhooks over kept connections, and only to *targets*, this machine if nothing else is said."""

    def __init__(
        self,
        *,
        connections: int,
        monotonic: Callable[[], float],
        resolve: Resolve | None = None,
        targets: Targets | None = None,
    ) -> None:
        self._connections = Connections(kept_each=connections)
        self._monotonic = monotonic
        self._resolve = resolve or resolve_addresses
        self._targets = targets or Targets()
        self._fixed: dict[
            tuple[str, str, int], tuple[str, ...]
        ] = {}  # hosts that are addresses and were checked: both stay so

    def post(self, webhook: Webhook) -> Answer:
        """Send *webhook* once, with its method and within its limits; whatever happens is told in the answer."""
        journey = Journey(webhook.limits, self._monotonic)
        try:
            return self._exchange(webhook, journey)
        except (TargetRefused, HTTPException, OSError, ValueError) as error:
            return Answer(error=_reason(error), failure=journey.failure(error), seconds=journey.seconds)

    def close(self) -> None:
        """Close the kept connections; those under way close when they have ended."""
        self._connections.close()

    def _exchange(self, webhook: Webhook, journey: Journey) -> Answer:
        parts = urlsplit(webhook.target)
        place = self._place(parts)
        request = write_request(webhook, parts.netloc)
        with self._connections.lent(place, journey) as connection:
            connection.send(request, journey)
            answer, connection.is_reusable = read_answer(connection.reader(journey), journey)
        return answer

    def _place(self, parts: SplitResult) -> Place:
        """Return the checked addresses with the name of their host."""
        host, is_secure = parts.hostname or "", parts.scheme == "https"
        port = parts.port or (443 if is_secure else 80)
        return Place(is_secure, host, self._checked_addresses(parts.scheme, host, port), port)

    def _checked_addresses(self, scheme: str, host: str, port: int) -> tuple[str, ...]:
        """Return where to connect; the name is asked for once, so that it cannot change its mind after the check."""
        fixed = self._fixed.get((scheme, host, port))
        if fixed is not None:
            return fixed
        try:
            self._targets.check_name(scheme, host)
            addresses = tuple(dict.fromkeys(self._resolve(host, port)))
            self._targets.check(host, port, addresses)
        except TargetRefused as refused:
            _log.warning("%s", refused)
            raise
        if (_address(host),) == addresses:
            self._keep_fixed((scheme, host, port), addresses)
        return addresses

    def _keep_fixed(self, target: tuple[str, str, int], addresses: tuple[str, ...]) -> None:
        if len(self._fixed) >= MANY_FIXED:
            self._fixed.clear()
        self._fixed[target] = addresses


def resolve_addresses(host: str, port: int) -> list[str]:
    """Return the addresses of *host*, IPv4 first; an address is its own, and nobody is asked."""
    address = _address(host)
    if address is not None:
        return [address]
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in sorted(found, key=lambda entry: entry[0] != socket.AF_INET)]


def _address(host: str) -> str | None:
    """Return *host* as it is written, if it is an address."""
    try:
        return str(ip_address(host))
    except ValueError:
        return None


def _reason(error: Exception) -> str:
    """Name the deepest cause of a failure; what was refused speaks for itself.

    A cause may hold what the other side wrote: it is shown, kept and logged as what it is, and not at any length.
    """
    if isinstance(error, TargetRefused):
        return str(error)
    deepest = _deepest(error)
    return f"{type(deepest).__name__}: {printable(str(deepest))}"[:MAX_REASON_CHARACTERS]


def _deepest(error: BaseException) -> BaseException:
    while (deeper := error.__cause__ or error.__context__) is not None:
        error = deeper
    return error
