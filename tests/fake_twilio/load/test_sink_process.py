"""A sink of one's own comes and goes."""

import subprocess
import sys

import pytest
import requests

from fake_twilio.load.errors import LoadError
from fake_twilio.load.sink_process import SinkProcess


def test_it_says_where_it_is_and_is_gone_at_the_end() -> None:
    sink = SinkProcess.start()

    assert requests.get(f"{sink.url}/counts", timeout=5).json()["callbacks"] == 0
    sink.stop()
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{sink.url}/counts", timeout=5)


def test_one_that_does_not_start_is_one_line() -> None:
    with pytest.raises(LoadError, match="the sink did not start"):
        SinkProcess.start((sys.executable, "-c", "print('no')"))


INTERRUPTED = """
import os, signal, urllib.request
from fake_twilio.load.sink_process import SinkProcess
signal.signal(signal.SIGINT, lambda *_: print("interrupted"))
sink = SinkProcess.start()
os.killpg(0, signal.SIGINT)
print(urllib.request.urlopen(f"{sink.url}/counts").status)
sink.stop()
"""


def test_ctrl_c_leaves_it_to_who_started_it() -> None:
    command = [sys.executable, "-c", INTERRUPTED]

    done = subprocess.run(command, capture_output=True, text=True, check=False, start_new_session=True)

    assert (done.stdout.splitlines(), done.stderr) == (["interrupted", "200"], "")
