"""What `serve` refuses at the door; that it serves is shown with a process of its own, under e2e."""

import socket
from pathlib import Path

import pytest
from click.testing import Result

from fake_twilio.commands.root import root
from tests.command_runner import CliRunner


def serve(*words: str, **variables: str) -> Result:
    return CliRunner().invoke(root, ["serve", *words], env=variables)


def test_a_scenario_with_errors_shows_all_of_them_and_ends_with_2(tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text("about: x\nrulez: []\ndefaults: {refuse: 1}\n", "utf-8")

    result = serve(str(file))

    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        f"{file}:2:1: rulez: no such key; did you mean rules?",
        f"{file}:3:20: defaults.refuse: wanted one of Twilio's error codes, such as 30007",
    ]


def test_a_scenario_that_is_not_there_ends_with_2() -> None:
    result = serve("carrier_rejekt")

    assert result.exit_code == 2
    assert "did you mean carrier_reject?" in result.stderr


def test_a_taken_port_is_one_line_and_ends_with_1() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        result = serve("--port", str(port))

    assert result.exit_code == 1
    assert result.stderr == f"cannot listen on 127.0.0.1:{port}: Address already in use; choose another --port\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param(["--account-sid", "AC1"], "AC and 32 hexadecimal digits", id="account"),
        pytest.param(["--speed", "0"], "speed must be above 0", id="speed"),
        pytest.param(["--port", "70000"], "70000", id="port"),
        pytest.param(["--auth-token", " "], "auth token", id="token"),
        pytest.param(["--callback-allow", "10.0.0.0/8", "--callback-allow", "a..b"], "'a..b'", id="callback target"),
        pytest.param(["--callback-allow", "8.8.8.8"], "needs callback_allow_public", id="public callback target"),
        pytest.param(["--clock", "manual"], "'manual' is not one of 'real', 'instant'", id="clock"),
    ],
)
def test_an_option_that_cannot_be_is_refused_by_name(words: list[str], told: str) -> None:
    result = serve(*words)

    assert result.exit_code == 2
    assert told in result.stderr


def test_every_option_has_its_variable() -> None:
    shown = serve("--help").output.replace("\n", " ")
    names = ["HOST", "PORT", "ACCOUNT_SID", "AUTH_TOKEN", "SEED", "CLOCK", "SPEED", "ALLOWED_HOSTS", "GRACE"]
    names += ["CALLBACK_ALLOW", "CALLBACK_ALLOW_PUBLIC", "ADMIN_TOKEN"]

    assert [name for name in names if f"FAKE_TWILIO_{name}" not in shown] == []


def test_an_option_is_read_from_its_variable() -> None:
    result = serve(FAKE_TWILIO_SPEED="0")

    assert "speed must be above 0" in result.stderr


def test_several_callback_targets_may_stand_in_the_variable() -> None:
    result = serve(FAKE_TWILIO_CALLBACK_ALLOW="10.0.0.0/8 app.internal 0.0.0.0/8")

    assert "callback_allow: 0.0.0.0/8 is an unspecified address, which is never allowed" in result.stderr


def test_variables_are_set_before_it_serves() -> None:
    result = serve("delivered", "--set", "pause=5s")

    assert (result.exit_code, "no such variable: pause" in result.stderr) == (2, True)
