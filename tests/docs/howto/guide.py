"""A how-to guide, followed to the letter in an empty folder.

Its files are those whose name stands right before the block, "The app, `shop.py`:". Its commands are typed into a
shell, and what they print is held against what the page shows. Seconds and SIDs differ from run to run; `…` on a page
stands for whatever else is left out: within a line, or alone for any lines. The variables that a fake prints, to be
pasted, are those of every command after it.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from threading import Thread
from time import monotonic

from tests.docs.pages import ROOT, examples, page

PATIENCE_SECONDS = 50
FILE = re.compile(r"`([\w./-]+)`:\n\n<!-- example: (\w+) -->\n")
_ANY = (  # of what was escaped, what stands for what
    (r"(?m)^…\n", r"(?:.*\\n)*?"),
    (r"…", r"[^\\n]*"),
    (r"(?<= )\d+(\\\.\d+)?m?s\b", r"\\d+(\\.\\d+)?m?s"),  # measured; a goal has <= before it
    (r"\b(SM|MM|AC)[0-9a-f]{32}", r"\1[0-9a-f]{32}"),
)
_LIKE_A_TERMINAL = {
    "COLUMNS": "80",
    "FAKE_TWILIO_PORT": "0",  # of those that are free
    "PYTEST_ADDOPTS": "-p fake_twilio.pytest_plugin -p twilio_sms.pytest_plugin -p no:cacheprovider -W error",
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # what else is installed here, a reader does not have
    "PYTHONUNBUFFERED": "1",
}


class Guide:
    """The page ``docs/howto/NAME.md``, and a reader in *folder* who types what stands there.

    *instead* are words that the reader puts in the place of others, such as a port that is free.
    """

    def __init__(self, name: str, folder: Path, instead: dict[str, str] | None = None) -> None:
        self.page = page(f"docs/howto/{name}.md")
        self.examples = examples(f"docs/howto/{name}.md")
        self.folder = folder
        self._instead = instead or {}
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("TWILIO_")}
        self.environ = {**inherited, **_LIKE_A_TERMINAL, "PATH": path}

    def write(self, *wanted: str) -> None:
        """Write the files that the page tells to write: those of the *wanted* examples, or all."""
        for name, example in FILE.findall(self.page):
            if wanted and example not in wanted:
                continue
            file = self.folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(self._own(self.examples[example]), "utf-8")

    def take(self, example: str) -> None:
        """Take a file of the examples, to which the page leads."""
        assert f"](../examples/{example})" in self.page
        (self.folder / example).write_bytes((ROOT / "docs" / "examples" / example).read_bytes())

    def mistake(self, file: str, before: str, after: str, into: str | None = None) -> None:
        """Write *after* for *before* in a file, or in a copy of it."""
        text = (self.folder / file).read_text("utf-8")
        assert before in text
        (self.folder / (into or file)).write_text(text.replace(before, after), "utf-8")

    def type(self, example: str) -> None:
        """Type the commands of an example, and see what the page shows."""
        commands, shown = zip(*_turns(self._own(self.examples[example])), strict=True)
        for command, wanted, got in zip(commands, shown, self._shell(commands), strict=True):
            assert re.fullmatch(_pattern(wanted), got), f"$ {command}\n{got}\n-- but the page shows\n{wanted}"

    def type_until_shown(self, example: str) -> None:
        """Type the commands of an example that looks at what takes a moment, until they print what the page shows."""
        latest = monotonic() + PATIENCE_SECONDS
        while True:
            try:
                return self.type(example)
            except AssertionError:
                if monotonic() > latest:
                    raise

    def ran(self, command: str) -> str:
        """Return what a command prints."""
        return self._shell((command,))[0]

    def check_told(self, output: str) -> None:
        """See that all was printed that the page says of what goes wrong: the first cells of the table there."""
        quotes = self.troubles()
        assert quotes
        untold = [quote for quote in quotes if not re.search(_pattern(quote), output)]
        assert not untold, f"{untold} was not said in\n{output}"

    def troubles(self) -> list[str]:
        """Return what is said where something goes wrong."""
        return re.findall(r"^\| `(.+?)` \|", self.page.partition("\n## What goes wrong\n")[2], re.MULTILINE)

    @contextmanager
    def running(self, example: str, until: str) -> Iterator[None]:
        """Run the one command of an example meanwhile, from the moment when it has printed a line with *until* on."""
        ((command, _),) = _turns(self._own(self.examples[example]))
        with self._popen(f"exec env {command}") as process:
            try:
                assert process.stdout is not None
                printed = list(_up_to(until, process.stdout))
                assert until in printed[-1], f"$ {command}\n{''.join(printed)}"
                self._paste(printed[-1])
                Thread(target=process.stdout.read, daemon=True).start()  # a pipe that is full would hold it up
                yield
            finally:
                process.terminate()

    def _paste(self, line: str) -> None:
        if line.startswith("export "):
            self.environ |= dict(pair.split("=", 1) for pair in line.removeprefix("export ").split())

    def _shell(self, commands: tuple[str, ...]) -> list[str]:
        """Type *commands* into one shell; return what each printed."""
        script = "".join(f"{command}\nstatus=$?; printf '\\0'; (exit $status)\n" for command in commands)
        with self._popen(script) as process:
            output, _ = process.communicate(timeout=PATIENCE_SECONDS)
        *printed, rest = output.split("\0")
        assert len(printed) == len(commands), rest
        return printed

    def _popen(self, script: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            ["bash", "-c", script],
            cwd=self.folder,
            env=self.environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def _own(self, text: str) -> str:
        for before, after in self._instead.items():
            text = re.sub(rf"\b{re.escape(before)}\b", after, text)
        return text


def _turns(console: str) -> Iterator[tuple[str, str]]:
    """Yield each command and what is shown below it; one that goes on behind a backslash is one."""
    places = [match.start() for match in re.finditer(r"^\$ ", console, re.MULTILINE)]
    assert places[:1] == [0], f"an example for the shell begins with $: {console}"
    for begin, end in pairwise([*places, len(console)]):
        whole = re.match(r"\$ ((?:.*\\\n)*.*)\n", console[begin:end])
        assert whole is not None
        yield whole[1], console[begin:end][whole.end() :]


def _up_to(text: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield *lines* up to the first one with *text*."""
    for line in lines:
        yield line
        if text in line:
            return


def _pattern(shown: str) -> str:
    pattern = re.escape(shown).replace("\\\n", "\n")
    for sign, stands_for in _ANY:
        pattern = re.sub(sign, stands_for, pattern)
    return pattern
