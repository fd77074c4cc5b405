"""A client and an app as one writes them first: against them the profiles show that they can find fault.

The client posts with plain requests, at the pace that the other one's limiter keeps, and repeats whatever fails, at
once and five times. The app acts on each webhook that comes.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Lock
from time import monotonic, sleep
from urllib.parse import parse_qs
from wsgiref.types import StartResponse, WSGIEnvironment

import requests
from profile_campaign import BODY, PER_SECOND, SENDER
from profile_judge import Act

from fake_twilio.fixture import FakeTwilioFixture

THREADS = 16
TRIES = 6


class NaiveClient:
    """Sends messages of *fake*'s account, each of which may be asked to tell *status_callback*."""

    def __init__(self, fake: FakeTwilioFixture, timeout_seconds: float, status_callback: str | None = None) -> None:
        self._url = f"{fake.url}/2010-04-01/Accounts/{fake.account_sid}/Messages.json"
        self._login = (fake.account_sid, fake.auth_token)
        self._timeout_seconds = timeout_seconds
        self._form = {"From": SENDER, "Body": BODY}
        if status_callback is not None:
            self._form["StatusCallback"] = status_callback

    def send_all(self, recipients: Sequence[str]) -> None:
        """Send to each of *recipients*, at an even pace if nothing holds it up."""
        began = monotonic()
        dues = [(recipient, began + place / PER_SECOND) for place, recipient in enumerate(recipients)]
        with ThreadPoolExecutor(THREADS) as threads:
            list(threads.map(self._send_share, [dues[place::THREADS] for place in range(THREADS)]))

    def _send_share(self, dues: Iterable[tuple[str, float]]) -> None:
        with requests.Session() as session:
            session.trust_env = False  # whatever proxies this machine has
            for recipient, due in dues:
                sleep(max(0.0, due - monotonic()))
                self._send(partial(session.post, self._url, {**self._form, "To": recipient}, auth=self._login))

    def _send(self, post: Callable[..., requests.Response]) -> None:
        for _ in range(TRIES):
            try:
                if post(timeout=self._timeout_seconds).status_code < 500:
                    return
            except requests.RequestException:
                continue


class NaiveApp:
    """Takes status callbacks, and acts on each of them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.acts: Counter[Act] = Counter()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        form = parse_qs(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode())
        with self._lock:
            self.acts[form["MessageSid"][0], form["MessageStatus"][0]] += 1
        start_response("204 No Content", [])
        return []
