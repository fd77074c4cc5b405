"""The OpenAPI document of the admin API, made of its table of operations; pure."""

import re
from collections.abc import Iterable
from typing import Any

from pydantic import TypeAdapter

from fake_twilio.admin.answers import Problems
from fake_twilio.admin.door import HEADER
from fake_twilio.admin.operations import PREFIX, Operation

VERSION = "1"  # of the admin API: a change that breaks who uses it makes it the next one
REFUSALS = {400: "What was sent is wrong", 401: "The token is wrong", 403: "The header is missing"}
REFUSALS |= {404: "It is not there", 409: "Not now", 415: "It must be JSON"}
_REF = "#/components/schemas/{model}"


def document(operations: Iterable[Operation], told: dict[str, str]) -> dict[str, Any]:
    """Return the document; *told* says what each operation does, by its name."""
    schemas: dict[str, Any] = {}
    problems = _schema(Problems, schemas)
    paths: dict[str, Any] = {}
    for operation in operations:
        described = _describe(operation, told[operation.name], problems, schemas)
        paths.setdefault(PREFIX + operation.path, {})[operation.method.lower()] = described
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "fake-twilio admin API",
            "version": VERSION,
            "description": f"What a tester sees and changes. A change needs JSON and the header `{HEADER}: 1`.",
        },
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _describe(operation: Operation, about: str, problems: Any, schemas: dict[str, Any]) -> dict[str, Any]:
    answers = {
        str(operation.status): {"description": "Done", "content": _json(_schema(operation.answer, schemas))},
        **{str(status): {"description": text, "content": _json(problems)} for status, text in REFUSALS.items()},
    }
    described: dict[str, Any] = {
        "operationId": operation.name,
        "summary": about,
        "parameters": [*_places(operation), *_queries(operation), *_headers(operation)],
        "responses": answers,
    }
    if operation.method != "GET":
        kind = {"type": "object"} if operation.body is None else _schema(operation.body, schemas)
        described["requestBody"] = {"required": True, "content": _json(kind)}
    return described


def _places(operation: Operation) -> list[dict[str, Any]]:
    names = re.findall(r"\{(\w+)\}", operation.path)
    return [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names]


def _queries(operation: Operation) -> list[dict[str, Any]]:
    limit = {"type": "integer", "minimum": 1, "maximum": 1000}
    kinds = {name: limit if name == "limit" else {"type": "string"} for name in operation.query}
    return [{"name": name, "in": "query", "schema": kind} for name, kind in kinds.items()]


def _headers(operation: Operation) -> list[dict[str, Any]]:
    if operation.method == "GET":
        return []
    return [{"name": HEADER, "in": "header", "required": True, "schema": {"const": "1"}}]


def _json(schema: Any) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _schema(kind: Any, schemas: dict[str, Any]) -> dict[str, Any]:
    """Put the schema of *kind*, and of what it is made of, into *schemas*; return a reference to it."""
    made = TypeAdapter(kind).json_schema(ref_template=_REF)
    schemas.update(made.pop("$defs", {}))
    schemas[kind.__name__] = made
    return {"$ref": _REF.format(model=kind.__name__)}
