"""The comments behind the fields of a class, read from its source.

A field is explained where it is defined, and Python forgets comments. What explains a field is the comment at the end
of its line; else the comment lines right above it; else the text right below it; else what explains the constant that
is its default.
"""

import ast
import inspect
import io
import sys
import tokenize
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from textwrap import dedent
from typing import NamedTuple

_OF_TOOLS = ("noqa", "type:", "pragma:")


class _Source(NamedTuple):
    """A piece of source: what it defines, and the comments by line; whether each stands alone on its line."""

    body: Sequence[ast.stmt]
    comments: Mapping[int, tuple[str, bool]]

    @classmethod
    def of(cls, text: str, *, is_class: bool) -> "_Source":
        tree = ast.parse(text)
        body = tree.body
        if is_class:
            (definition,) = body
            assert isinstance(definition, ast.ClassDef)
            body = definition.body
        tokens = tokenize.generate_tokens(io.StringIO(text).readline)
        found = {t.start[0]: (t.string, t.line.lstrip().startswith("#")) for t in tokens if t.type == tokenize.COMMENT}
        return cls(body, {line: (told(text), alone) for line, (text, alone) in found.items()})


def told(comment: str) -> str:
    """Return what a comment says to people: nothing, if it is for a tool."""
    text = comment.lstrip("#").strip()
    return "" if text.startswith(_OF_TOOLS) else text


@cache
def comments_of(kind: type) -> Mapping[str, str]:
    """Return what explains each field of *kind* that is explained, in the order of the fields."""
    source = _Source.of(dedent(inspect.getsource(kind)), is_class=True)
    constants = _explained(_Source.of(inspect.getsource(sys.modules[kind.__module__]), is_class=False))
    own = _explained(source)
    return {name: said for name, default in _named(source.body) if (said := own.get(name) or constants.get(default))}


def _explained(source: _Source) -> dict[str, str]:
    """Return what explains the names that are assigned."""
    found = {}
    for statement, after in zip(source.body, [*source.body[1:], None], strict=True):
        for name, _ in _named([statement]):
            said = _behind(source, statement) or _above(source, statement) or _below(after)
            if said:
                found[name] = said
    return found


def _named(body: Sequence[ast.stmt]) -> Iterator[tuple[str, str]]:
    """Yield each name that is assigned or annotated, with the name of the constant that is its value, if it is one."""
    for statement in body:
        if isinstance(statement, ast.AnnAssign):
            targets: Sequence[ast.expr] = [statement.target]
        elif isinstance(statement, ast.Assign):
            targets = statement.targets
        else:
            continue
        value = statement.value.id if isinstance(statement.value, ast.Name) else ""
        yield from ((target.id, value) for target in targets if isinstance(target, ast.Name))


def _behind(source: _Source, statement: ast.stmt) -> str:
    return source.comments.get(statement.end_lineno or 0, ("", False))[0]


def _above(source: _Source, statement: ast.stmt) -> str:
    lines: list[str] = []
    line = statement.lineno - 1
    while line in source.comments and source.comments[line][1]:
        lines.insert(0, source.comments[line][0])
        line -= 1
    return " ".join(lines).strip()


def _below(statement: ast.stmt | None) -> str:
    if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Constant):
        return ""
    text = statement.value.value
    return " ".join(inspect.cleandoc(text).split()) if isinstance(text, str) else ""
