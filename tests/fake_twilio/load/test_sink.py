"""The sink as a process: it says where it is, takes webhooks, and ends when it is told to."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import requests

from fake_twilio.load.sink import main

SID = "SM" + "5a" * 16


@contextmanager
def running(*words: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-m", "fake_twilio.load.sink", "--port", "0", *words]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process, process.stdout.readline().removeprefix("sink on ").strip()
        finally:
            process.kill()


def test_it_takes_callbacks_and_ends_with_a_signal() -> None:
    with running() as (process, url), requests.Session() as http:
        http.post(f"{url}/status", data={"MessageSid": SID, "MessageStatus": "sent"}, timeout=5)
        counts = http.get(f"{url}/counts", timeout=5).json()
        process.send_signal(signal.SIGTERM)

        assert process.wait(10) == 0
        assert counts["by_status"] == {"sent": 1}


def test_it_ends_with_its_input_if_told_so() -> None:
    with running("--until-input-ends") as (process, _url):
        assert process.stdin is not None
        process.stdin.close()

        assert process.wait(10) == 0


def test_it_ends_without_a_word_if_nobody_reads_where_it_is() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "fake_twilio.load.sink", "--port", "0"]

    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False, timeout=20)

    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_port_in_use_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with running() as (_process, url):
        port = url.rpartition(":")[2]

        assert main(["--port", port]) == 1

    (line,) = capsys.readouterr().err.splitlines()
    assert line == f"cannot listen on 127.0.0.1:{port}: Address already in use; choose another --port"


@pytest.mark.parametrize("words", [["--port", "x"], ["--port", "65536"], ["--remember", "0"], ["--remember", "²"]])
def test_a_setting_that_is_none_is_refused_by_name(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)

    assert ended.value.code == 2
    assert f"argument {words[0]}: wanted a" in capsys.readouterr().err
