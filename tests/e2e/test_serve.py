"""`fake-twilio serve` as a process: what it prints, answers, and how it ends."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

import pytest
import requests
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from tests.doubles import RECIPIENT, SENDER, HangingEndpoint
from twilio_sms import Client

SECRET_TEXT = "the code is 4711"


@contextmanager
def serving(*words: str, **variables: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, str]]]:
    """Run the command; give the process and the variables that it asks to be set."""
    command = [sys.executable, "-m", "fake_twilio", "serve", *words]
    environ = {**os.environ, "FAKE_TWILIO_PORT": "0", **variables}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environ) as process:
        try:
            assert process.stdout is not None
            pasted = next(line for line in process.stdout if line.startswith("export "))
            yield process, dict(pair.split("=", 1) for pair in pasted.removeprefix("export ").split())
        finally:
            process.kill()


def send(variables: dict[str, str], callback: str | None = None) -> None:
    with Client.from_env(variables) as client:
        options = {"status_callback": callback} if callback else {}
        client.messages.send(to=RECIPIENT, from_=SENDER, body=SECRET_TEXT, **options)


def test_the_printed_line_leads_a_client_to_the_fake(httpserver: HTTPServer) -> None:
    delivered = Event()

    def take(request: Request) -> Response:
        if request.form["MessageStatus"] == "delivered":
            delivered.set()
        return Response(status=204)

    httpserver.expect_request("/status").respond_with_handler(take)
    with serving("delivered", "--speed", "50", "--seed", "1") as (process, variables):
        send(variables, httpserver.url_for("/status"))

        assert delivered.wait(10)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=10)

    assert process.returncode == 0
    assert "stopped, 0 callbacks not delivered" in out
    assert SECRET_TEXT not in err
    assert RECIPIENT not in err
    assert variables["TWILIO_AUTH_TOKEN"] not in err


def test_an_instant_clock_lets_a_poller_wait_for_nothing() -> None:
    with serving("slow_carrier", "--clock", "instant") as (_, variables), Client.from_env(variables) as client:
        sent = client.messages.send(to=RECIPIENT, from_=SENDER, body=SECRET_TEXT)
        while (ended := client.messages.get(sent.sid)).status != "delivered":
            pass

    assert sent.date_created is not None
    assert ended.date_updated is not None
    assert (ended.date_updated - sent.date_created).total_seconds() == 630


def test_options_come_from_variables_too() -> None:
    sid = "AC" + "1" * 32
    with serving(FAKE_TWILIO_ACCOUNT_SID=sid, FAKE_TWILIO_AUTH_TOKEN="mine", FAKE_TWILIO_SCENARIO="opted_out") as (
        _,
        variables,
    ):
        assert variables["TWILIO_ACCOUNT_SID"] == sid
        assert variables["TWILIO_AUTH_TOKEN"] == "mine"


def test_it_listens_on_this_machine_alone() -> None:
    with serving() as (_, variables):
        response = requests.get(variables["TWILIO_BASE_URL"], headers={"Host": "evil.example"}, timeout=5)

    assert variables["TWILIO_BASE_URL"].startswith("http://127.0.0.1:")
    assert response.status_code == 403


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_delivers_what_is_pending(httpserver: HTTPServer, number: signal.Signals) -> None:
    hang = HangingEndpoint()
    httpserver.expect_request("/status").respond_with_handler(hang)
    with serving("--speed", "50") as (process, variables):
        send(variables, httpserver.url_for("/status"))
        assert hang.begun.wait(10)
        process.send_signal(number)
        hang.go.set()
        out, _ = process.communicate(timeout=10)

    assert process.returncode == 0
    assert "stopped, 0 callbacks not delivered" in out


def test_what_cannot_be_delivered_in_time_is_listed(httpserver: HTTPServer) -> None:
    hang = HangingEndpoint()
    httpserver.expect_request("/status").respond_with_handler(hang)
    with serving("--speed", "50", "--grace", "0.1") as (process, variables):
        send(variables, httpserver.url_for("/status"))
        assert hang.begun.wait(10)
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=10)
        hang.go.set()

    assert process.returncode == 0
    assert "stopped, 0 " not in out
    assert "not delivered: SM" in err
    assert RECIPIENT not in err


def test_a_second_signal_ends_it_at_once(httpserver: HTTPServer) -> None:
    hang = HangingEndpoint()
    httpserver.expect_request("/status").respond_with_handler(hang)
    with serving("--speed", "50", "--grace", "600") as (process, variables):
        send(variables, httpserver.url_for("/status"))
        assert hang.begun.wait(10)
        process.send_signal(signal.SIGTERM)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=10)
        hang.go.set()

    assert process.returncode == 1


def test_what_was_asked_and_is_no_route_is_told_at_the_end() -> None:
    with serving("delivered") as (process, variables):
        requests.get(f"{variables['TWILIO_BASE_URL']}/v1/Services/MG{'0' * 32}/ShortCodes", timeout=5)
        process.send_signal(signal.SIGINT)
        _out, err = process.communicate(timeout=10)

    assert "no such route here: GET /v1/Services/{Sid}/ShortCodes (requests: 1)\n" in err
    assert "docs/coverage.md lists what the fake offers\n" in err


def test_who_listens_elsewhere_asks_for_a_token() -> None:
    command = [sys.executable, "-m", "fake_twilio", "serve", "--host", "127.0.0.2", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            lines = iter(process.stdout.readline, "")
            url = next(line for line in lines if line.startswith("export ")).split()[1].partition("=")[2]
            token = next(line for line in lines if line.startswith("admin token ")).split()[-1]
            health = [
                requests.get(f"{url}/_fake/health", headers={"Authorization": f"Bearer {given}"}, timeout=5)
                for given in ("no", token)
            ]
        finally:
            process.kill()

    assert [answer.status_code for answer in health] == [401, 200]


def test_a_token_of_ones_own_is_asked_for_and_printed_nowhere() -> None:
    with serving(FAKE_TWILIO_ADMIN_TOKEN="my-own-token-of-24-signs") as (process, variables):
        health = [
            requests.get(f"{variables['TWILIO_BASE_URL']}/_fake/health", headers=headers, timeout=5)
            for headers in ({}, {"Authorization": "Bearer my-own-token-of-24-signs"})
        ]
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=10)

    assert [answer.status_code for answer in health] == [401, 200]
    assert "my-own-token" not in out + err


def test_a_demo_begins_with_a_day_that_has_passed() -> None:
    with serving("--demo", "--seed", "1") as (_process, variables):
        told = requests.get(f"{variables['TWILIO_BASE_URL']}/inspector/changes", timeout=5).json()
        charts = requests.get(f"{variables['TWILIO_BASE_URL']}/charts", timeout=5)

    assert told["counts"]["delivered"] > 300
    assert "of-undelivered" in charts.text
