"""The messages that come closest to what a test wants, and how they differ from it."""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import takewhile

from fake_twilio.domain.messages.message import Message
from fake_twilio.kit.wanted import Finding, Wanted, shown

MAX_SHOWN = 3  # messages
COMPARED = 200  # messages, the latest: a test that sends thousands wants its failure soon
BEFORE, AFTER = 20, 40  # characters that are shown around the first difference of two texts


def closest_lines(wanted: Wanted, messages: Sequence[Message]) -> list[str]:
    """Return lines that show, for each of the closest of *messages*, which fields fit and which differ."""
    return [line for message in _closest(wanted, messages) for line in _compared(wanted, message)]


def text_difference(wanted: str, came: str) -> list[str]:
    """Return two lines with the texts around their first difference, and one that points at it."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(wanted, came, strict=False)))
    start = max(0, same - BEFORE)
    before = f"{'...' if start else ''}{wanted[start:same]!r}"[:-1]
    return [
        f"wanted {_excerpt(wanted, start)}",
        f"came   {_excerpt(came, start)}",
        f"       {' ' * len(before)}^ from character {same + 1} on",
    ]


def _closest(wanted: Wanted, messages: Sequence[Message]) -> list[Message]:
    """Return those with the fewest fields that differ; among these, those whose texts are most alike."""
    ranked = sorted(messages[-COMPARED:], key=lambda message: _distance(wanted.findings(message)))
    return ranked[:MAX_SHOWN]


def _distance(findings: Iterable[Finding]) -> tuple[int, float]:
    wrong = [finding for finding in findings if not finding.fits]
    return len(wrong), sum(1 - _likeness(finding) for finding in wrong)


def _likeness(finding: Finding) -> float:
    if not isinstance(finding.wanted, str) or not isinstance(finding.came, str):
        return 0.0
    return SequenceMatcher(None, finding.wanted, finding.came, autojunk=False).quick_ratio()


def _compared(wanted: Wanted, message: Message) -> list[str]:
    return [f"{message.sid}:", *(line for finding in wanted.findings(message) for line in _field(finding))]


def _field(finding: Finding) -> list[str]:
    """Return what is said of one field: ``=`` stands before one that fits, ``!`` before one that differs."""
    if finding.fits:
        return [f"  = {finding.name:<7} {shown(finding.came)}"]
    first, *others = _difference(finding)
    return [f"  ! {finding.name:<7} {first}", *(f"    {'':<7} {other}" for other in others)]


def _difference(finding: Finding) -> list[str]:
    if isinstance(finding.wanted, str) and isinstance(finding.came, str) and not set("*?") & set(finding.wanted):
        return text_difference(finding.wanted, finding.came)
    return [f"wanted {shown(finding.wanted)}", f"came   {shown(finding.came)}"]


def _excerpt(text: str, start: int) -> str:
    """Return the part of *text* from *start* on, quoted; dots stand for what is left out."""
    part = text[start : start + BEFORE + AFTER]
    quoted = repr(part)
    return f"{'...' if start else ''}{quoted}{'...' if len(text) > start + len(part) else ''}"
