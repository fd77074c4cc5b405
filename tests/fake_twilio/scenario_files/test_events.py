"""Tests of YAML as events: what is no YAML, by either parser."""

from typing import Any

import pytest
import yaml

from fake_twilio.scenario_files.events import PythonLoader, QuickLoader, read_events
from fake_twilio.scenario_files.problems import YamlError

LOADERS = pytest.mark.parametrize("loader", [QuickLoader, PythonLoader], ids=["quick", "python"])

BAD = {
    "tab": ("a:\n\tb: c\n", "2:1: wanted spaces instead of a tab, and quotes around a text that begins with @, ` or %"),
    "at": ("a: @b\n", "1:4: wanted spaces instead of a tab, and quotes around a text that begins with @, ` or %"),
    "open list": ("a: [", "1:5: wanted a value"),
    "open list and a line end": ("a: [\n", "2:1: wanted a value"),
    "comma": (",", "1:1: wanted a value"),
    "second colon": ("a: b: c\n", "1:5: wanted no colon here; a text with a colon and a space stands in quotes"),
    "open quote": ("a: 'b\nc: d\n", "1:4: wanted the closing quote of this text"),
    "open double quote": ('a: "b', "1:4: wanted the closing quote of this text"),
    "no such escape": ('a:\n  - "ab\\q"\n', "2:5: wanted an escape that YAML knows, such as \\n or \\u00e9"),
    "half a pair": ('a: "\\ud83d\\ude00"\n', "1:4: wanted an escape that YAML knows, such as \\n or \\u00e9"),
    "beyond the last": ('a: "\\U7FFFFFFF"\n', "1:4: wanted an escape that YAML knows, such as \\n or \\u00e9"),
    "end and more": ("a: b\n...\nc: d\n", "3:1: wanted one document"),
    "unknown handle": ("a: !x!y b\n", "1:4: tags are not allowed"),
}


@LOADERS
@pytest.mark.parametrize(("text", "line"), BAD.values(), ids=BAD.keys())
def test_what_is_no_yaml_is_refused_in_the_same_words_by_both_parsers(text: str, line: str, loader: Any) -> None:
    with pytest.raises(YamlError) as caught:
        list(read_events(text, loader))

    assert [problem.told("f") for problem in caught.value.problems] == [f"f:{line}"]


@LOADERS
def test_no_scalar_is_interpreted(loader: Any) -> None:
    events = read_events("- +1555\n- NO\n- 1:30\n- '~'\n", loader)

    assert [event.value for event in events if isinstance(event, yaml.ScalarEvent)] == ["+1555", "NO", "1:30", "~"]


@LOADERS
def test_anything_else_is_told_in_the_words_of_the_parser(loader: Any) -> None:
    with pytest.raises(YamlError, match=r"wanted YAML: .*expected"):
        list(read_events("a: |9x\n b\n", loader))


def test_libyaml_is_taken_where_it_is() -> None:
    assert (QuickLoader is not PythonLoader) is yaml.__with_libyaml__
