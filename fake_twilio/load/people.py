"""People who send texts to a number of the fake, and wait for what the app replies."""

from collections.abc import Callable

from fake_twilio.load.errors import RequestFailed
from fake_twilio.load.kept import Kept
from fake_twilio.load.measured import Fire
from fake_twilio.timing.clock import monotonic

PATH = "/_fake/receive"
_CREATED = 201


class People:
    """Sends by the fake's own API, and tells Locust of each text as of any request; for one user, as its connection."""

    def __init__(self, fake: Kept, fire: Fire, perf: Callable[[], float] = monotonic) -> None:
        self._fake = fake
        self._fire = fire
        self._perf = perf

    def text(self, sender: str, recipient: str, body: str) -> str:
        """Have *sender* send a text to a number of the fake; return its SID.

        Raises `RequestFailed` if the fake does not take it, or the number's service has no address for it.
        """
        began = self._perf()
        try:
            sid = self._send({"sender": sender, "recipient": recipient, "body": body})
        except RequestFailed as failed:
            self._tell(began, failed)
            raise
        self._tell(began, None)
        return sid

    def _send(self, text: dict[str, str]) -> str:
        told = self._fake.post(PATH, text)
        if told.status != _CREATED:
            raise RequestFailed(f"HTTP {told.status}")
        if told.tree.get("message") is None:
            raise RequestFailed("the number takes no texts")
        return str(told.tree["message"]["sid"])

    def _tell(self, began: float, failure: RequestFailed | None) -> None:
        seconds = self._perf() - began
        self._fire(
            request_type="POST",
            name=PATH,
            response_time=seconds * 1000,
            response_length=0,
            exception=failure,
            context={},
        )
