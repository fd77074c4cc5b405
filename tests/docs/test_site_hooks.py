"""What the site adds to Sphinx: comments of fields, hints of type checkers, pictures."""

import sys
from pathlib import Path
from pydoc import locate
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from tests.docs.modules import docs_module

hooks = docs_module("site_hooks")


def explained(name: str, *lines: str, what: str = "attribute") -> list[str]:
    """Return what stands with *name* in the reference, of which *lines* are known."""
    shown = list(lines)
    hooks.explain_field(None, what, name, None, None, shown)
    return shown


def tidied(name: str, arguments: str) -> str | None:
    """Return what is shown of the *arguments* of a class."""
    shown: tuple[str, str | None] = hooks.tidy_arguments(None, "class", name, None, None, arguments, "int")
    assert shown[1] == "int"
    return shown[0]


def test_a_field_has_the_comment_behind_it() -> None:
    assert explained("twilio_sms.Config.connections") == [
        "kept open for reuse; more threads than this only open some anew"
    ]


def test_a_field_of_a_tuple_is_not_called_by_its_place() -> None:
    assert explained("twilio_sms.Segments.left", "Alias for field number 4") != ["Alias for field number 4"]


def test_a_text_of_its_own_stays() -> None:
    assert explained("twilio_sms.RetryPolicy.retry_on_503", "Its own.") == ["Its own."]


def test_a_class_is_left_as_it_is() -> None:
    assert explained("twilio_sms.Config", what="class") == []


def test_of_what_is_given_no_arguments_are_shown() -> None:
    assert tidied("twilio_sms.messages.Messages", "(gateway)") == ""


def test_of_what_is_made_they_are() -> None:
    assert tidied("twilio_sms.Client", "(account_sid)") == "(account_sid)"


def test_what_takes_no_arguments_is_left_as_it_is() -> None:
    assert hooks.tidy_arguments(None, "attribute", "twilio_sms.Config.retry", None, None, None, None) is None


def test_a_default_that_is_made_anew_is_python() -> None:
    assert tidied("twilio_sms.Config", "(*, retry: RetryPolicy = <factory>)") == "(*, retry: RetryPolicy = ...)"


@pytest.mark.parametrize("name", sorted(hooks.GIVEN))
def test_what_is_given_is_there(name: str) -> None:
    assert locate(name) is not None


def test_an_option_without_a_default_says_none() -> None:
    lines = [".. option:: --seed <seed>", "", "    :default: ``Sentinel.UNSET``", "    :default: ``5``"]

    hooks.leave_out_no_default(None, None, lines)

    assert lines == [".. option:: --seed <seed>", "", "    :default: ``5``"]


def test_a_module_learns_what_it_imports_for_type_checkers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "asking.py"
    source.write_text("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from decimal import Decimal\n")
    module = ModuleType("twilio_sms.asking")
    module.__file__ = str(source)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    function: Any = lambda: None  # noqa: E731 - it has no module of its own yet
    function.__module__ = module.__name__

    hooks.know_types(None, function, False)

    assert module.Decimal.__name__ == "Decimal"


class Link(dict[str, bool]):
    """A piece of a page, as far as it is looked at."""

    def __init__(self, text: str, tagname: str = "pending_xref") -> None:
        super().__init__(refexplicit=True)
        self.text, self.tagname = text, tagname

    def astext(self) -> str:
        return self.text


def test_a_link_that_is_called_by_its_file_shows_the_title() -> None:
    pieces = [Link("load.md"), Link("how to load"), Link("a paragraph about load.md", "paragraph")]
    page = SimpleNamespace(findall=lambda condition: filter(condition, pieces))

    hooks.show_titles(None, page)

    assert [piece["refexplicit"] for piece in pieces] == [False, True, True]


def test_pictures_lie_where_the_pages_look_for_them(tmp_path: Path) -> None:
    source = tmp_path / "docs" / "images"
    source.mkdir(parents=True)
    (source / "light.png").write_bytes(b"light")
    app = SimpleNamespace(builder=SimpleNamespace(format="html"), srcdir=tmp_path, outdir=tmp_path / "build")

    hooks.copy_images(app, None)

    assert (tmp_path / "build" / "docs" / "images" / "light.png").read_bytes() == b"light"


def test_nothing_is_copied_after_a_failure(tmp_path: Path) -> None:
    app = SimpleNamespace(builder=SimpleNamespace(format="html"), srcdir=tmp_path, outdir=tmp_path / "build")

    hooks.copy_images(app, RuntimeError("no site"))

    assert not (tmp_path / "build").exists()
