"""Twilio's OpenAPI files as judges; they lie beside this project, not in it."""

import json
import os
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

SHARED = Path(__file__).parents[3] / "shared"
IS_THERE = SHARED.is_dir()  # a missing file is then an error, not a reason to skip
ABSENT = "Twilio's OpenAPI files do not lie beside this checkout, in ../shared"
CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance]

# A few examples in each run of the tests, many where ``FUZZ_EXAMPLES`` says so.
EXAMPLES = settings(
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "8")), suppress_health_check=list(HealthCheck), deadline=None
)


def read_file(name: str) -> dict[str, Any]:
    """Return one of Twilio's files."""
    path = SHARED / "reference" / "data" / "openapi" / name
    tree: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return tree


def positive(tree: dict[str, Any]) -> Any:
    """Return the schema of which proper requests are generated."""
    schema = schemathesis.openapi.from_dict(tree)
    schema.config.generation.update(modes=[schemathesis.GenerationMode.POSITIVE])
    return schema
