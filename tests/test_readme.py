"""The README's examples run."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from twilio.rest import Client as TwilioClient

from fake_twilio.domain.account import AUTH_TOKEN
from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.scenario_files.load import bundled, parse_scenario
from fake_twilio.server import ACCOUNT_SID, TEST_ACCOUNT_SID, TEST_AUTH_TOKEN
from tests.fake_twilio.checkup import apps
from twilio_sms import AuthenticationError, OptedOutError

README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
EXAMPLES = dict(re.findall(r"<!-- example: (\w+) -->\n```\w+\n(.*?)```", README, re.DOTALL))


def run(script: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=dict(os.environ)
    ).stdout


def test_no_code_stands_there_that_is_no_example() -> None:
    assert set(EXAMPLES) == {
        "script",
        "pytest",
        "instant",
        "mount",
        "kit",
        "transcript",
        "explore",
        "strategies",
        "report",
        "serve",
        "scenario",
        "services",
        "contents",
        "accounts",
        "limits",
        "people",
        "doctor",
        "shrink",
        "faker",
        "sdk",
        "sdk_in_a_test",
        "resources",
        "admin",
    }
    assert README.count("```") == 2 * (len(EXAMPLES) + 1)  # and the two commands


def test_the_script_sends(fake_twilio: FakeTwilioFixture) -> None:
    printed = run(EXAMPLES["script"])

    (message,) = fake_twilio.messages
    assert printed == f"{message.sid} queued 1\n"


def test_the_sdk_sends_and_lists(fake_twilio: FakeTwilioFixture) -> None:
    printed = run(EXAMPLES["sdk"])

    (message,) = fake_twilio.messages
    assert printed == f"{message.sid} queued\nqueued\n"


def test_the_sdk_reaches_the_other_resources(fake_twilio: FakeTwilioFixture) -> None:
    assert run(EXAMPLES["resources"]) == "active SK +1415 MG True\n"


def test_its_own_api_shows_and_changes(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.use("carrier_reject")
    with fake_twilio.client() as client:
        client.messages.send(to="+15550101234", from_="+15005550006", body="hello")

    assert run(EXAMPLES["admin"]) == "+15550101234 30007 the carrier filters +1 555 010 xxxx\n"
    assert fake_twilio.messages == ()


def test_the_test_credentials_are_these() -> None:
    assert f"`{TEST_ACCOUNT_SID}` and `{TEST_AUTH_TOKEN}`" in README


@pytest.mark.parametrize(
    "example", ["pytest", "instant", "mount", "kit", "transcript", "explore", "strategies", "sdk_in_a_test"]
)
def test_the_test_passes(pytester: pytest.Pytester, example: str) -> None:
    pytester.makeini("[pytest]\naddopts = -p no:locust -p no:cacheprovider\nfilterwarnings = error")
    pytester.makepyfile(EXAMPLES[example])

    pytester.runpytest_inprocess("--strict-markers").assert_outcomes(passed=1)


def test_the_report_is_told_and_written_and_a_suite_that_exercises_too_little_fails(pytester: pytest.Pytester) -> None:
    told, failing = (line.removeprefix("$ pytest ").split() for line in EXAMPLES["report"].splitlines())
    pytester.makeini("[pytest]\naddopts = -p no:locust -p no:cacheprovider\nfilterwarnings = error")
    pytester.makepyfile(EXAMPLES["pytest"])

    shown = pytester.runpytest_inprocess(*told)
    failed = pytester.runpytest_inprocess(*failing)

    assert (shown.ret, failed.ret) == (0, 1)
    shown.stdout.fnmatch_lines(["messages that do not arrive, 1 of *: carrier_filter"])
    failed.stdout.fnmatch_lines(["fake-twilio: 1 of * failures exercised, wanted at least 20%, which is *"])
    assert {path.name for path in Path(pytester.path, "out").iterdir()} == {"failures.json", "failures.html"}


def test_the_command_is_one_that_there_is() -> None:
    install, serve = EXAMPLES["serve"].splitlines()
    words = serve.removeprefix("$ fake-twilio ").split()

    shown = subprocess.run(
        [sys.executable, "-m", "fake_twilio", *words, "--help"], capture_output=True, text=True, check=True
    )

    assert install == '$ pip install "twilio-sms[fake]"'
    assert "Serve a fake Twilio" in shown.stdout


def test_the_doctor_checks_an_app() -> None:
    words = EXAMPLES["doctor"].removeprefix("$ fake-twilio ").split()
    with apps.running(apps.trusting) as url:
        command = [sys.executable, "-m", "fake_twilio", words[0], url, *words[2:]]
        done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr, "FAIL  inbound tampered" in done.stdout) == (1, "", True)


def test_the_trouble_is_found(tmp_path: Path) -> None:
    words = EXAMPLES["shrink"].removeprefix("$ fake-twilio ").split()
    command = [sys.executable if word == "python" else word for word in words]
    reset = "{name: reset, then: {fault: {kind: reset, commit: true}}}"
    prizes = '{name: prizes, when: {body: "*prize*"}, then: {refuse: 21610}}'
    (tmp_path / "troubled.yaml").write_text(f"about: x\nrules: [{prizes}, {reset}]\ndefaults: {{timeline: []}}\n")
    (tmp_path / "send.py").write_text(EXAMPLES["script"].replace('print("may', 'raise SystemExit("may'))
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}

    done = subprocess.run(
        [sys.executable, "-m", "fake_twilio", *command],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env=environment,
    )

    assert (done.returncode, done.stdout) == (0, "needed: rule reset\nwritten to small.yaml\n")


def test_data_is_made_up() -> None:
    sid, number, *_ = run(EXAMPLES["faker"]).split()

    assert (sid[:2], len(sid), number) == ("MG", 34, "+447400123456")


def test_the_scenario_loads() -> None:
    scenario = parse_scenario(EXAMPLES["scenario"])

    assert [rule.name for rule in scenario.rules] == ["outage", "rule 1", "rule 2", "rule 3", "rule 4"]


def test_the_page_about_scenarios_is_there() -> None:
    (page,) = re.findall(r"\]\((docs/scenarios\.md)\)", README)

    assert (Path(__file__).parents[1] / page).is_file()


def test_the_services_are_known(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.use(parse_scenario(EXAMPLES["services"]))

    with fake_twilio.client() as client:
        sent = client.messages.send(
            to="+15551234567", messaging_service_sid="MG0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e", body="hello"
        )
    fake_twilio.settle()

    (message,) = fake_twilio.messages
    assert (sent.status, message.sender, message.status) == ("accepted", "+14155550101", "delivered")


def test_the_template_is_filled_in(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.use(parse_scenario(EXAMPLES["contents"]))
    client = TwilioClient(fake_twilio.account_sid, fake_twilio.auth_token)
    client.api.base_url = fake_twilio.url

    sent = client.messages.create(
        to="+15551234567",
        from_="+15005550006",
        content_sid="HX0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e",
        content_variables='{"1": "Ann", "2": "1234"}',
    )

    client.http_client.session.close()
    assert sent.body == "Hello Ann, your code is 1234"
    assert "ContentSid" in dict(fake_twilio.messages[-1].options)


def test_the_scenario_with_limits_gives_a_campaign_its_pace() -> None:
    limits = parse_scenario(EXAMPLES["limits"]).limits

    assert (limits.concurrency, limits.pace("+14155550100", "+15551234567").segments_per_second) == (50, 30)
    assert limits.pace("+15005550006", "+15551234567").segments_per_second == 1


def test_the_people_answer_and_one_of_them_has_said_stop(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.reset(parse_scenario(EXAMPLES["people"]), seed=1)
    with fake_twilio.client() as client:
        client.messages.send(to="+15551230000", from_="+14155550101", body="please confirm")
        with pytest.raises(OptedOutError):
            client.messages.send(to="+15551230002", from_="+14155550101", body="hello")

    fake_twilio.settle()

    assert [(one.direction, one.body) for one in fake_twilio.messages[1:]] == [("inbound", "YES")]


def test_the_scenario_with_accounts_lets_them_in_and_rotates_the_token(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.reset(parse_scenario(EXAMPLES["accounts"]), seed=1)
    shop, key, late = "AC" + "0e" * 16, "SK" + "0e" * 16, "AC" + "0d" * 16
    message = {"to": "+15551230000", "from_": "+14155550101", "body": "hello"}

    with fake_twilio.client(account_sid=shop, auth_token=None, api_key=key, api_secret="c0ffee" * 3) as by_key:
        sent = by_key.messages.send(**message)
    with fake_twilio.client(account_sid=late, auth_token="0d" * 16) as suspended, pytest.raises(AuthenticationError):
        suspended.messages.send(**message)
    fake_twilio.advance("1m")

    assert sent.account_sid == shop
    assert fake_twilio.auth_token == "5eed" * 8


def test_the_scenarios_that_are_named_come_along_and_are_counted() -> None:
    stated = README.partition("come along: ")[2].partition("many more")[0]
    named = re.findall(r"`([a-z_]+)`", stated)

    assert named
    assert set(named) < set(bundled())
    assert f"one of the {len(bundled())} that come along" in README


def test_the_makefile_has_both_commands() -> None:
    makefile = (Path(__file__).parents[1] / "Makefile").read_text("utf-8")

    for command in re.findall(r"\$ make (\w+)", README):
        assert f"\n{command}:" in makefile


def test_the_default_credentials_are_the_ones_that_are_documented() -> None:
    assert f"`{ACCOUNT_SID}`" in README
    assert f"`{AUTH_TOKEN}`" in README
