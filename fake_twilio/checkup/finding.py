"""What a check found out: a grade, the reason, and what to do."""

from dataclasses import dataclass
from enum import StrEnum

from fake_twilio.delivery.webhook import Kind


class Grade(StrEnum):
    """How a check ended."""

    PASS = "PASS"  # noqa: S105 - a grade, no password  # nosec B105
    WARN = "WARN"
    FAIL = "FAIL"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A grade with its reason; *advice* says what to do, and is empty where nothing is."""

    grade: Grade
    reason: str
    advice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The verdict of the check called *check*, for one kind of webhook."""

    kind: Kind
    check: str
    verdict: Verdict

    @property
    def is_failure(self) -> bool:
        return self.verdict.grade is Grade.FAIL


def passed(reason: str) -> Verdict:
    return Verdict(Grade.PASS, reason)


def warned(reason: str, advice: str) -> Verdict:
    return Verdict(Grade.WARN, reason, advice)


def failed(reason: str, advice: str) -> Verdict:
    return Verdict(Grade.FAIL, reason, advice)
