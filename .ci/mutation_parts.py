"""What mutmut changed, part by part, and what became of each change."""

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from typing import NamedTuple

from mutation_reasons import SAME
from project import ROOT

# Where each part stands; `only_mutate` in pyproject.toml lists the same files.
PARTS = {
    "limiter": (
        "twilio_sms/resilience/limits.py",
        "twilio_sms/resilience/patience.py",
        "twilio_sms/resilience/rate_limit.py",
        "twilio_sms/resilience/token_bucket.py",
        "twilio_sms/resilience/turnstile.py",
        "twilio_sms/resilience/turnstiles.py",
    ),
    "breaker": (
        "twilio_sms/resilience/breaker.py",
        "twilio_sms/resilience/guard.py",
        "twilio_sms/resilience/notices.py",
        "twilio_sms/resilience/trials.py",
    ),
    "journal": (
        "twilio_sms/bulk/fingerprint.py",
        "twilio_sms/bulk/group_commit.py",
        "twilio_sms/bulk/journal.py",
        "twilio_sms/bulk/journal_*.py",
        "twilio_sms/bulk/ticket.py",
    ),
    "validator": (
        "twilio_sms/webhooks/address.py",
        "twilio_sms/webhooks/keys.py",
        "twilio_sms/webhooks/parameters.py",
        "twilio_sms/webhooks/signature.py",
        "twilio_sms/webhooks/signed_text.py",
        "twilio_sms/webhooks/verifier.py",
    ),
    "lifecycle": (
        "fake_twilio/domain/fate/departures.py",
        "fake_twilio/domain/fate/lifecycle.py",
        "fake_twilio/domain/fate/timeline.py",
        "fake_twilio/domain/messages/message.py",
        "twilio_sms/domain/delivery_track.py",
        "twilio_sms/domain/status.py",
    ),
}
_NOTICED = {"killed", "timeout", "segfault"}
_SQL = re.compile(r'"(SELECT|INSERT|UPDATE|WHERE|PRAGMA|BEGIN|COMMIT|ROLLBACK)\b')
_SQL_TEXT = re.compile(r"'[^']*'")
_ENCODING = re.compile(r'"(ascii|utf-8)"')


class Change(NamedTuple):
    """What was taken out and what was put there, each as one line."""

    removed: str
    added: str

    @classmethod
    def parse(cls, diff: str) -> "Change":
        """Read the answer of ``mutmut show``."""
        lines = [line for line in diff.splitlines() if not line.startswith(("---", "+++"))]
        removed, added = ([line[1:].strip() for line in lines if line.startswith(sign)] for sign in "-+")
        return cls(" ".join(removed), " ".join(added))

    def reason(self) -> str | None:
        """Return why no test can notice it, if that is known."""
        for same in SAME:
            if self.removed == same.line and (not same.becomes or self.added in same.becomes):
                return same.reason
        if self.removed.lower() == self.added.lower():
            if _SQL.search(self.removed) and _SQL_TEXT.findall(self.removed) == _SQL_TEXT.findall(self.added):
                return "SQL reads words and names in capitals and in small letters alike."
            if _ENCODING.search(self.removed):
                return "Python reads the name of an encoding in capitals and in small letters alike."
        return None


class Part(NamedTuple):
    """What became of the changes of one part; those that live are told with the file where they were made."""

    name: str
    changes: int
    alive: tuple[tuple[str, Change], ...]

    @property
    def same(self) -> int:
        """How many of those that live mean the same as the code."""
        return sum(change.reason() is not None for _, change in self.alive)

    @property
    def noticed(self) -> int:
        return self.changes - len(self.alive)

    @property
    def score_of_all(self) -> float:
        return self.noticed / self.changes

    @property
    def score(self) -> float:
        """The share that tests noticed of what they can notice."""
        return self.noticed / (self.changes - self.same)


def parts() -> list[Part]:
    """Return what became of all changes; ends the program if some were not tried."""
    told = list(_results(_mutmut("results", "--all", "true")))
    if untried := sum(status == "not checked" for _, status in told):
        sys.exit(f"mutation: {untried} changes were not tried; let `make mutation` run to its end")
    return [_part(name, [each for each in told if part_of(_file(each[0])) == name]) for name in PARTS]


def part_of(file: str) -> str:
    """Return the name of the part that *file* belongs to."""
    return next(part for part, patterns in PARTS.items() if any(fnmatch(file, pattern) for pattern in patterns))


def _part(name: str, told: Iterable[tuple[str, str]]) -> Part:
    statuses = dict(told)
    alive = [mutant for mutant, status in statuses.items() if status not in _NOTICED]
    return Part(name, len(statuses), tuple((_file(mutant), Change.parse(_mutmut("show", mutant))) for mutant in alive))


def _results(listed: str) -> Iterator[tuple[str, str]]:
    for line in listed.splitlines():
        mutant, separator, status = line.strip().partition(": ")
        if separator and "__mutmut_" in mutant:
            yield mutant, status


def _file(mutant: str) -> str:
    return mutant.rpartition(".")[0].replace(".", "/") + ".py"


def _mutmut(*words: str) -> str:
    command = [sys.executable, "-m", "mutmut", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
