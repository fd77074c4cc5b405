"""The JSON Schema of scenario files, by which editors complete and check them.

An editor reads ``+15551234567`` as a number and ``true`` as a switch; a scenario file has nothing but texts. So the
schema is generous with the types of single values, and strict with keys and with words of which there is a list.
"""

import json
from collections.abc import Callable
from typing import Any

from fake_twilio.scenario_files.grammar import ScenarioPart

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: dict[str, Any] = {"type": ["string", "number", "boolean"]}
_NUMBER: dict[str, Any] = {"type": ["number", "string"]}
_VARIABLE: dict[str, Any] = {"type": "string", "pattern": r"\$\{[A-Za-z_][A-Za-z0-9_]*\}"}
_NAMES: dict[str, Any] = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
_INCLUDE = {**_NAMES, "description": "Scenario files that belong to this one, such as `delivered` or `./people.yaml`."}
_VARS = {
    "type": "object",
    "additionalProperties": _TEXT,
    "description": "Values that may be set from outside, written `${name}`: `{pause: 30s}`.",
}
_KEPT = ("examples", "description", "minItems", "maxItems")
_OLD_SWITCHES = {"yes": True, "no": False}  # to an editor of YAML 1.1
_LEFT_OUT = ("title", "default")


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a scenario file."""
    made = _generous(ScenarioPart.model_json_schema(by_alias=True))
    required = made.pop("required")
    return {
        "$schema": DIALECT,
        "title": "A scenario of fake-twilio",
        **made,
        "properties": {"include": _INCLUDE, "vars": _VARS, **made["properties"]},
        "anyOf": [{"required": required}, {"required": ["include"]}],
    }


def schema_text() -> str:
    """Return the schema as the text of a file, always in the same order."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


def _generous(node: Any) -> Any:
    """Return what *node* says, for values as an editor reads them."""
    if isinstance(node, list):
        return [_generous(item) for item in node]
    if not isinstance(node, dict):
        return node
    if "enum" in node or "const" in node:
        return _words(node)
    kind = str(node.get("type"))
    if kind in _SCALARS:
        return {**_SCALARS[kind](), **{key: node[key] for key in _KEPT if key in node}}
    return {key: _child(key, value) for key, value in node.items() if key not in _LEFT_OUT}


def _child(key: str, value: Any) -> Any:
    if key in ("properties", "$defs"):  # names that the file has, not words of the schema
        return {name: _generous(item) for name, item in value.items()}
    if key == "description":
        return value.replace("``", "`")
    return value if key == "required" else _generous(value)


def _words(node: dict[str, Any]) -> dict[str, Any]:
    """Return that one of the words is wanted, in quotes or not, or a variable."""
    words = node["enum"] if "enum" in node else [node["const"]]
    spelled = [word for word in map(_respelled, words) if word not in words]
    return {"anyOf": [{"enum": [*words, *spelled]}, _VARIABLE]}


def _respelled(word: Any) -> Any:
    """Return *word* as it is read with quotes if it has none, and without them if it has."""
    if not isinstance(word, str):
        return json.dumps(word)
    return int(word) if word.isdigit() else _OLD_SWITCHES.get(word, word)


_SCALARS: dict[str, Callable[[], dict[str, Any]]] = {
    "string": lambda: dict(_TEXT),
    "boolean": lambda: _words({"enum": [True, False]}),
    "integer": lambda: dict(_NUMBER),
    "number": lambda: dict(_NUMBER),
    str(["number", "string"]): lambda: dict(_NUMBER),
    str(["integer", "string"]): lambda: dict(_NUMBER),
}
