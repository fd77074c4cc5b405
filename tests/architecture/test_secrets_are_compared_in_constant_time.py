"""Secrets, signatures and hashes are compared by `hmac.compare_digest` and nothing else."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OF_THE_CLIENT = [f"twilio_sms/{folder}" for folder in ("webhooks", "credentials", "frameworks", "transport")]
OF_THE_FAKE = [f"fake_twilio/{folder}" for folder in ("accounts", "admin", "inspector", "domain/webhooks/workbench")]
SOURCES = sorted(path for folder in OF_THE_CLIENT + OF_THE_FAKE for path in (ROOT / folder).glob("*.py"))
SECRETS = re.compile(r"secret|token|signature|digest|hash(?!_name)|expose|sign\b|signed|hexdigest|mac\b|wanted|given")
# What a name says of a secret but is none: how long a text is, what kind, how many.
HARMLESS = re.compile(r"^(len\(.*\)|.*algorithm.*|\(.*name.*\)|None)$")


def comparisons(source: str) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Yield both sides of each ``==``, ``!=`` and ``in``."""
    kinds = (ast.Eq, ast.NotEq, ast.In, ast.NotIn)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            for at, kind in enumerate(node.ops):
                if isinstance(kind, kinds):
                    yield sides[at], sides[at + 1]
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith((".startswith", ".endswith", ".fullmatch")):
            yield node.func, node.args[0]


def is_harmless(side: ast.expr) -> bool:
    return isinstance(side, ast.Constant | ast.Tuple) or bool(HARMLESS.match(ast.unparse(side)))


def careless(source: str) -> list[str]:
    """Return the comparisons of what may be a secret."""
    found = [
        (ast.unparse(left), ast.unparse(right))
        for left, right in comparisons(source)
        if not is_harmless(left) and not is_harmless(right)
    ]
    return [f"{left} ~ {right}" for left, right in found if SECRETS.search(left) or SECRETS.search(right)]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_secret_is_compared_with_an_operator(path: Path) -> None:
    assert careless(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "signature == wanted",
        "given != self.token",
        "if header in signatures: pass",
        "hexdigest(body) == hashes[0]",
        "x = a.expose() == b",
        "signature.startswith(start)",
    ],
)
def test_a_careless_comparison_is_found(source: str) -> None:
    assert careless(source)


def test_what_is_compared_is_compared_by_compare_digest() -> None:
    calls = {
        f"{path.parent.name}/{path.name}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "hmac.compare_digest"
    }

    assert calls == {
        "accounts/directory.py",
        "admin/door.py",
        "credentials/secret.py",
        "inspector/door.py",
        "inspector/recognised.py",
        "webhooks/explain.py",
        "webhooks/own_token.py",
        "webhooks/signature.py",
        "workbench/json_bodies.py",
        "workbench/search.py",
    }
