"""Files that include each other, and what is said of them."""

from pathlib import Path

import pytest

from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.scenario_files.load import load_scenario
from fake_twilio.scenario_files.problems import ScenarioError

GOOD = "about: main.\ndefaults: {timeline: []}\n"
RULE = "- {name: %s, when: {body: x}, then: {refuse: 21211}}\n"


def write(folder: Path, **files: str) -> Path:
    """Write files by their stems; return the one named main."""
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    return folder / "main.yaml"


def problems(path: Path, settings: dict[str, str] | None = None) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path, settings or {})
    return [problem.removeprefix(f"{path.parent}/") for problem in caught.value.problems]


def texts(scenario: Scenario) -> list[str]:
    return [getattr(pattern, "text", "") for rule in scenario.rules for pattern in rule.when.body]


def with_bodies(*bodies: str) -> str:
    rules = "".join(f"  - {{when: {{body: '{body}'}}, then: {{refuse: 21211}}}}\n" for body in bodies)
    return f"{GOOD}rules:\n{rules}"
