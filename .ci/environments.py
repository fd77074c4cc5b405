"""Environments that are made for one look, each in a folder of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from project import ROOT

UV = str(Path(sys.executable).with_name("uv"))
VERSIONS = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
# What is looked at is what was installed, not what lies around.
FOREIGN = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PYTEST_ADDOPTS")
MAX_LINES = 60


class Environment:
    """A virtual environment; *home* is the folder in which its commands run."""

    def __init__(self, folder: Path, interpreter: str) -> None:
        self.home = folder / "home"
        self._bin = folder / "environment" / "bin"
        self.home.mkdir(parents=True)
        told([UV, "venv", "--quiet", "--python", interpreter, str(self._bin.parent)])

    def install(self, *words: str) -> None:
        """Install what ``uv pip install`` understands."""
        told([UV, "pip", "install", "--quiet", "--python", self.program("python"), *words])

    def check(self) -> None:
        """End with what does not fit together, if something does not."""
        told([UV, "pip", "check", "--quiet", "--python", self.program("python")])

    def program(self, name: str) -> str:
        """Return the path of a command."""
        return str(self._bin / name)

    def run(self, name: str, *words: str, **variables: str) -> str:
        """Run a command in the home of this environment; return what it prints, or end with it."""
        return told([self.program(name), *words], self.home, variables)

    def test(self, *words: str) -> str:
        """Run pytest in the project's own folder; return its closing line, or end with what failed."""
        return told([self.program("python"), "-m", "pytest", *words], ROOT).splitlines()[-1]

    def refuse(self, name: str, *words: str) -> str:
        """Run a command that must fail; return what it says."""
        command = [self.program(name), *words]
        done = subprocess.run(command, cwd=self.home, env=surroundings(), capture_output=True, text=True)
        if done.returncode == 0:
            sys.exit("wanted to be refused: %s" % " ".join(command))
        return done.stderr


def interpreter(version: str) -> str | None:
    """Return a Python of *version*, such as 3.12: this one, one of the path or of pyenv; nothing if none is here."""
    candidates = [sys.executable, shutil.which("python" + version)]
    candidates += [str(path) for path in sorted(VERSIONS.glob(version + ".*/bin/python"), reverse=True)]
    return next((path for path in candidates if path and version_of(path) == version), None)


def version_of(python: str) -> str:
    """Return the version of an interpreter, such as 3.12; nothing if it does not start, as a shim may not."""
    script = "import sys; print('%d.%d' % sys.version_info[:2])"
    return subprocess.run([python, "-c", script], capture_output=True, text=True).stdout.strip()


def surroundings(**variables: str) -> dict[str, str]:
    """Return the environment variables of this process without those that lead elsewhere."""
    return {name: value for name, value in os.environ.items() if name not in FOREIGN} | variables


def told(command: list[str], folder: Path | None = None, variables: dict[str, str] | None = None) -> str:
    """Run *command*; return what it prints, or end with the last lines of it."""
    output = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    done = subprocess.run(command, cwd=folder, env=surroundings(**variables or {}), **output)
    if done.returncode:
        sys.exit("\n".join([*done.stdout.splitlines()[-MAX_LINES:], "failed: " + " ".join(command)]))
    return done.stdout
