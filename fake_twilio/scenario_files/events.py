"""YAML as a stream of events, by libyaml where PyYAML has it: what is no YAML is refused in our words."""

from collections.abc import Iterator
from typing import Any

import yaml

from fake_twilio.scenario_files.characters import place_at
from fake_twilio.scenario_files.problems import Place, Problem, YamlError

# What the parsers say, both of them, and what a person can do about it; the first that fits counts.
_WORDS = (
    ("escape", "wanted an escape that YAML knows, such as \\n or \\u00e9"),
    ("end of stream", "wanted the closing quote of this text"),
    ("cannot start any token", "wanted spaces instead of a tab, and quotes around a text that begins with @, ` or %"),
    ("expected node content", "wanted a value"),
    ("expected the node content", "wanted a value"),
    ("values are not allowed", "wanted no colon here; a text with a colon and a space stands in quotes"),
    ("<document start>", "wanted one document"),
    ("found undefined tag handle", "tags are not allowed"),
    ("UTF-8 octet", "tags are not allowed"),
    ("codec can't decode", "tags are not allowed"),
)
_FROM_ITS_BEGINNING = ("quoted scalar", "a tag")  # the two parsers differ in how far they have read


class PythonLoader(yaml.SafeLoader):
    """PyYAML's own parser, which is patient with escapes of what is no character; libyaml refuses them."""

    def scan_flow_scalar(self, style: Any) -> Any:
        start = self.get_mark()
        try:
            token = super().scan_flow_scalar(style)
            token.value.encode()
        except (ValueError, OverflowError) as error:
            raise yaml.scanner.ScannerError("while scanning a quoted scalar", start, "bad escape", start) from error
        return token


QuickLoader: Any = getattr(yaml, "CSafeLoader", PythonLoader)


def read_events(text: str, loader: Any = QuickLoader) -> Iterator[Any]:
    """Yield the events of *text*; raises `YamlError` where it is no YAML. No scalar is interpreted."""
    try:
        yield from yaml.parse(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        raise YamlError([Problem(_place(text, error), (), _words(error.problem or ""))]) from error


def _place(text: str, error: yaml.MarkedYAMLError) -> Place:
    begins = (error.context or "").endswith(_FROM_ITS_BEGINNING)
    mark: Any = error.context_mark if begins else error.problem_mark
    mark = mark or error.problem_mark or error.context_mark
    end = place_at(text, len(text))  # libyaml puts what is missing there on a line of its own
    return min(Place(mark.line + 1, mark.column + 1), end)


def _words(problem: str) -> str:
    return next((words for fragment, words in _WORDS if fragment in problem), f"wanted YAML: {problem}")
