"""The face says which extra brings what is missing, and which version it is."""

import subprocess
import sys

import pytest

import twilio_sms
from twilio_sms.version import __version__

ASK = "import sys; sys.modules[{missing!r}] = None; import twilio_sms; twilio_sms.{name}"


def ask(name: str, missing: str) -> str:
    code = ASK.format(name=name, missing=missing)
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False).stderr


@pytest.mark.parametrize(
    ("name", "missing", "extra"),
    [
        ("TwilioSMS", "flask", "flask"),
        ("OpenTelemetryTracer", "opentelemetry", "otel"),
        ("PrometheusMetrics", "prometheus_client", "prometheus"),
    ],
)
def test_a_missing_package_is_answered_with_the_extra_that_brings_it(name: str, missing: str, extra: str) -> None:
    last_line = ask(name, missing).splitlines()[-1]

    assert last_line == f'ModuleNotFoundError: {name} needs: pip install "twilio-sms[{extra}]"'


def test_a_fault_of_another_kind_is_not_taken_for_a_missing_extra() -> None:
    assert "pip install" not in ask("Client", "twilio_sms.assembly")


def test_the_version_is_where_it_is_looked_for() -> None:
    assert twilio_sms.__version__ == __version__
