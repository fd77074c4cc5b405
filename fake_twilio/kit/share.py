"""What a process of a test run has seen: which test met which failure, and how the apps behaved."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from fake_twilio.domain.rules.failures import ERROR_PATHS
from fake_twilio.kit.conduct import Conduct, conduct_of
from fake_twilio.kit.evidence import Evidence
from fake_twilio.kit.exercised import exercised


@dataclass(frozen=True, slots=True)
class Share:
    """The tests that met a failure, by its name, and the sum of all conduct."""

    tests: Mapping[str, frozenset[str]] = field(default_factory=dict)
    conduct: Conduct = field(default_factory=Conduct)

    @classmethod
    def of(cls, test: str, evidence: Evidence) -> Self:
        """Return what one world of a *test* has shown."""
        return cls({name: frozenset({test}) for name in exercised(evidence)}, conduct_of(evidence))

    @classmethod
    def total(cls, shares: "Iterable[Share]") -> Self:
        """Return the sum of *shares*, which may be one for each of many thousand tests."""
        tests: defaultdict[str, set[str]] = defaultdict(set)
        conduct = Conduct()
        for share in shares:
            conduct += share.conduct
            for name, met in share.tests.items():
                tests[name] |= met
        return cls({name: frozenset(met) for name, met in tests.items()}, conduct)

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read what `text` wrote."""
        tree = json.loads(text)
        tests = {name: frozenset(tests) for name, tests in tree["tests"].items()}
        return cls(tests, Conduct(**tree["conduct"]))

    def text(self) -> str:
        """Return the share as a text that another process reads."""
        tests = {name: sorted(tests) for name, tests in self.tests.items()}
        return json.dumps({"tests": tests, "conduct": self.conduct.counts()})

    @property
    def met(self) -> int:
        """How many failures of the table some test met."""
        return len(ERROR_PATHS) - len(self.missing)

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the failures that no test met, in the order of the table."""
        return tuple(path.name for path in ERROR_PATHS if path.name not in self.tests)

    def tests_of(self, name: str) -> frozenset[str]:
        """Return the tests that met a failure."""
        return self.tests.get(name, frozenset())
