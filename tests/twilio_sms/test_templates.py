"""Templates have names, and are changed only on purpose."""

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from twilio_sms.errors import ValidationError
from twilio_sms.templates import Templates


def _with_welcome() -> Templates:
    templates = Templates()
    templates.register("welcome", "Hi $name")
    return templates


def test_a_template_is_rendered_by_its_name():
    templates = _with_welcome()

    assert templates.render("welcome", {"name": "Zoë"}) == templates.render("welcome", name="Zoë") == "Hi Zoë"
    assert templates.names() == ("welcome",)


def test_a_placeholder_may_be_called_as_an_argument_is():
    templates = Templates()
    templates.register("odd", "$name $values $self")

    assert templates.render("odd", {"self": 3}, name=1, values=2) == "1 2 3"


def test_a_value_that_is_given_twice_is_refused():
    with pytest.raises(ValidationError, match="name was given twice"):
        _with_welcome().render("welcome", {"name": "a"}, name="b")


@pytest.mark.parametrize("more", [{}, {"name": "x"}])
def test_values_that_are_no_mapping_are_refused(more):
    with pytest.raises(ValidationError, match="values must be a mapping by name, is str"):
        _with_welcome().render("welcome", "Zoë", **more)


def test_missing_and_unused_values_are_told():
    with pytest.raises(ValidationError, match=r"needs name.*no \$nmae: did you mean name\?"):
        _with_welcome().render("welcome", nmae="Zoë")


@pytest.mark.parametrize(
    ("name", "told"),
    [("welcom", "did you mean welcome?"), ("x", "there is no template 'x'"), (5, "must be a text, is int")],
)
def test_a_template_that_is_not_there_is_told(name, told):
    with pytest.raises(ValidationError) as caught:
        _with_welcome().get(name)

    assert told in str(caught.value)


def test_where_none_is_registered_that_is_told():
    with pytest.raises(ValidationError, match="none is registered with this client"):
        Templates().render("welcome")


def test_another_text_under_a_name_is_refused_unless_it_is_meant():
    templates = _with_welcome()
    templates.register("welcome", "Hi $name")  # the same text is no change

    with pytest.raises(ValidationError, match="welcome: registered with another text; to change it say replace=True"):
        templates.register("welcome", "Hello $name")
    templates.register("welcome", "Dear $name", replace=True)

    assert templates.render("welcome", name="Zoë") == "Dear Zoë"


@pytest.mark.parametrize("name", ["", " ", "a b", ".x", "-x", "a/b", "x" * 65, None, 5])
def test_a_name_that_is_none_is_refused(name):
    with pytest.raises(ValidationError, match="the name of a template must be 1 to 64 letters"):
        Templates().register(name, "Hi")


@pytest.mark.parametrize(
    ("text", "told"),
    [("", "is empty"), (" \n", "is empty"), ("x" * 1601, "1601 characters"), ("$5", "no name"), (None, "is NoneType")],
)
def test_a_text_that_can_make_no_message_is_refused(text, told):
    with pytest.raises(ValidationError, match=told):
        Templates().register("a", text)


def test_a_folder_is_registered_whole_or_not_at_all(tmp_path):
    templates = _with_welcome()
    (tmp_path / "code.txt").write_text("Your code is $code\n")
    (tmp_path / "welcome.txt").write_text("Hello $name\n")

    with pytest.raises(ValidationError, match="welcome: registered with another text"):
        templates.load(tmp_path)
    assert templates.names() == ("welcome",)
    assert templates.load(str(tmp_path), replace=True) == ("code", "welcome")

    assert templates.render("welcome", name="Zoë") == "Hello Zoë"


def test_a_file_whose_name_is_none_is_named(tmp_path):
    (tmp_path / "my text.txt").write_text("Hi")

    with pytest.raises(ValidationError, match=r"my text\.txt: the name of a template must be"):
        Templates().load(tmp_path)


def test_a_template_is_previewed():
    templates = _with_welcome()

    assert templates.preview("welcome", {"name": "Zoë"}).encoding == "UCS-2"
    assert templates.preview("welcome", values={"name": "Zoe"}).characters_left == 154
    assert templates.worst_case("welcome", max_lengths={"name": 30}).most_segments == 1


def test_many_may_register_and_render_at_once():
    templates = _with_welcome()

    def use(number: int) -> str:
        templates.register(f"t{number}", f"{number} $name")
        return templates.render(f"t{number}", name="x") + templates.render("welcome", name="y")

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(use, range(200)))

    assert told == [f"{number} xHi y" for number in range(200)]
    assert len(templates.names()) == 201


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_child_keeps_what_is_registered_and_waits_for_nobody():
    templates = _with_welcome()
    templates._lock.acquire()  # another thread of the parent is registering

    templates.begin_anew()
    templates.register("bye", "Bye")

    assert templates.names() == ("bye", "welcome")


@pytest.mark.parametrize("folder", [None, 5, b"texts", "a\0b", "\ud800"])
def test_what_is_no_folder_is_refused(folder: Any) -> None:
    with pytest.raises(ValidationError, match="path must be a text"):
        Templates().load(folder)
