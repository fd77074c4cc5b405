"""The page of what the fake offers is the one that would be made now, and its table is complete."""

import json
import runpy
from pathlib import Path
from typing import Any

import pytest

from fake_twilio.domain.twilio.coverage import BUILT, COVERAGE, NOT_BUILT, forms

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
OPENAPI = SHARED / "reference" / "data" / "openapi"
METHODS = ("get", "post", "put", "delete")
MAKER = runpy.run_path(str(ROOT / "docs" / "coverage_page.py"))
shaped = MAKER["shaped"]


def test_the_page_is_the_one_that_would_be_made_now() -> None:
    written = (ROOT / "docs" / "coverage.md").read_text("utf-8")

    assert written == MAKER["page"](), "docs/coverage.md is of another day: run `make docs-coverage`"


def test_the_table_has_each_route_of_the_application_and_no_other() -> None:
    assert {shaped(form) for operation in BUILT for form in forms(operation).values()} == MAKER["built"]()
    assert not {shaped(operation) for operation in NOT_BUILT} & MAKER["built"]()


def parameters(file: dict[str, Any], item: dict[str, Any], method: str) -> set[str]:
    """Return what may stand in the query and in the form."""
    asked = [*item.get("parameters", ()), *item[method].get("parameters", ())]
    forms = item[method].get("requestBody", {}).get("content", {}).values()
    schemas = [form["schema"] for form in forms]
    named = [file["components"]["schemas"][s["$ref"].rpartition("/")[2]] if "$ref" in s else s for s in schemas]
    return {p["name"] for p in asked if p["in"] == "query"} | {name for s in named for name in s.get("properties", ())}


@pytest.mark.skipif(not SHARED.is_dir(), reason="Twilio's OpenAPI files lie beside this project, not in it")
def test_every_route_and_parameter_of_twilios_files_is_in_the_table() -> None:
    table = {shaped(operation): set(names) for operation, names in COVERAGE.items()}
    missing = []
    for file in (json.loads(path.read_text("utf-8")) for path in sorted(OPENAPI.glob("*.json"))):
        for path, item in file["paths"].items():
            for method in (method for method in METHODS if method in item):
                names = table.get(shaped((method.upper(), path)))
                if names is None or not parameters(file, item, method) <= names:
                    missing.append((method, path))

    assert OPENAPI.is_dir()
    assert missing == []
