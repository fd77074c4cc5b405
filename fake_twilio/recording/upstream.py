"""The one place from which a recording leaves: to the API that its user named, and nowhere else."""

from collections.abc import Callable
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError

from fake_twilio.domain.values.hosts import LOOPBACK_NAMES, is_web_address
from fake_twilio.recording.wire import Answered, Asked, NotAnswered

TIMEOUT_SECONDS = (5.0, 30.0)  # to connect; between two packets
POOL_CONNECTIONS = 64


def check_upstream(url: str) -> str:
    """Return the address of an API without a slash at its end; raises `ValueError` unless it is https or this machine.

    It may have a path, but neither user nor query.
    """
    if not is_web_address(url):
        raise ValueError("wanted the address of an API, such as https://api.twilio.com or http://127.0.0.1:7670")
    parts = urlsplit(url)
    if parts.username or parts.query or parts.fragment:
        raise ValueError("wanted an address without user, query and fragment: credentials come with the requests")
    if parts.scheme != "https" and parts.hostname not in LOOPBACK_NAMES:
        raise ValueError("credentials go through here: wanted https, or http on this machine (127.0.0.1, localhost)")
    return url.rstrip("/")


class Upstream:
    """Sends requests to the API at *url*: each once, without redirects, cookies or proxies of the environment."""

    def __init__(self, url: str, monotonic: Callable[[], float]) -> None:
        self._url = check_upstream(url)
        self._monotonic = monotonic
        self._adapter = HTTPAdapter(pool_maxsize=POOL_CONNECTIONS)

    def send(self, asked: Asked) -> Answered:
        """Send *asked* and return the answer, its body as it came; raises `NotAnswered`."""
        began = self._monotonic()
        try:
            response = self._adapter.send(self._prepared(asked), timeout=TIMEOUT_SECONDS, stream=True)
            body = response.raw.read(decode_content=False)
            response.close()
        except (requests.RequestException, HTTPError, OSError) as error:
            raise NotAnswered(f"the upstream gave no answer: {type(error).__name__}") from error
        return Answered(
            status=response.status_code,
            reason=response.reason or "",
            headers=tuple(response.raw.headers.items()),
            body=body,
            seconds=self._monotonic() - began,
        )

    def close(self) -> None:
        """Close the kept connections."""
        self._adapter.close()

    def _prepared(self, asked: Asked) -> requests.PreparedRequest:
        prepared = requests.Request(asked.method, self._url, data=asked.body or None).prepare()
        prepared.url = f"{self._url}{asked.target}"  # as it is, not as requests would write it
        prepared.headers.update(dict(asked.headers))
        return prepared
