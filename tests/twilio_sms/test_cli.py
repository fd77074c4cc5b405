"""The command without its packages, and with them."""

import subprocess
import sys

import pytest

RUN = "import sys; sys.modules['{name}'] = None; from twilio_sms.cli import main; main()"


def ran(name: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, "-c", RUN.format(name=name)], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", ["click", "rich"])
def test_a_missing_package_is_answered_with_what_to_install(name: str) -> None:
    done = ran(name)

    assert done.returncode == 1
    assert done.stderr.startswith(f'twilio-sms needs more packages: pip install "twilio-sms[cli]" ({name}')
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("name", ["twilio_sms.bulk.journal", "twilio_sms.client"])
def test_a_fault_of_another_kind_is_not_taken_for_a_missing_extra(name: str) -> None:
    assert "Traceback" in ran(name).stderr


def test_it_is_a_module_too() -> None:
    done = subprocess.run([sys.executable, "-m", "twilio_sms", "--help"], capture_output=True, text=True, check=True)

    assert done.stdout.startswith("Usage: twilio-sms ")
