import socket
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.load.errors import LoadError
from fake_twilio.load.number import basic_auth
from fake_twilio.load.remote import TOKEN_VARIABLE, Remote, admin_headers, sink_counts
from fake_twilio.server import FakeTwilio

NOBODY = "http://127.0.0.1:1"


@pytest.fixture
def guarded() -> Iterator[FakeTwilio]:
    """Give a fake that asks for a token."""
    with FakeTwilio(admin_token="sesame") as fake:
        yield fake


def test_a_fake_says_how_it_is(fake_twilio: FakeTwilioFixture) -> None:
    health = Remote(fake_twilio.url, {}).health()

    assert (health["account_sid"], health["scenario"]) == (fake_twilio.account_sid, fake_twilio.scenario_name)


def test_a_scenario_that_comes_along_is_played(fake_twilio: FakeTwilioFixture) -> None:
    Remote(fake_twilio.url, {}).play("carrier_reject")

    assert fake_twilio.scenario_name == "carrier_reject"


def test_a_scenario_of_ones_own_is_played(fake_twilio: FakeTwilioFixture, tmp_path: Path) -> None:
    file = tmp_path / "slow.yaml"
    file.write_text("about: It is slow.\ninclude: delivered\n")

    Remote(fake_twilio.url, {}).play(str(file))

    assert fake_twilio.scenario.about == "It is slow."


@pytest.mark.parametrize(
    ("scenario", "told"),
    [
        ("sLow", "--scenario sLow: .*name"),
        ("no_such", "--scenario no_such: no_such: no such file, nor a scenario of this name"),
        ("gone.yaml", "--scenario gone.yaml cannot be read: No such file"),
        ("/gone/too", "--scenario /gone/too cannot be read: No such file"),
    ],
)
def test_a_scenario_that_cannot_be_played_is_told(fake_twilio: FakeTwilioFixture, scenario: str, told: str) -> None:
    with pytest.raises(LoadError, match=told):
        Remote(fake_twilio.url, {}).play(scenario)


def test_what_is_wrong_in_a_file_is_told_with_its_place(fake_twilio: FakeTwilioFixture, tmp_path: Path) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text("about: x\ninclude: delivered\nrulez: []\n")

    with pytest.raises(LoadError, match="3:1: rulez"):
        Remote(fake_twilio.url, {}).play(str(file))


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    file = tmp_path / "picture.yaml"
    file.write_bytes(b"\xff\xfe")

    with pytest.raises(LoadError, match="it is no UTF-8 text"):
        Remote(NOBODY, {}).play(str(file))


def test_a_fake_that_does_not_run_is_told() -> None:
    with pytest.raises(LoadError, match=f"no fake answers at {NOBODY} .*refused.*: start one by fake-twilio serve"):
        Remote(NOBODY, {}).health()


@pytest.mark.parametrize("environ", [{}, {TOKEN_VARIABLE: ""}, {TOKEN_VARIABLE: "simsim"}])
def test_a_wrong_token_is_told_and_not_repeated(guarded: FakeTwilio, environ: dict[str, str]) -> None:
    with pytest.raises(LoadError, match="wants its admin token, or another one: set FAKE_TWILIO_ADMIN_TOKEN") as caught:
        Remote(guarded.url, environ).health()

    assert "simsim" not in str(caught.value)


def test_the_token_goes_along_if_there_is_one() -> None:
    assert admin_headers({}) == {"X-Fake-Twilio": "1"}
    assert admin_headers({TOKEN_VARIABLE: "x"}) == {"X-Fake-Twilio": "1", "Authorization": "Bearer x"}


def test_the_right_token_is_let_in(guarded: FakeTwilio) -> None:
    assert Remote(guarded.url, {TOKEN_VARIABLE: "sesame"}).health()["status"] == "ok"


def test_an_account_is_let_in_or_not(fake_twilio: FakeTwilioFixture) -> None:
    remote = Remote(fake_twilio.url, {})
    sid = fake_twilio.account_sid

    assert remote.lets_in(sid, basic_auth(fake_twilio.environment()))
    assert not remote.lets_in(sid, basic_auth({"TWILIO_ACCOUNT_SID": sid, "TWILIO_AUTH_TOKEN": "0" * 32}))
    assert Remote(NOBODY, {}).lets_in(sid, "")  # that nobody is there is said by who asks for its health


@pytest.mark.parametrize("body", ["<html>", "[]", "{}", "", '{"problems": 1}'])
@pytest.mark.parametrize("status", [200, 404])
def test_what_is_no_fake_is_told(httpserver: HTTPServer, body: str, status: int) -> None:
    httpserver.expect_request("/_fake/health").respond_with_data(body, status=status)

    with pytest.raises(LoadError, match="no fake") as caught:
        Remote(httpserver.url_for("").rstrip("/"), {}).health()

    assert "\n" not in str(caught.value)


def test_a_token_goes_to_no_other_host(httpserver: HTTPServer) -> None:
    seen: list[str] = []
    httpserver.expect_request("/elsewhere").respond_with_handler(lambda asked: Response(seen.append("came") or "{}"))
    elsewhere = {"Location": httpserver.url_for("/elsewhere")}
    httpserver.expect_request("/_fake/health").respond_with_data("", status=302, headers=elsewhere)

    with pytest.raises(LoadError, match=r"no fake Twilio \(HTTP 302\)"):
        Remote(httpserver.url_for("").rstrip("/"), {TOKEN_VARIABLE: "sesame"}).health()

    assert seen == []


def test_a_proxy_of_the_environment_is_not_asked(
    fake_twilio: FakeTwilioFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", NOBODY)
    monkeypatch.setenv("http_proxy", NOBODY)

    assert Remote(fake_twilio.url, {}).health()["status"] == "ok"


def test_a_sink_says_what_it_has_counted(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/counts").respond_with_json({"distinct": 3})

    assert sink_counts(httpserver.url_for("")) == {"distinct": 3}


def test_what_is_no_sink_is_told(httpserver: HTTPServer) -> None:
    with pytest.raises(LoadError, match=r"no sink answers at .* \(HTTP 500\)"):
        sink_counts(httpserver.url_for(""))


@pytest.mark.parametrize(
    "words", [b"\x15\x03\x01 hello\r\n\r\n", b"HTTP/1.1 500 No\r\nContent-Length: 90\r\n\r\n{}"], ids=["tls", "cut off"]
)
def test_what_speaks_no_http_to_its_end_is_no_fake(words: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        Thread(target=lambda: speak(server, words)).start()

        with pytest.raises(LoadError, match="no fake answers at"):
            Remote(f"http://127.0.0.1:{server.getsockname()[1]}", {}).health()


def speak(server: socket.socket, words: bytes) -> None:
    connection, _ = server.accept()
    with connection:
        connection.recv(65_536)
        connection.sendall(words)


def test_a_sink_that_does_not_run_is_told() -> None:
    with pytest.raises(
        LoadError, match=f"no sink answers at {NOBODY} .*: start one by python -m fake_twilio.load.sink"
    ):
        sink_counts(NOBODY)
