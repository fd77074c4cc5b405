"""The pages that users read, and the examples on them: each block of code behind a line that names it."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
WITH_EXAMPLES = (
    "README.md",
    "docs/sending.md",
    "docs/bulk.md",
    "docs/webhooks.md",
    "docs/delivery.md",
    "docs/templates.md",
    "docs/lookups.md",
    "docs/simulation.md",
    "docs/testing.md",
    "docs/tools.md",
    "docs/inspector.md",
    "docs/api.md",
    "docs/scenarios.md",
    "docs/load.md",
    "loadtests/README.md",
    "docs/load_profiles.md",
    "docs/tutorial.md",
    "docs/migration.md",
    "docs/explanation/never_twice.md",
    "docs/explanation/signatures.md",
    "docs/explanation/virtual_time.md",
    "docs/explanation/why_no_shared_code.md",
    *sorted(f"docs/howto/{path.name}" for path in (ROOT / "docs" / "howto").glob("*.md") if path.stem != "index"),
)
_EXAMPLE = re.compile(r"<!-- example: (\w+) -->\n```\w+\n(.*?)```", re.DOTALL)


def page(name: str) -> str:
    """Return the text of a page."""
    return (ROOT / name).read_text("utf-8")


def examples(name: str) -> dict[str, str]:
    """Return the examples of a page, by name."""
    return dict(_EXAMPLE.findall(page(name)))


def run(script: str) -> str:
    """Run an example as a process, with the environment of this one; return what it prints."""
    return subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=dict(os.environ)
    ).stdout


def words(line: str, command: str) -> list[str]:
    """Return what stands behind *command* in a line for the shell."""
    return line.removeprefix(f"$ {command} ").split()
