"""A load drives an app: texts come in where it takes them, and so do status callbacks."""

from pathlib import Path

import pytest
import requests

from fake_twilio.load.sink_process import SinkProcess
from tests.e2e.loads import counted, load, served

pytestmark = pytest.mark.timeout(120)


def test_an_app_gets_texts_and_status_callbacks_and_its_replies_are_timed(tmp_path: Path) -> None:
    app = SinkProcess.start()  # an app like any other: its paths are its own
    paths = ["--app-url", app.url, "--app-inbound-path", "/sms", "--app-status-path", "/status"]
    with served() as fake:
        words = ["Conversation", "Transactional", "--host", fake.url, "-u", "6", "-r", "6", "--summary", str(tmp_path)]
        words += [
            "--messages",
            "24",
            "--rate",
            "3",
            "-t",
            "100s",
            "--slo",
            "p99_reply=50s,p99_delivered=50s,callback_lag_p99=50s",
        ]
        done = load(fake.environment(), *words, *paths)
    told = requests.get(f"{app.url}/counts", timeout=10).json()
    app.stop()

    assert done.status == 0, done.out + done.err
    counts = counted(tmp_path)
    assert counts["reply"] == counts["POST /_fake/receive"] == told["by_status"]["received"] > 0
    assert counts["delivered"] + counts["reply"] == 24
    assert told["by_status"]["delivered"] == counts["fake: delivered"]
    assert counts["callback_lag"] >= told["by_status"]["delivered"]
    assert "agree" not in done.out  # an app does not tell what it counted
