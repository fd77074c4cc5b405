"""The page about tests: what it shows passes."""

from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import twilio_sms
from fake_twilio.domain.rules.dials import DIALS
from tests.docs.pages import examples, page, run, words

EXAMPLES = examples("docs/testing.md")
# A run of pytest within a test forgets the modules that it was the first to load, and the face keeps what came of them:
# so the client is loaded whole before, or the next run would meet two classes of each name.
for module in walk_packages(twilio_sms.__path__, "twilio_sms."):
    if not module.name.endswith("__main__"):
        import_module(module.name)


@pytest.mark.parametrize(
    "example",
    ["instant", "kit", "transcript", "mount", "explore", "strategies", "sdk_in_a_test", "faults_in_a_test", "typed"],
)
def test_the_test_passes(suite: pytest.Pytester, example: str) -> None:
    suite.makepyfile(EXAMPLES[example])

    suite.runpytest_inprocess("--strict-markers").assert_outcomes(passed=1)


def test_the_report_is_told_and_written_and_a_suite_that_exercises_too_little_fails(suite: pytest.Pytester) -> None:
    told, failing = (words(line, "pytest") for line in EXAMPLES["report"].splitlines())
    suite.makepyfile(examples("README.md")["pytest"])

    shown = suite.runpytest_inprocess(*told)
    failed = suite.runpytest_inprocess(*failing)

    assert (shown.ret, failed.ret) == (0, 1)
    shown.stdout.fnmatch_lines(["messages that do not arrive, 1 of *: carrier_filter"])
    failed.stdout.fnmatch_lines(["fake-twilio: 1 of * failures exercised, wanted at least 20%, which is *"])
    assert {path.name for path in Path(suite.path, "out").iterdir()} == {"failures.json", "failures.html"}


def test_all_faults_are_listed() -> None:
    rows = [f"| `{dial.name}` | {dial.concern} | {dial.about} |" for dial in DIALS]

    assert "\n".join(["| --- | --- | --- |", *rows, ""]) in page("docs/testing.md")


def test_data_is_made_up() -> None:
    sid, number, *_ = run(EXAMPLES["faker"]).split()

    assert (sid[:2], len(sid), number) == ("MG", 34, "+447400123456")


def test_a_script_brings_a_fake_of_its_own() -> None:
    assert run(EXAMPLES["in_process"]) == "delivered\n"
