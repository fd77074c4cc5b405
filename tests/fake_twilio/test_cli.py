"""The command without its packages, and with them."""

import subprocess
import sys

import pytest

MISSING = "import sys; sys.modules['{name}'] = None; from fake_twilio.cli import main; main()"


@pytest.mark.parametrize("name", ["flask", "werkzeug", "yaml", "pydantic", "click", "phonenumbers"])
def test_a_missing_package_is_answered_with_what_to_install(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MISSING.format(name=name)], capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert 'pip install "twilio-sms[fake]"' in done.stderr
    assert "Traceback" not in done.stderr


def test_a_fault_of_our_own_is_not_taken_for_a_missing_package() -> None:
    run = MISSING.format(name="fake_twilio.records.store")

    done = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True, check=False)

    assert "Traceback" in done.stderr
