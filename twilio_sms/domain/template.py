"""A body with placeholders, and the values that fill them.

Python's ``string.Template`` with nothing left to chance: a ``$`` that begins no placeholder is refused (``$$`` stands
for one), and so is a row without the value. A recipient never reads ``Hi $name`` or ``Hi ,``.

Who fills one by hand means every value that is given: a value that no placeholder takes is then a slip of the pen, and
is refused (`fill_exactly`). A row of a file has columns for other purposes, and those are left alone (`fill`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from string import Template
from typing import Self
from unicodedata import category

from twilio_sms.domain.form import to_text
from twilio_sms.domain.problems import Problems
from twilio_sms.domain.settings import is_number
from twilio_sms.domain.spelling import did_you_mean
from twilio_sms.errors import ValidationError

_MAY_CONTROL = frozenset("\n\r\t")  # an address has lines; what else controls a terminal shows as nothing, or a box


class _Pattern(Template):
    idpattern = r"[^\W\d]\w*"  # letters of any alphabet: a column may be called größe


@dataclass(frozen=True, slots=True, repr=False)
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

    def fill_exactly(self, values: Mapping[str, object]) -> str:
        """Return the text filled with *values*, which are those of its placeholders and no others.

        Raises one `ValidationError` that names every value that is missing, unused or unusable; see `texts_of`.

        >>> BodyTemplate.parse("Hi $name, that is $amount.").fill_exactly({"name": "Zoë", "amount": 19.9})
        'Hi Zoë, that is 19.9.'
        """
        return _Pattern(self.text).substitute(self.texts_of(values))

    def texts_of(self, values: Mapping[str, object]) -> dict[str, str]:
        """Return *values* as they stand in the text, in the order of the placeholders.

        A value is a text or a number (a whole one, a finite float, a ``Decimal``), which stands there in plain digits.
        ``None`` and a text of nothing but spaces are missing values. Control characters but line breaks and tabs, and
        halves of characters, are refused. Raises one `ValidationError` that names everything that is wrong, and tells
        no value.
        """
        if not isinstance(values, Mapping):
            raise ValidationError(f"values must be a mapping by name, is {type(values).__name__}")
        problems = Problems(self._misnamed(values))
        texts = {name: problems.read(name, _to_text, values[name]) for name in self.names if _is_there(values, name)}
        if problems:
            problems.raise_all()
        return {name: text for name, text in texts.items() if text is not None}

    @property
    def own_text(self) -> str:
        """What is in every message of it: the text without its placeholders."""
        return _Pattern(self.text).substitute(dict.fromkeys(self.names, ""))

    def _misnamed(self, values: Mapping[str, object]) -> list[str]:
        missing = [name for name in self.names if not _is_there(values, name)]
        wrong = [f"the template needs {', '.join(missing)}: there is no such value, or it is blank"] if missing else []
        for name in values:
            if name not in self.names:
                hint = did_you_mean(name, self.names) if isinstance(name, str) else ""
                wrong.append(f"the template has no ${name}{hint}")
        return wrong

    def __repr__(self) -> str:
        return f"BodyTemplate({', '.join(self.names)})"  # a text may hold numbers


def _is_there(values: Mapping[str, object], name: str) -> bool:
    value = values.get(name)
    return value is not None and not (isinstance(value, str) and not value.strip())


def _to_text(value: object) -> str:
    match value:
        case str():
            return _printable(to_text(value))
        case Decimal() if value.is_finite():
            return format(value, "f")
        case _ if is_number(value):
            return to_text(value)
        case Decimal():
            raise ValidationError("must be a finite number")
    raise ValidationError(f"must be a text or a number, is {type(value).__name__}")


def _printable(text: str) -> str:
    for character in text:
        if category(character) == "Cc" and character not in _MAY_CONTROL:
            raise ValidationError(f"holds a control character (U+{ord(character):04X}), which no phone can show")
    return text
