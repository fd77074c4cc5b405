"""Other fakes are found by their commands, or skipped with the reason; what they started ends with them."""

import socket
import sys
from time import monotonic

import pytest

from tests.bench.modules import bench_module

alternatives, rivals = bench_module("alternatives"), bench_module("rivals")
OTHERS = [rival for rival in rivals.rivals() if rival.name != "pytest_httpserver"]  # comes with what the tests need
SERVES_THROUGH_A_CHILD = "import subprocess, sys; subprocess.run(sys.argv[1:])"


@pytest.mark.parametrize("rival", OTHERS, ids=lambda rival: rival.name)
def test_who_is_not_installed_is_skipped_with_the_reason(rival, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))

    with pytest.raises(rivals.NotThereError, match="not installed"):
        rival.command(1, tmp_path)


def test_prism_without_a_description_says_which_one_is_missing(tmp_path, monkeypatch):
    (tmp_path / "prism").write_text("#!/bin/sh\n")
    (tmp_path / "prism").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(rivals.NotThereError, match=r"missing\.json is not there"):
        rivals.prism_on(tmp_path / "missing.json")(1, tmp_path)


def test_a_rival_that_ends_by_itself_is_skipped():
    fails = rivals.Rival("fails", lambda _port, _folder: [sys.executable, "-c", "raise SystemExit(3)"], rivals.creating)

    with pytest.raises(rivals.NotThereError, match="status 3"), alternatives.running(fails):
        pass


def is_refused_within(seconds, port):
    """Whether nobody listens on a port any more: who was killed is gone a moment later."""
    deadline = monotonic() + seconds
    while monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), seconds).close()
        except ConnectionRefusedError:
            return True
    return False


def test_what_a_rival_started_ends_with_it():
    def command(port, folder):
        return [sys.executable, "-c", SERVES_THROUGH_A_CHILD, *rivals.pytest_httpserver(port, folder)]

    with alternatives.running(rivals.Rival("starts another", command, rivals.creating)) as port:
        socket.create_connection(("127.0.0.1", port), 5).close()

    assert is_refused_within(10, port)
