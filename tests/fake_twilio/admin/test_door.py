"""Tests of who may come in, on the wire."""

from collections.abc import Iterator

import pytest
import requests

from fake_twilio.admin.door import COOKIE
from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.server import FakeTwilio
from tests.fake_twilio.admin.calls import ON_PURPOSE, ask, change

TOKEN = "a token of this test"


@pytest.fixture
def guarded() -> Iterator[FakeTwilio]:
    with FakeTwilio(clock="manual", admin_token=TOKEN) as fake:
        yield fake


@pytest.mark.parametrize(
    ("headers", "status", "told"),
    [
        ({"Content-Type": "application/json"}, 403, "wanted the header X-Fake-Twilio: 1"),
        ({"Content-Type": "application/json", "X-Fake-Twilio": "0"}, 403, "wanted the header X-Fake-Twilio: 1"),
        ({"Content-Type": "text/plain", **ON_PURPOSE}, 415, "wanted Content-Type: application/json"),
        (ON_PURPOSE, 415, "wanted Content-Type: application/json"),
    ],
    ids=str,
)
def test_a_change_needs_what_no_page_can_send(
    fake_twilio: FakeTwilioFixture, headers: dict[str, str], status: int, told: str
) -> None:
    response = requests.post(f"{fake_twilio.url}/_fake/reset", data=b"{}", headers=headers, timeout=5)

    assert (response.status_code, response.json()) == (status, {"problems": [told]})


@pytest.mark.parametrize(
    "headers", [{"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Host": "evil.example"}], ids=str
)
def test_a_foreign_page_is_refused_before(fake_twilio: FakeTwilioFixture, headers: dict[str, str]) -> None:
    for method in ("GET", "POST"):
        response = requests.request(
            method, f"{fake_twilio.url}/_fake/health", json={}, headers={**ON_PURPOSE, **headers}, timeout=5
        )

        assert response.status_code == 403
        assert not {name for name in response.headers if name.lower().startswith("access-control")}


def test_nothing_is_changed_by_a_get(fake_twilio: FakeTwilioFixture) -> None:
    response = requests.get(f"{fake_twilio.url}/_fake/reset", headers=ON_PURPOSE, timeout=5)

    assert response.status_code == 405


@pytest.mark.parametrize("token", ["", " "])
def test_an_empty_token_which_anybody_would_bring_is_refused(token: str) -> None:
    with pytest.raises(ValueError, match="admin token must not be empty"):
        FakeTwilio(admin_token=token)


def test_a_token_is_asked_of_everybody_where_there_is_one(guarded: FakeTwilio) -> None:
    url = f"{guarded.url}/_fake/health"

    answers = [requests.get(url, headers=headers, timeout=5) for headers in ({}, {"Authorization": "Bearer no"})]
    let_in = requests.get(url, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=5)

    assert [(answer.status_code, answer.headers["WWW-Authenticate"]) for answer in answers] == [(401, "Bearer")] * 2
    assert TOKEN not in answers[0].text
    assert let_in.status_code == 200


def test_a_wrong_body_names_each_wrong_key(fake_twilio: FakeTwilioFixture) -> None:
    refused = change(fake_twilio, "/scenario", {"nam": "x", "yaml": 7}, status=400)

    assert refused["problems"] == ["yaml: Input should be a valid string", "nam: Extra inputs are not permitted"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b"null"])
def test_what_is_no_json_object_is_refused_or_empty(fake_twilio: FakeTwilioFixture, body: bytes) -> None:
    headers = {"Content-Type": "application/json", **ON_PURPOSE}

    response = requests.post(f"{fake_twilio.url}/_fake/clock", data=body, headers=headers, timeout=5)

    assert response.status_code == 400
    assert len(response.json()["problems"]) == 1


def test_what_is_not_there_points_to_the_document(fake_twilio: FakeTwilioFixture) -> None:
    response = requests.get(f"{fake_twilio.url}/_fake/nothing", timeout=5)

    assert response.status_code == 404
    assert response.json() == {"problems": ["Not Found: /_fake/openapi.json lists what there is"]}
    assert fake_twilio.unknown_routes == {}
    assert ask(fake_twilio, "/openapi.json")["openapi"] == "3.1.0"


@pytest.mark.parametrize(
    ("given", "headers", "status"),
    [(TOKEN, ON_PURPOSE, 200), ("no", ON_PURPOSE, 401), ("", ON_PURPOSE, 401), (TOKEN, {}, 403)],
    ids=str,
)
def test_a_page_that_was_let_in_brings_the_token_as_a_cookie(
    guarded: FakeTwilio, given: str, headers: dict[str, str], status: int
) -> None:
    response = requests.post(
        f"{guarded.url}/_fake/clock",
        json={"advance": "1s"},
        headers=headers,
        cookies={COOKIE: f'"{given}"'},
        timeout=5,
    )

    assert response.status_code == status
