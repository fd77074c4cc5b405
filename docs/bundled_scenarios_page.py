"""Write docs/bundled_scenarios.md: the scenarios that come along, and what each is about."""

from pathlib import Path

from fake_twilio.scenario_files.finding import bundled
from fake_twilio.scenario_files.load import load_scenario

PAGE = Path(__file__).with_name("bundled_scenarios.md")
_HEAD = """# The scenarios that come along

Made by `make docs-scenarios` from the files in `scenarios/`; do not edit it by hand.

Play one with `fake-twilio serve NAME`, `FakeTwilio("NAME")` or `@pytest.mark.fake_twilio(scenario="NAME")`. To change
one, copy its file into a folder `scenarios` of your own: what it does not say it takes from `delivered`, by `include`.
Values under `vars` can be set without a copy: `load_scenario("NAME", {"name": "value"})`.

| name | what happens | vars |
| --- | --- | --- |
"""


def page() -> str:
    """Return the whole page."""
    return _HEAD + "".join(_line(name, path) for name, path in bundled().items())


def _line(name: str, path: Path) -> str:
    return f"| [`{name}`](../scenarios/{name}.yaml) | {load_scenario(path).about} | {_variables(path)} |\n"


def _variables(path: Path) -> str:
    lines = path.read_text("utf-8").splitlines()
    stated = next((line for line in lines if line.startswith("vars: {")), "")
    return stated.removeprefix("vars: {").removesuffix("}").replace('"', "")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
