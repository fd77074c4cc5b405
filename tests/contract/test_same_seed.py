"""One seed for everything: the same seed and start give the same run, byte for byte."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
import requests

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.scenario_files.load import parse_scenario

SCENARIO = """
about: much is left to chance
numbers: ["+15005550006", "+15005550007"]
inbound: {url: https://app.test/sms}
personas:
  - {number: +15550109999, on: "*", reply: "yes", after: 3s, stop_after: 3}
rules:
  - {name: odds, when: {to: +15550100000..+15550100009}, then: {outcomes: [
      {weight: 2, timeline: [{status: sent, after: "uniform(1s, 9s)"}, {status: delivered, after: "lognormal(5s, 1)"}]},
      {weight: 1, timeline: [{status: failed, after: "normal(3s, 1s)", error: 30003}]},
      {weight: 1, refuse: 21610}]}}
  - {name: storm, when: {to: +15550100010..+15550100019, probability: 0.5},
     then: {callbacks: {order: shuffled, duplicate: 0.5, drop: 0.2, late: "uniform(1s, 60s)", bad_signature: 0.3}}}
  - {name: broken, when: {body: "*3*", every: 2}, then: {fault: half_body}}
defaults:
  timeline: [{status: sent, after: {empirical: [1s, 2s, 3s]}}, {status: delivered, after: 4s}]
"""
RECIPIENTS = [*(f"+155501000{number:02}" for number in range(20)), "+15550109999"]
MACHINE = re.compile(rb"Twilio-Request-Duration: [^\r]*", re.ASCII)


def app(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Reply to people; take what is told."""
    if environ["PATH_INFO"] == "/sms":
        start("200 OK", [("Content-Type", "text/xml")])
        return [b"<Response><Message>thanks</Message></Response>"]
    start("204 No Content", [])
    return [b""]


def play(fake: FakeTwilioFixture, seed: int) -> tuple[str, list[bytes]]:
    """Send to everybody twice; return the transcript, and what was answered."""
    fake.reset(parse_scenario(SCENARIO, name="chance"), seed=seed, start=1_767_225_600.0)
    fake.mount("https://app.test", app)
    answers = []
    for number, to in enumerate(RECIPIENTS * 2):
        form = {"To": to, "From": "+15005550006", "Body": f"code {number}", "StatusCallback": "https://app.test/status"}
        answers.append(post(fake, form))
        fake.advance("2s")
    fake.settle()
    return fake.transcript(), answers


def post(fake: FakeTwilioFixture, form: dict[str, str]) -> bytes:
    """Post a message; return head and body of the answer as far as it came, without what is the machine's own."""
    url = f"{fake.url}/2010-04-01/Accounts/{fake.account_sid}/Messages.json"
    with requests.post(url, form, auth=(fake.account_sid, fake.auth_token), stream=True) as answer:
        head = "\r\n".join(f"{name}: {value}" for name, value in answer.headers.items())
        body = answer.raw.read1() if hasattr(answer.raw, "read1") else b""
    return MACHINE.sub(b"", head.encode() + b"\r\n\r\n" + body)


def test_the_same_seed_gives_the_same_run_byte_for_byte(fake_twilio: FakeTwilioFixture) -> None:
    first, second = play(fake_twilio, 7), play(fake_twilio, 7)

    assert first == second
    assert {"30003", "inbound"} <= set(re.findall(r"30003|inbound", first[0]))  # much did happen


def test_another_seed_gives_another_run(fake_twilio: FakeTwilioFixture) -> None:
    assert play(fake_twilio, 7)[0] != play(fake_twilio, 8)[0]


def test_another_server_gives_the_same_run(fake_twilio: FakeTwilioFixture) -> None:
    with FakeTwilioFixture(clock="manual") as other:
        assert play(fake_twilio, 7) == play(other, 7)


SUITE = """
import pathlib, pytest
from tests.contract.test_same_seed import play

@pytest.mark.parametrize("seed", range(4))
def test_run(fake_twilio, seed):
    text, answers = play(fake_twilio, seed)
    pathlib.Path(f"{seed}.txt").write_bytes(text.encode() + b"".join(answers))
"""


def test_workers_side_by_side_give_the_same_runs(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    pytester.makepyfile(test_suite=SUITE)

    def run(*options: str) -> list[bytes]:
        result = pytester.runpytest_subprocess("-p", "fake_twilio.pytest_plugin", "-p", "xdist.plugin", *options)
        result.assert_outcomes(passed=4)
        return [(pytester.path / f"{seed}.txt").read_bytes() for seed in range(4)]

    alone = run("-n", "0")

    assert run("-n", "2") == alone
    assert len(set(alone)) == 4
