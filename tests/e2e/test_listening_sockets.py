"""However the fake is started, it listens on this machine alone, unless it is told to: reliability, G30."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.listening_sockets import PROC, address_of, listening
from tests.packaging.test_docker import last

pytestmark = pytest.mark.skipif(not (PROC / "self" / "net").exists(), reason="there is no /proc on this machine")
BESIDE = "127.0.0.2"  # an address that is not the usual one, and leads nowhere outside all the same
FAKE = (sys.executable, "-m", "fake_twilio")
SCRIPT = "from fake_twilio import FakeTwilio\nwith FakeTwilio() as fake:\n    print(fake.url, flush=True)\n    input()"
STARTS = {
    "the command": (str(Path(sys.executable).with_name("fake-twilio")), "serve", "--port", "0"),
    "the module": (*FAKE, "serve", "--port", "0"),
    "a demo": (*FAKE, "serve", "--demo", "--port", "0"),
    "a proxy that records": (*FAKE, "record", "--upstream", "http://127.0.0.1:1", "--output", "x", "--port", "0"),
    "a sink of a load": (sys.executable, "-m", "fake_twilio.load.sink", "--port", "0"),
    "a script": (sys.executable, "-c", SCRIPT),
}


@contextmanager
def started(*command: str, **variables: str) -> Iterator[tuple["subprocess.Popen[str]", list[str]]]:
    """Start a process; give it and what it says, up to its last word before it serves."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, text=True, env={**os.environ, **variables}, **pipes) as process:
        try:
            assert process.stdout is not None
            lines = [process.stdout.readline()]
            while lines[-1] and not re.search("^(sink on|http:|Ctrl-C|To see)", lines[-1]):
                lines.append(process.stdout.readline())
            yield process, lines
        finally:
            process.kill()


@pytest.mark.parametrize("start", STARTS)
def test_it_listens_on_this_machine_alone(start: str) -> None:
    with started(*STARTS[start]) as (process, _):
        assert listening(process.pid) == {"127.0.0.1"}


@pytest.mark.usefixtures("fake_twilio")
def test_so_does_the_fixture() -> None:
    assert listening(os.getpid()) == {"127.0.0.1"}


@pytest.mark.parametrize("given", ["option", "the variable of the image"])
def test_who_listens_elsewhere_was_told_to_and_asks_for_a_token(given: str) -> None:
    assert "FAKE_TWILIO_HOST=" in last("ENV")
    words, variables = (("--host", BESIDE), {}) if given == "option" else ((), {"FAKE_TWILIO_HOST": BESIDE})
    with started(*STARTS["the module"], *words, **variables) as (process, _):
        assert process.stdout is not None
        token = process.stdout.readline()

        assert listening(process.pid) == {BESIDE}
        assert re.fullmatch(r"admin token \S{24}\n", token)


@pytest.mark.parametrize(
    ("entry", "family", "address"),
    [
        ("0100007F:1F90", socket.AF_INET, "127.0.0.1"),
        ("00000000:1F90", socket.AF_INET, "0.0.0.0"),
        ("00000000000000000000000000000000:1F90", socket.AF_INET6, "::"),
        ("00000000000000000000000001000000:1F90", socket.AF_INET6, "::1"),
    ],
)
def test_an_entry_of_the_kernels_table_is_read(entry: str, family: int, address: str) -> None:
    assert address_of(entry, family) == address
