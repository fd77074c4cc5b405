"""A body with placeholders that a row fills.

Python's ``string.Template`` with nothing left to chance: a ``$`` that begins no placeholder is refused (``$$`` stands
for one), and so is a row without the value. A recipient never reads ``Hi $name`` or ``Hi ,``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from string import Template
from typing import Self

from twilio_sms.errors import ValidationError


class _Pattern(Template):
    idpattern = r"[^\W\d]\w*"  # letters of any alphabet: a column may be called größe


@dataclass(frozen=True, slots=True)
class BodyTemplate:
    """A text in which ``$name`` or ``${name}`` stands for a value; one that exists has only good placeholders."""

    text: str
    names: tuple[str, ...]  # each once, in their order

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read *text*, or raise `ValidationError` that says where its first bad ``$`` is.

        >>> BodyTemplate.parse("Hi $name, that is $$5.").names
        ('name',)
        """
        if not isinstance(text, str):
            raise ValidationError(f"a template must be a text, is {type(text).__name__}")
        for found in _Pattern.pattern.finditer(text):
            if found["invalid"] is not None:
                place = found.start() + 1
                raise ValidationError(
                    f"the template has a $ that begins no name at character {place}: write $$ for a $"
                )
        return cls(text, tuple(_Pattern(text).get_identifiers()))

    def fill(self, values: Mapping[str, object]) -> str:
        """Return the text with its placeholders replaced; raise `ValidationError` that names every missing value.

        >>> BodyTemplate.parse("Hi $name!").fill({"name": "Zoë", "age": 7})
        'Hi Zoë!'
        """
        missing = [name for name in self.names if values.get(name) is None]
        if missing:
            raise ValidationError(f"the template needs {', '.join(missing)}: there is no such value")
        return _Pattern(self.text).substitute(values)
