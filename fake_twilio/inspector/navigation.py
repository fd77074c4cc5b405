"""The sections of the inspector, in the order in which they stand in its head."""

from typing import NamedTuple


class Section(NamedTuple):
    """A section: where it is, and what it is called."""

    path: str
    title: str


SECTIONS = (
    Section("/", "Messages"),
    Section("/phones", "Phones"),
    Section("/world", "World"),
    Section("/charts", "Charts"),
    Section("/signature", "Signatures"),
)
