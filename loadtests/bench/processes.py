"""Processes of a bench: servers that end when it does, their ports, their memory."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def serving(file: str | Path, *words: str) -> Iterator[int]:
    """Run a Python file that prints its port, serves, and ends when its input does; give the port."""
    command = [sys.executable, str(file), *words]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.communicate()


def wait_at(port: int) -> None:
    """Print the port for `serving`, and return when it is time to end."""
    print(port, flush=True)
    sys.stdin.read()


def free_port() -> int:
    """Return a port of this machine on which nobody listens, for a server that cannot choose one by itself."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def memory_bytes(process_id: int | str = "self") -> int | None:
    """Return what a process holds in memory by the kernel's count; nothing where there is no ``/proc``."""
    status = Path(f"/proc/{process_id}/status")
    if not status.is_file():
        return None
    held = next(line for line in status.read_text("ascii").splitlines() if line.startswith("VmRSS:"))
    return int(held.split()[1]) * 1024
