"""The face says which extra brings what is missing."""

import subprocess
import sys

ASK = "import sys; sys.modules[{missing!r}] = None; from fake_twilio import FakeTwilio"


def ask(missing: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", ASK.format(missing=missing)], capture_output=True, text=True, check=False
    )
    return done.stderr


def test_a_missing_package_is_answered_with_what_to_install() -> None:
    last_line = ask("flask").splitlines()[-1]

    wanted = 'fake_twilio.FakeTwilio needs: pip install "twilio-sms[fake]" (flask is missing)'
    assert last_line == f"ModuleNotFoundError: {wanted}"


def test_a_fault_of_another_kind_is_not_taken_for_a_missing_extra() -> None:
    assert "pip install" not in ask("fake_twilio.world")
