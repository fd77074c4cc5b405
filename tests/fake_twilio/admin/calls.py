"""Requests to the admin API, as a tester sends them."""

from typing import Any

import requests

from fake_twilio.server import FakeTwilio

ON_PURPOSE = {"X-Fake-Twilio": "1"}


def ask(fake: FakeTwilio, path: str, **query: str) -> Any:
    """Return the JSON of what is asked; it must be there."""
    response = requests.get(f"{fake.url}/_fake{path}", params=query, timeout=10)
    assert response.status_code == 200, response.text
    return response.json()


def change(fake: FakeTwilio, path: str, body: Any = None, status: int = 200) -> Any:
    """Return the JSON of a change that is answered with *status*."""
    response = requests.post(f"{fake.url}/_fake{path}", json=body or {}, headers=ON_PURPOSE, timeout=10)
    assert response.status_code == status, response.text
    return response.json()
