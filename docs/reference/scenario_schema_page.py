"""Write docs/reference/scenario_schema.md: every key of a scenario file."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from fake_twilio.scenario_tools.schema import schema

PAGE = Path(__file__).with_name("scenario_schema.md")
Node = Mapping[str, Any]
_HEAD = """# The keys of a scenario file

Made by `make docs-reference` from the JSON Schema that `fake-twilio schema` prints; do not edit it by hand. What the
keys mean, with examples, stands in [The language of scenarios](../scenarios.md).

A *text* may be written with quotes or without, and wherever a single value stands, a variable such as `${pause}` may.
An editor with a YAML language server completes and checks a file that begins with
`# yaml-language-server: $schema=schema.json`.
"""
_SWITCH = "true or false"
_MAX_WORDS = 20  # of a list that is written out; of codes there are more, and they stand on a page of their own
_MAX_EXAMPLES = 2


def page() -> str:
    """Return the whole page."""
    root = schema()
    parts = {name: node for name, node in root["$defs"].items() if _keys_of(node) is not None}
    whole = {**root, "description": "`about` and `defaults` are required, unless a file that is included has them."}
    chapters = [_chapter("The whole file", whole, root["$defs"])]
    chapters += [_chapter(_title(name), node, root["$defs"]) for name, node in parts.items()]
    return _HEAD + "".join(chapters)


def _title(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.removesuffix("Part")).lower()


def _chapter(title: str, node: Node, definitions: Mapping[str, Node]) -> str:
    keys = _keys_of(node)
    assert keys is not None
    rows = [_row(key, value, key in keys.get("required", ()), definitions) for key, value in keys["properties"].items()]
    short = [_kind(option, definitions) for option in _options(node) if "properties" not in option]
    lines = [f"\n## {title}", ""]
    if description := keys.get("description"):
        lines += [description, ""]
    if short:
        lines += [f"In short: {_either(short)}.", ""]
    return "\n".join([*lines, "| key | value | |", "| --- | --- | --- |", *rows]) + "\n"


def _keys_of(node: Node) -> Node | None:
    """Return the part of *node* that has keys, if one has."""
    return next((option for option in _options(node) if "properties" in option), None)


def _options(node: Node) -> Sequence[Node]:
    return [node] if "properties" in node else node.get("anyOf", [node])


def _row(key: str, value: Node, is_required: bool, definitions: Mapping[str, Node]) -> str:
    notes = [*(["required"] if is_required else []), *_bounds(value), *filter(None, [value.get("description")])]
    return f"| `{key}` | {_kind(value, definitions)} | {'; '.join(notes)} |"


def _bounds(value: Node) -> Iterator[str]:
    for node in (value, *value.get("anyOf", ())):
        if node.get("maxItems"):
            yield f"at most {node['maxItems']}"


def _kind(node: Node, definitions: Mapping[str, Node]) -> str:
    """Return in words what may stand there."""
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        is_part = _keys_of(definitions[name]) is not None
        anchor = _title(name).replace(" ", "-")
        return f"[{_title(name)}](#{anchor})" if is_part else _kind(definitions[name], definitions)
    if "anyOf" in node:
        kinds = [_kind(option, definitions) for option in node["anyOf"] if not _goes_without_saying(option)]
        return _either(["a list of them" if kind == f"list of {kinds[0]}" else kind for kind in kinds])
    if "enum" in node:
        return _words(node["enum"])
    return _plain(node, definitions)


def _plain(node: Node, definitions: Mapping[str, Node]) -> str:
    kind = node.get("type")
    if kind == "array":
        return f"list of {_kind(node['items'], definitions)}"
    if "properties" in node:
        return "keys " + ", ".join(
            f"`{key}` ({_kind(value, definitions)})" for key, value in node["properties"].items()
        )
    if kind == "object":
        return f"names, each with {_kind(node['additionalProperties'], definitions)}"
    found = "number" if isinstance(kind, list) and kind[0] == "number" else "text"
    examples = ", ".join(f"`{example}`" for example in node.get("examples", ())[:_MAX_EXAMPLES])
    return f"{found} such as {examples}" if examples else found


def _goes_without_saying(option: Node) -> bool:
    """Whether it is the variable that may stand anywhere, or the nothing of a key that is left out."""
    return option.get("type") == "null" or "pattern" in option


def _words(words: Sequence[object]) -> str:
    """Return the words of a list; a schema has some twice, as they are read with quotes and without."""
    if True in words or False in words:
        return _SWITCH if False in words else "true"
    spelled = dict.fromkeys(map(str, words))
    if len(spelled) > _MAX_WORDS:
        return "a [code](errors.md#twilios-codes)"
    return _either([f"`{word}`" for word in spelled])


def _either(choices: Sequence[str]) -> str:
    *rest, last = dict.fromkeys(choices)
    return f"{', '.join(rest)} or {last}" if rest else last


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
