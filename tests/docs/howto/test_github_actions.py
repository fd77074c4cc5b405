"""The guide to GitHub Actions: its workflow is one, its steps pass here, and troubles are told as it says."""

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.docs.howto.guide import PATIENCE_SECONDS, Guide

INSTALLS = "pip install "


@pytest.fixture
def guide(tmp_path: Path) -> Guide:
    guide = Guide("github_actions", tmp_path)
    guide.write()
    return guide


@pytest.fixture
def workflow(guide: Guide) -> dict[Any, Any]:
    loaded: dict[Any, Any] = yaml.safe_load((guide.folder / ".github/workflows/tests.yml").read_text("utf-8"))
    return loaded


@contextmanager
def step(guide: Guide, script: str, variables: Path) -> Iterator[None]:
    """Run a step as a runner does; end what it left in the background when the block ends."""
    own = dict(line.split("=", 1) for line in variables.read_text("utf-8").splitlines())
    environ = {**guide.environ, **own, "GITHUB_ENV": str(variables)}
    with subprocess.Popen(
        ["bash", "-e", "-c", script],
        cwd=guide.folder,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            printed, _ = process.communicate(timeout=PATIENCE_SECONDS)
            assert process.returncode == 0, f"{script}\n{printed}"
            yield
        finally:
            end_group(process.pid)


def end_group(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGTERM)
    except ProcessLookupError:
        return


def test_the_workflow_is_one(workflow: dict[Any, Any]) -> None:
    assert set(workflow) == {"name", True, "permissions", "jobs"}  # YAML 1.1 reads `on` as true
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        assert set(job) == {"runs-on", "timeout-minutes", "steps"}
        assert all(("uses" in each) != ("run" in each) for each in job["steps"])
        assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", each.get("uses", "actions/it@v1")) for each in job["steps"])


@pytest.mark.parametrize("job", ["pytest", "any-language"])
def test_the_steps_of_a_job_pass(guide: Guide, workflow: dict[Any, Any], tmp_path: Path, job: str) -> None:
    variables = tmp_path / "variables"
    variables.touch()
    scripts = [each["run"] for each in workflow["jobs"][job]["steps"] if "run" in each and "if" not in each]

    assert scripts.pop(0).startswith(INSTALLS)
    with ExitStack() as job_under_way:  # what a step leaves in the background lives until the last one has ended
        for script in scripts:
            job_under_way.enter_context(step(guide, script, variables))


def test_the_report_is_the_one_that_is_shown(guide: Guide) -> None:
    guide.type("actions_pytest")


def test_mistakes_are_told(guide: Guide) -> None:
    too_few = guide.ran("python -m pytest -q --fake-twilio-fail-under=20")
    not_installed = guide.ran("PYTEST_ADDOPTS= python -m pytest --fake-twilio-report")
    guide.examples["serve"] = "$ fake-twilio serve\n"
    with guide.running("serve", until="export "):
        taken = guide.ran("fake-twilio serve --port ${TWILIO_BASE_URL##*:}")

    guide.check_told(too_few + not_installed + taken)
