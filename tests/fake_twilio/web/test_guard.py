"""Foreign hosts and origins are refused before routing."""

import json

import pytest
from werkzeug.test import Client, create_environ, run_wsgi_app
from werkzeug.wrappers import Response

from fake_twilio.web.guard import Guard


@pytest.fixture
def client() -> Client:
    return Client(Guard(Response("let in"), "192.0.2.7", ["fake.internal"]))


@pytest.mark.parametrize(
    "host", ["localhost:7670", "127.0.0.1", "[::1]:80", "FAKE.internal:1", "LOCALHOST", "192.0.2.7:80"]
)
def test_a_name_of_this_machine_is_let_in(client: Client, host: str) -> None:
    assert client.get("/", headers={"Host": host}).text == "let in"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "[::1", "localhost@evil.example"])
def test_a_foreign_host_is_refused_in_twilios_form(client: Client, host: str) -> None:
    environ = {**create_environ("/"), "HTTP_HOST": host}  # a client would look at it before the guard does

    body, status, headers = run_wsgi_app(client.application, environ)

    assert status == "403 FORBIDDEN"
    assert json.loads(b"".join(body))["code"] == 20403
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Origin": "http://evil.example"}, id="foreign origin"),
        pytest.param({"Origin": "http://["}, id="an origin that cannot be split"),
        pytest.param({"Origin": "null"}, id="an origin that hides itself"),
        pytest.param({"Origin": "http://localhost:1"}, id="another port"),
        pytest.param({"Sec-Fetch-Site": "cross-site"}, id="cross-site"),
    ],
)
def test_a_page_of_another_origin_is_refused(client: Client, headers: dict[str, str]) -> None:
    assert client.get("/", headers={"Host": "localhost:7670", **headers}).status_code == 403


def test_our_own_page_is_let_in(client: Client) -> None:
    headers = {"Host": "localhost:7670", "Origin": "http://localhost:7670", "Sec-Fetch-Site": "same-origin"}

    assert client.get("/", headers=headers).text == "let in"


def test_one_text_is_no_list_of_hosts() -> None:
    with pytest.raises(TypeError, match="allowed_hosts is a tuple"):
        Guard(Response("let in"), "127.0.0.1", "fake.internal")
