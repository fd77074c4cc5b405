"""Which benches `make bench` and `make bench-long` run, and on which chapter of the page they stand."""

import ast
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent


class Bench(NamedTuple):
    """A command that tells figures; of several *runs* the median counts."""

    file: str
    words: tuple[str, ...] = ()
    runs: int = 1
    is_long: bool = False

    @property
    def command(self) -> str:
        """What a person types to run it alone, in the folder of the project."""
        return " ".join(("python", f"loadtests/bench/{self.file}", *self.words))

    @property
    def about(self) -> str:
        """The first line of the file: what it measures."""
        text = ast.get_docstring(ast.parse((HERE / self.file).read_text("utf-8"))) or ""
        return text.split("\n\n")[0].partition(": ``")[0].replace("\n", " ").rstrip(".")


class Chapter(NamedTuple):
    """A part of the page."""

    title: str
    benches: tuple[Bench, ...]


PLAN = (
    Chapter(
        "The client",
        (
            Bench("client.py"),
            Bench("gates.py", runs=3),
            Bench("observability.py"),
            Bench("journal.py"),
            Bench("opt_outs.py", runs=3),
            Bench("replay.py", runs=3),
            Bench("imports.py"),
            Bench("bulk_memory.py", ("100000",)),
            Bench("bulk_memory.py", ("1000000",), is_long=True),
        ),
    ),
    Chapter(
        "Webhooks in an app",
        (
            Bench("webhooks.py"),
            Bench("webhooks_inbound.py", runs=3),
            Bench("webhook_store.py", runs=3),
        ),
    ),
    Chapter(
        "The fake",
        (
            Bench("post_messages.py"),
            Bench("callbacks.py"),
            Bench("where_time_goes.py"),
            Bench("virtual_time.py", ("10000",)),
            Bench("virtual_time.py", ("100000",), is_long=True),
            Bench("matching.py"),
            Bench("scenario_files.py"),
            Bench("inspector.py", ("10000", "3")),
            Bench("serve.py"),
        ),
    ),
    Chapter("The fixture of a test", (Bench("fixture.py"),)),
    Chapter(
        "Beside other fakes",
        (
            Bench("alternatives.py", ("--only", "pytest_httpserver")),
            Bench("alternatives.py", is_long=True),
        ),
    ),
    Chapter(
        "As the store grows",
        (
            Bench("store_growth.py"),
            Bench("store_growth.py", ("1000000",), is_long=True),
        ),
    ),
)


def benches(*, is_long: bool) -> tuple[Bench, ...]:
    """Return the short ones, or the long ones, in the order of the page."""
    return tuple(bench for chapter in PLAN for bench in chapter.benches if bench.is_long == is_long)
