"""A real Redis server, on a socket file of its own."""

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from time import monotonic, sleep

from redis import Redis
from redis.exceptions import ConnectionError as NoConnection

HAS_REDIS = shutil.which("redis-server") is not None
WHY_NOT = "there is no redis-server on this machine"
DURABLE = ("--appendonly", "yes", "--appendfsync", "always")
FORGETFUL = ("--appendonly", "no")
PATIENCE_SECONDS = 10.0


class RedisProcess:
    """Starts a server, and stops it for a while, or for good; it listens on no port."""

    def __init__(self, *options: str) -> None:
        self.folder = Path(mkdtemp(prefix="redis-"))  # short: the path of a socket has at most 107 characters
        self.url = f"unix://{self.folder}/r.sock"
        self._command = ["redis-server", "--unixsocket", f"{self.folder}/r.sock", "--port", "0", "--save", ""]
        self._command += ["--dir", str(self.folder), *options]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)
        deadline = monotonic() + PATIENCE_SECONDS
        with self.client() as client:
            while True:
                with suppress(NoConnection):
                    client.ping()
                    return
                assert monotonic() < deadline
                sleep(0.005)

    def client(self) -> Redis:
        return Redis.from_url(self.url)

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def pause(self) -> None:
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGSTOP)

    def resume(self) -> None:
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGCONT)

    def end(self) -> None:
        """Kill it and remove what it left."""
        if self._process is not None:
            self.kill()
        shutil.rmtree(self.folder)
