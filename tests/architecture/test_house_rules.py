"""The rules of the house that no linter knows."""

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from fake_twilio.scenario_files.load import load_scenario
from loadtests.bench.plan import PLAN

ROOT = Path(__file__).parents[2]
PACKAGES = ("twilio_sms", "fake_twilio")
SOURCES = sorted(path.relative_to(ROOT) for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
MODULES = [path for path in SOURCES if path.name not in ("__init__.py", "__main__.py")]
OTHERS = sorted(path.relative_to(ROOT) for folder in ("docs", "loadtests") for path in (ROOT / folder).rglob("*.py"))
MAX_LINES = 400
MAX_FUNCTION_LINES = 40


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("path", [*SOURCES, *OTHERS], ids=str)
def test_a_file_is_short_and_says_what_it_holds(path: Path) -> None:
    text = (ROOT / path).read_text("utf-8")
    tree = ast.parse(text)

    assert len(text.splitlines()) <= MAX_LINES
    assert ast.get_docstring(tree)
    too_long = [f.name for f in functions(tree) if (f.end_lineno or 0) - f.lineno + 1 > MAX_FUNCTION_LINES]
    assert too_long == []


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_each_source_file_has_a_test_file_at_the_mirrored_path(path: Path) -> None:
    package, *rest = path.parts
    mirrored = ROOT.joinpath("tests", package, *rest[:-1], f"test_{rest[-1]}")

    assert mirrored.is_file()


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_nobody_inside_comes_in_by_the_front_door(path: Path) -> None:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    froms = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    plain = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}

    assert not {"twilio_sms", "fake_twilio"} & (froms | plain)


@pytest.mark.parametrize("package", PACKAGES)
def test_a_face_is_sorted_and_complete(package: str) -> None:
    face = import_module(package)
    tree = ast.parse((ROOT / package / "__init__.py").read_text("utf-8"))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for name in node.names}

    assert face.__all__ == sorted(face.__all__)
    assert set(face.__all__) == imported - {"import_module", "TYPE_CHECKING", "Any"}
    assert all(getattr(face, name) is not None for name in face.__all__)


def test_every_error_is_promised() -> None:
    errors, face = import_module("twilio_sms.errors"), import_module("twilio_sms")
    defined = {name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, Exception)}

    assert defined <= set(face.__all__)


@pytest.mark.parametrize("path", sorted((ROOT / "scenarios").glob("*.yaml")), ids=lambda path: path.name)
def test_every_scenario_loads_and_says_what_it_is_about(path: Path) -> None:
    assert load_scenario(path).about.endswith(".")


def test_nothing_lies_among_the_scenarios_but_their_schema() -> None:
    assert [path.name for path in (ROOT / "scenarios").glob("*") if path.suffix != ".yaml"] == ["schema.json"]


def test_the_picture_of_the_architecture_names_every_file() -> None:
    picture = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    named = set(re.findall(r"`([a-z_/]+(?:\.py|/))`", picture))
    wanted = {"/".join(path.parts[1:]) for path in MODULES}
    folders = {name for name in named if name.endswith("/")}

    missing = {name for name in wanted if name not in named and not any(name.startswith(f) for f in folders)}
    assert missing == set()


def floors_of(package: str) -> dict[str, int]:
    """Return the floor of each part of *package*, from 0 at the bottom, as its import rules have it."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    rules = settings["tool"]["importlinter"]["contracts"]
    layers = next(rule["layers"] for rule in rules if rule.get("containers") == [package])
    return {part: floor for floor, layer in enumerate(reversed(layers)) for part in layer.split(" | ")}


@pytest.mark.parametrize("package", PACKAGES)
def test_the_picture_of_the_architecture_has_each_part_on_its_floor(package: str) -> None:
    picture = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    section = picture.partition(f"\n## {package}\n")[2].partition("\n## ")[0]

    shown, floor = {}, ""
    for given, parts in re.findall(r"^\| (\d*) ?\| ([^|]+) \|", section, re.MULTILINE):
        floor = given or floor
        shown |= {re.split(r"[./]", part)[0]: int(floor) for part in re.findall(r"`([^`]+)`", parts)}

    assert shown == floors_of(package)


def figure_commands() -> list[str]:
    """Return the files that tell figures and can be run."""
    found = [path for folder in ("loadtests/bench", "tests/e2e") for path in sorted((ROOT / folder).glob("*.py"))]
    texts = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in found}
    return [name for name, text in texts.items() if "figures import report" in text and "__main__" in text]


def test_every_command_that_tells_figures_is_listed_and_made() -> None:
    listed = (ROOT / "loadtests" / "README.md").read_text("utf-8")
    made = (ROOT / "Makefile").read_text("utf-8").replace("-m tests.e2e.", "tests/e2e/")
    made += "".join(f"loadtests/bench/{bench.file}\n" for chapter in PLAN for bench in chapter.benches)

    assert [
        name for name in figure_commands() if f"`{name}`" not in listed and f"`{Path(name).name}`" not in listed
    ] == []
    unmade = {name for name in figure_commands() if name.removesuffix(".py") not in made}
    assert unmade == {"loadtests/bench/redis_breaker.py"}  # it needs an address


def test_importing_the_client_brings_no_heavy_package() -> None:
    import subprocess
    import sys

    heavy = "{'flask', 'werkzeug', 'pydantic', 'phonenumbers', 'yaml', 'faker', 'click', 'rich', 'redis', 'jinja2'}"
    run = f"import sys, twilio_sms; print({heavy} & set(sys.modules))"

    done = subprocess.run([sys.executable, "-X", "importtime", "-c", run], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "set()"
