"""The texts of an application, by name."""

import re
from collections.abc import Mapping
from threading import Lock
from typing import TYPE_CHECKING

from twilio_sms.domain.spelling import did_you_mean
from twilio_sms.errors import ValidationError
from twilio_sms.forks import tell_of_forks

if TYPE_CHECKING:  # loaded by the first template: most programs send without
    from pathlib import Path

    from twilio_sms.domain.preview import Preview
    from twilio_sms.domain.template import BodyTemplate
    from twilio_sms.domain.worst_case import WorstCase

_NAME = re.compile(r"\w[\w.\-]{0,63}")


class Templates:
    """Templates of bodies, by name; many threads may register and render them at once.

    A name is a letter, digit or ``_``, and up to 63 more of them, ``.`` and ``-``. Whatever names a template that is
    not there, and whatever a template cannot be filled with, is a `ValidationError`.
    """

    def __init__(self) -> None:
        self._templates: Mapping[str, BodyTemplate] = {}  # replaced as a whole, so that readers need no lock
        self.begin_anew()
        tell_of_forks(self)

    def begin_anew(self) -> None:
        """Take a lock of its own; runs in a child process, which keeps what is registered."""
        self._lock = Lock()

    def register(self, name: str, text: str, *, replace: bool = False) -> "BodyTemplate":
        """Keep *text*, such as ``"Hi $name"``, under *name*, and return it as a template.

        ``$name`` or ``${name}`` stands for a value, ``$$`` for a dollar. The same text may be registered again; another
        one under a name that is taken is refused unless *replace* is true.

        >>> Templates().register("welcome", "Hi $name!").names
        ('name',)
        """
        template = _read(name, text)
        self._add({name: template}, replace)
        return template

    def load(self, folder: "str | Path", *, replace: bool = False) -> tuple[str, ...]:
        """Register each ``*.txt`` of *folder* under its name without ``.txt``; return the names.

        The files are in UTF-8; one line break at the end is not part of the text, and a line break in it is one
        character, whatever system wrote it. If one file cannot be a template, nothing is registered: the error names
        every file that cannot, and why.
        """
        from twilio_sms.paths import read_path  # files are for who has them
        from twilio_sms.template_files import read_folder

        found = read_folder(read_path(folder), _read)
        self._add(found, replace)
        return tuple(found)

    def names(self) -> tuple[str, ...]:
        """Return the names that are registered, sorted."""
        return tuple(sorted(self._templates))

    def get(self, name: str) -> "BodyTemplate":
        """Return the template that is registered as *name*."""
        template = self._templates.get(name) if isinstance(name, str) else None
        if template is None:
            raise ValidationError(self._unknown(name))
        return template

    def render(self, name: str, values: Mapping[str, object] | None = None, /, **more: object) -> str:
        """Return the template filled with the *values*, by mapping, by name or both.

        They are texts and numbers; ``None`` and blank texts count as missing. Raises one `ValidationError` that names
        every value that is missing, that no placeholder takes, or that cannot stand in a text.
        """
        return self.get(name).fill_exactly(_together(values, more))

    def preview(self, name: str, values: Mapping[str, object]) -> "Preview":
        """Return what `render` returns with its encoding, its segments, and which value forced UCS-2."""
        from twilio_sms.domain.preview import Preview  # for who writes templates, not for who sends

        return Preview.of(self.get(name), values)

    def worst_case(self, name: str, max_lengths: Mapping[str, int]) -> "WorstCase":
        """Return how many segments it takes if each value has as many characters as *max_lengths* says of it."""
        from twilio_sms.domain.worst_case import WorstCase  # see preview

        return WorstCase.of(self.get(name), max_lengths)

    def _add(self, found: "Mapping[str, BodyTemplate]", replace: bool) -> None:
        with self._lock:
            taken = [name for name, template in found.items() if self._templates.get(name, template) != template]
            if not taken or replace:
                self._templates = {**self._templates, **found}
                return
        raise ValidationError(f"{', '.join(taken)}: registered with another text; to change it say replace=True")

    def _unknown(self, name: object) -> str:
        if not isinstance(name, str):
            return f"the name of a template must be a text, is {type(name).__name__}"
        if not self._templates:
            return f"there is no template {name!r}: none is registered with this client"
        return f"there is no template {name!r}{did_you_mean(name, self._templates)}"


def _read(name: str, text: str) -> "BodyTemplate":
    from twilio_sms.domain.draft import MAX_BODY_CHARACTERS
    from twilio_sms.domain.template import BodyTemplate

    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise ValidationError("the name of a template must be 1 to 64 letters, digits, _, . and -, no . or - first")
    template = BodyTemplate.parse(text)
    if not text.strip():
        raise ValidationError(f"the template {name} is empty")
    if (length := len(template.own_text)) > MAX_BODY_CHARACTERS:
        raise ValidationError(
            f"the template {name} has {length} characters without its values: a message has at most "
            f"{MAX_BODY_CHARACTERS}"
        )
    return template


def _together(values: Mapping[str, object] | None, more: Mapping[str, object]) -> Mapping[str, object]:
    """Return what was given as a mapping and by name; a value that was given both ways is refused."""
    if values is None:
        return more
    if not more:
        return values
    if not isinstance(values, Mapping):
        raise ValidationError(f"values must be a mapping by name, is {type(values).__name__}")
    if twice := [name for name in more if name in values]:
        raise ValidationError(f"{', '.join(twice)} was given twice: in the mapping, and by name")
    return {**values, **more}
