"""A content template, and the text that it becomes with the variables of a create form.

Sources: Twilio, "Using variables with Content templates" and its pages about 21654, 21655 and 21656, 2026.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fake_twilio.domain.twilio.errors import refusal
from fake_twilio.domain.twilio.form import Form, first
from fake_twilio.domain.values.sids import is_content_sid

PLACEHOLDER = re.compile(r"\{\{([^{}]+)\}\}")


@dataclass(frozen=True, slots=True)
class Content:
    """A template whose places for variables look like ``{{1}}`` or ``{{name}}``."""

    sid: str
    body: str

    def text(self, variables: Mapping[str, str]) -> str:
        """Return the text with *variables* in their places; a place whose variable is missing stays (inferred).

        What a variable brings in is no template: a ``{{1}}`` in it stays too.
        """
        return PLACEHOLDER.sub(lambda found: variables.get(found[1], found[0]), self.body)


def content_text(form: Form, contents: tuple[Content, ...]) -> str | None:
    """Return the text of the template that *form* names, or raise Twilio's refusal 21654, 21655 or 21656.

    There is none if no template is named, or if the world lists no *contents* at all: then every template is there
    and nobody knows what it says.
    """
    sid, variables = first(form, "ContentSid"), first(form, "ContentVariables")
    if not sid:
        if variables:
            raise refusal(21654)
        return None
    if not is_content_sid(sid):
        raise refusal(21655)
    values = _read_variables(variables) if variables else {}
    return _find(contents, sid).text(values) if contents else None


def _find(contents: Iterable[Content], sid: str) -> Content:
    for content in contents:
        if content.sid == sid:
            return content
    raise refusal(21655)


def _read_variables(text: str) -> dict[str, str]:
    """Read a JSON object of texts; Twilio refuses a variable that is null or empty."""
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):  # no JSON, or brackets without end
        raise refusal(21656) from None
    if not isinstance(values, dict) or not all(_is_text(value) for value in values.values()):
        raise refusal(21656)
    return values


def _is_text(value: object) -> bool:
    """Whether *value* is a text that can be sent: half a surrogate pair, which JSON can spell, cannot."""
    return isinstance(value, str) and value != "" and not any("\ud800" <= character <= "\udfff" for character in value)
