"""What a scenario file may be made of: one text, without characters that YAML or a reader's eye does not know."""

import re

from fake_twilio.scenario_files.problems import Place, Problem, YamlError

MAX_BYTES = 1 << 20
BYTE_ORDER_MARK = "\ufeff"

_FOREIGN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # YAML's
_DIRECTIVE = re.compile("(?:[ \t]*+(?:#[^\r\n]*+)?(?:\r\n|[\r\n]))*+%")


def check_characters(text: str) -> str:
    """Return *text* without its byte order mark; raises `YamlError` for what no parser needs to see."""
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise YamlError([Problem(Place(1, 1), (), f"wanted at most {MAX_BYTES} bytes")])
    plain = text.removeprefix(BYTE_ORDER_MARK)
    foreign = _FOREIGN.search(plain)
    if foreign:
        wanted = f"wanted YAML: a character that may not stand there: #x{ord(foreign[0]):04x}"
        raise YamlError([Problem(place_at(plain, foreign.start()), (), wanted)])
    directive = _DIRECTIVE.match(plain)
    if directive:
        place = place_at(plain, directive.end() - 1)
        raise YamlError([Problem(place, (), "directives are not allowed, such as %YAML and %TAG")])
    return plain


def place_at(text: str, index: int) -> Place:
    """Return the place of a character of *text*, or of its end."""
    ends = [found.end() for found in _LINE_END.finditer(text, 0, index)]
    return Place(len(ends) + 1, index - (ends[-1] if ends else 0) + 1)
