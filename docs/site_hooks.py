"""What the site does beyond Sphinx and its extensions.

Fields are explained by the comments behind them, and hints are read with the names that only a type checker sees. Of
what a user is given, and never makes, the arguments are left out. A link that has the name of a file shows the title of
its page. Pictures that stand in HTML, each in a light and a dark form, are copied to where the page looks for them.
"""

import ast
import inspect
from functools import cache
from pathlib import Path
from pydoc import locate
from shutil import copytree
from types import ModuleType
from typing import TYPE_CHECKING

from field_comments import comments_of
from pygments.lexers.special import TextLexer

if TYPE_CHECKING:
    from click import Context
    from docutils.nodes import Node, document
    from sphinx.application import Sphinx

IMAGES = Path("docs", "images")
GIVEN = frozenset(
    {
        "twilio_sms.messages.Messages",
        "twilio_sms.Lookups",
        "twilio_sms.OptOuts",
        "twilio_sms.stores.redis_opt_outs.RedisOptOuts",
        "twilio_sms.stores.redis_webhooks.RedisWebhooks",
        "twilio_sms.simulation.cassette.Interaction",
        "fake_twilio.Scenario",
        "fake_twilio.domain.messages.message.Message",
        "fake_twilio.delivery.webhook.Webhook",
        "fake_twilio.delivery.webhook.Delivery",
        "fake_twilio.kit.official_sdk.Patch",
        "fake_twilio.kit.evidence.Evidence",
        "fake_twilio.load.people.People",
        "fake_twilio.load.summary.Summary",
        "fake_twilio.fixture.FakeTwilioFixture",
        "fake_twilio.pytest_plugin.fake_twilio",
        "fake_twilio.pytest_plugin.fake_twilio_server",
        "twilio_sms.pytest_plugin.twilio_cassette",
        "twilio_sms.pytest_plugin.twilio_cassette_transport",
    }
)
_NO_DEFAULT = ":default: ``Sentinel.UNSET``"  # click's word for an option without one
_OF_A_TUPLE = "Alias for field number"  # Python's word for a field of a NamedTuple


def setup(app: "Sphinx") -> dict[str, bool]:
    app.connect("autodoc-process-docstring", explain_field)
    app.connect("autodoc-before-process-signature", know_types)
    app.connect("autodoc-process-signature", tidy_arguments)
    app.connect("sphinx-click-process-options", leave_out_no_default)
    app.connect("doctree-read", show_titles)
    app.connect("build-finished", copy_images)
    app.add_lexer("csv", TextLexer)  # a forge colours it, Pygments does not know it
    return {"parallel_read_safe": True}


def explain_field(_app: "Sphinx", what: str, name: str, _found: object, _options: object, lines: list[str]) -> None:
    """Give a field that has no text of its own the comment behind it."""
    is_told = any(lines) and not lines[0].startswith(_OF_A_TUPLE)
    if what not in ("attribute", "property") or is_told:
        return
    owner_name, _, field = name.rpartition(".")
    owner = locate(owner_name)
    said = comments_of(owner).get(field, "") if isinstance(owner, type) else ""
    lines[:] = [said]


def know_types(_app: "Sphinx", found: object, _is_bound: object) -> None:
    """Have the module of *found* know what it imports for type checkers alone."""
    module = inspect.getmodule(found)
    if module is not None and module.__name__.startswith(("twilio_sms.", "fake_twilio.")):
        _import_for_types(module)


@cache
def _import_for_types(module: ModuleType) -> None:
    for statement in ast.parse(inspect.getsource(module)).body:
        if isinstance(statement, ast.If) and ast.unparse(statement.test) == "TYPE_CHECKING":
            block = ast.Module(statement.body, type_ignores=[])
            exec(compile(block, str(module.__file__), "exec"), module.__dict__)  # noqa: S102 - our own source


def tidy_arguments(
    _app: "Sphinx", _what: str, name: str, _found: object, _options: object, arguments: str | None, returns: str | None
) -> tuple[str, str | None] | None:
    """Leave out the arguments of what a user is given; in others ``...`` stands for a default that is made anew."""
    if arguments is None:  # no function
        return None
    return "" if name in GIVEN else arguments.replace("<factory>", "..."), returns


def leave_out_no_default(_app: "Sphinx", _context: "Context", lines: list[str]) -> None:
    """Say nothing where an option has no default."""
    lines[:] = [line for line in lines if line.strip() != _NO_DEFAULT]


def show_titles(_app: "Sphinx", page: "document") -> None:
    """Have each link that has the name of a file show the title of that page."""
    for link in page.findall(_is_link):
        if link.astext().endswith(".md"):
            link["refexplicit"] = False


def _is_link(node: "Node") -> bool:
    # Its class would bring Sphinx, which not everybody has who runs the tests.
    return str(node.tagname) == "pending_xref"


def copy_images(app: "Sphinx", error: Exception | None) -> None:
    """Copy the pictures, since Sphinx does not look into HTML."""
    if error is None and app.builder.format == "html":
        copytree(app.srcdir / IMAGES, app.outdir / IMAGES, dirs_exist_ok=True)
