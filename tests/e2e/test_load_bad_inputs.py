"""A load that cannot begin says why in one line, and ends with status 1 before anything is sent."""

import pytest

from fake_twilio.fixture import FakeTwilioFixture
from tests.e2e.loads import load, served

pytestmark = pytest.mark.timeout(120)
ANOTHER_TOKEN = {"TWILIO_AUTH_TOKEN": "f" * 32}


def run(fake: FakeTwilioFixture, *words: str, **environ: str) -> tuple[int, list[str]]:
    done = load({**fake.environment(), **environ}, "-t", "2s", *words)
    return done.status, done.problems


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--host", "http://127.0.0.1:9"], "load: no fake answers at http://127.0.0.1:9"),
        (["--host", "https://API.twilio.com./"], "load: a load never goes to Twilio"),
        (["--host", "http://192.0.2.1"], "load: loads go to this machine, 192.0.2.1 is another one"),
        (["--scenario", "no_such_one"], "load: --scenario no_such_one: "),
        (["--shape", "wave"], "load: wanted a shape such as ramp:users=20,over=30s,hold=30s; "),
        (["--slo", "p99_sned=1s"], "load: --slo p99_sned: nobody measures 'sned'; there are "),
        (["--sink", "http://127.0.0.1:9"], "load: no sink answers at http://127.0.0.1:9"),
        (["--html", "/proc/nothing/x.html"], "load: --html /proc/nothing/x.html cannot be written: No such file"),
        (["-t", "0s"], "load: -t must be above 0"),
        (["-u", "0", "--messages", "3"], "load: -u must be 1 user or more, is 0"),
    ],
    ids=["no fake", "twilio", "another machine", "scenario", "shape", "slo", "sink", "html", "seconds", "users"],
)
def test_what_cannot_work_is_one_line(words: list[str], told: str) -> None:
    with served() as fake:
        status, problems = run(fake, "--host", fake.url, *words)

        assert (status, len(problems), list(fake.messages)) == (1, 1, [])
    assert problems[0].startswith(told)


def test_a_wrong_token_is_one_line() -> None:
    with served() as fake:
        status, problems = run(fake, "--host", fake.url, **ANOTHER_TOKEN)

    assert (status, len(problems)) == (1, 1)
    assert "does not let this account in: set TWILIO_AUTH_TOKEN" in problems[0]


def test_what_was_in_use_is_one_line() -> None:
    with served() as fake:
        words = ["--host", fake.url, "--processes", "2", "--master-bind-host", "127.0.0.1"]
        ports = ["--master-bind-port", str(fake.port), "--master-port", str(fake.port)]
        status, problems = run(fake, *words, *ports)

    assert (status, len(problems)) == (1, 1)
    assert problems[0] == f"load: the port {fake.port} of Locust's master is taken: give --master-bind-port another"
