"""The page about load tests: what it shows can be typed, and its users are those that there are."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from fake_twilio.commands.root import root
from fake_twilio.load.number import NUMBER
from fake_twilio.load.shapes import KINDS, parse_shape
from fake_twilio.load.sink import PORT
from fake_twilio.load.slo import MEASURES
from tests.docs.pages import ROOT, examples, page, words
from tests.e2e.loads import load, served

PAGE = "loadtests/README.md"
EXAMPLES = examples(PAGE)
LOAD = "python -m fake_twilio.load"
# What Locust makes of the lines of the page, and the users of the locustfile; it patches the process that imports it.
SCRIPT = f"""
import json, sys
from locust.argument_parser import get_parser
from locust.util.load_locustfile import load_locustfile
users, _ = load_locustfile({str(ROOT / "loadtests" / "locustfile.py")!r})
told = {{name: [*user.measures] if hasattr(user, "measures") else [] for name, user in users.items()}}
parsed = [vars(get_parser().parse_args(words)) for words in json.loads(sys.argv[1])]
print(json.dumps([told, [[each["shape"], each["user_classes"]] for each in parsed]]))
"""

pytestmark = pytest.mark.timeout(120)


def lines(*names: str) -> list[str]:
    return [line for name in names for line in EXAMPLES[name].splitlines()]


def test_every_line_can_be_typed_and_the_users_are_those_of_the_table() -> None:
    typed = [words(line, LOAD) for line in lines(*EXAMPLES) if line.startswith(f"$ {LOAD} ")]

    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, json.dumps(typed)], capture_output=True, text=True, check=False, timeout=60
    )

    assert done.returncode == 0, done.stderr
    users, parsed = json.loads(done.stdout)
    rows = dict(re.findall(r"^\| `(\w+)` \| .* \| (.*) \|$", page(PAGE), re.MULTILINE))
    assert set(users) == set(rows)
    for name, own in users.items():
        assert set(re.findall(r"`(\w+)`", rows[name])) <= {*MEASURES, *own}, name
    assert [user for _, named in parsed for user in named or ()] == ["Conversation", "Transactional"]


def test_the_shapes_of_the_page_are_all_with_their_usual_settings() -> None:
    shown = [line.rpartition("--shape ")[2] for line in lines("load_shapes")]

    assert {text.partition(":")[0] for text in shown} == set(KINDS)
    assert all(parse_shape(text) for text in shown)
    for text in shown[1:]:
        assert parse_shape(text) == parse_shape(text.partition(":")[0])


def test_fake_and_sink_of_several_machines_can_be_started() -> None:
    name, *arguments = words(lines("load_machines")[0], "fake-twilio")

    with root.commands[name].make_context(name, arguments) as context:
        assert context.params["host"] == "10.0.0.5"
    assert f":{PORT}" in EXAMPLES["load_machines"]
    assert NUMBER in page(PAGE)


@pytest.mark.parametrize("example", ["load", "load_figures"])
def test_what_is_made_can_be_made(example: str) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")

    assert [line for line in lines(example) if f"\n{words(line, 'make')[0]}: " not in makefile] == []


def test_users_of_ones_own_are_checked_counted_and_judged(tmp_path: Path) -> None:
    locustfile = tmp_path / "locustfile.py"
    locustfile.write_text(EXAMPLES["load_own"])
    with served() as fake:
        words = [
            "--host",
            fake.url,
            "-u",
            "2",
            "-r",
            "2",
            "--messages",
            "6",
            "-t",
            "60s",
            "--slo",
            "max_send=50s,errors=0",
        ]
        done = load(fake.environment(), *words, locustfile=locustfile)
        sent = len(fake.messages)

    assert done.status == 0, done.out + done.err
    assert sent == 6
    assert "load, fake and sink agree to the message" in done.out


def test_objectives_of_the_page_are_about_what_is_measured() -> None:
    (line,) = lines("load_objectives")

    assert {"p99_send=300ms", "callback_lag_p99=2s", "errors=0"} == set(line.split("--slo ")[1].split()[0].split(","))


def test_every_example_is_looked_at() -> None:
    made = {"load", "load_figures", "load_own", "load_objectives", "load_shapes", "loadtests_by_count", "load_machines"}

    assert set(EXAMPLES) == {*made, "load_app", "loadtests_processes"}
