"""The pages of the reference have every promised name once, and no name that is not there."""

import re
import tomllib
from collections import Counter
from importlib import import_module
from pathlib import Path
from pydoc import locate

import pytest

from fake_twilio import pytest_plugin as fake_twilio_plugin
from fake_twilio.load import _HOMES as LOAD_HOMES
from tests.docs.pages import ROOT, page
from twilio_sms import pytest_plugin as twilio_sms_plugin

REFERENCE = ROOT / "docs" / "reference"
NAMED = [
    (kind, name)
    for path in sorted(REFERENCE.glob("*.md"))
    for kind, name in re.findall(r"^\.\. auto(\w+):: (\S+)$", path.read_text("utf-8"), re.MULTILINE)
]
NEEDS_LOCUST = {"fake_twilio.load.TwilioUser"}  # which patches the process
KINDS = {"exception": BaseException, "class": object}
PLUGINS = (fake_twilio_plugin, twilio_sms_plugin)
PYTEST_PAGE = page("docs/reference/pytest.md")


@pytest.mark.parametrize("face", ["twilio_sms", "fake_twilio", "fake_twilio.load"])
def test_every_promised_name_stands_there_once(face: str) -> None:
    counted = Counter(name for _, name in NAMED)

    assert [name for name in import_module(face).__all__ if counted[f"{face}.{name}"] != 1] == []


@pytest.mark.parametrize(("kind", "name"), [named for named in NAMED if named[1] not in NEEDS_LOCUST])
def test_every_name_that_stands_there_is_what_it_is_called(kind: str, name: str) -> None:
    found = locate(name)

    assert found is not None
    assert isinstance(found, type) == (kind in KINDS)
    if isinstance(found, type):
        assert issubclass(found, BaseException) == (kind == "exception")


def test_what_needs_locust_is_promised() -> None:
    assert {f"fake_twilio.load.{name}" for name, home in LOAD_HOMES.items() if home.endswith(".user")} == NEEDS_LOCUST


def test_every_fixture_is_described() -> None:
    fixtures = {
        f"{plugin.__name__}.{name}"
        for plugin in PLUGINS
        for name, value in vars(plugin).items()
        if isinstance(value, type(fake_twilio_plugin.fake_twilio))
    }

    assert len(fixtures) == 4
    assert fixtures <= {name for kind, name in NAMED if kind == "function"}


class Parser:
    """Takes the options of a plugin, and their groups, as pytest does."""

    def __init__(self) -> None:
        self.options: list[str] = []
        self.settings: list[str] = []

    def getgroup(self, *_told: str) -> "Parser":
        return self

    def addoption(self, name: str, **_told: object) -> None:
        self.options.append(name)

    def addini(self, name: str, *_told: object, **_more: object) -> None:
        self.settings.append(name)


def test_every_option_is_described() -> None:
    parser = Parser()
    for plugin in PLUGINS:
        plugin.pytest_addoption(parser)  # type: ignore[arg-type] # all that it asks for

    assert re.findall(r"^\| `(--[a-z-]+)", PYTEST_PAGE, re.MULTILINE) == parser.options
    assert [name for name in parser.settings if f"`{name}`" not in PYTEST_PAGE] == []


@pytest.mark.parametrize("plugin", PLUGINS, ids=lambda plugin: plugin.__name__)
def test_every_word_of_a_marker_is_described_with_its_default(plugin: object) -> None:
    signature = re.match(r"(\w+)\((.*?)\): ", plugin.MARKER)  # type: ignore[attr-defined] # a module
    assert signature
    table = PYTEST_PAGE.partition(f"`@pytest.mark.{signature[1]}(...)`")[2].split("\n\n")[1]

    lines = re.findall(r"^\| `(\w+)` \| `(.+?)` \|", table, re.MULTILINE)
    assert ", ".join(f"{word}={default}" for word, default in lines) == signature[2]


def test_every_command_is_described() -> None:
    project = tomllib.loads(Path(ROOT, "pyproject.toml").read_text("utf-8"))["project"]
    text = page("docs/reference/cli.md")
    described = dict(re.findall(r"^\.\. click:: (\S+):root\n   :prog: (\S+)\n   :nested: full$", text, re.MULTILINE))

    modules = {program: module.replace(".commands.root", ".cli:main") for module, program in described.items()}
    assert modules == project["scripts"]
