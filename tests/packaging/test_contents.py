"""Tests of what an sdist and a wheel must have."""

import tarfile
import zipfile
from pathlib import Path

from tests.packaging.ci import ci_module

contents = ci_module("contents")
TRACKED = ["README.md", "scenarios/delivered.yaml", "tests/conftest.py", "fake_twilio/py.typed", "twilio_sms/client.py"]


def test_a_wheel_has_both_packages_whole_and_the_scenarios_inside_the_fake() -> None:
    wanted = contents.wanted_in_wheel(TRACKED)

    assert wanted == {"fake_twilio/scenarios/delivered.yaml", "fake_twilio/py.typed", "twilio_sms/client.py"}


def test_of_a_wheel_everything_counts_but_what_says_whose_it_is(tmp_path: Path) -> None:
    wheel = tmp_path / "a.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("twilio_sms/client.py", "")
        archive.writestr("twilio_sms-1.dist-info/RECORD", "")

    assert contents.found_in_wheel(wheel) == {"twilio_sms/client.py"}


def test_of_an_sdist_everything_counts_but_what_its_making_adds(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    sdist = tmp_path / "a.tar.gz"
    with tarfile.open(sdist, "w:gz") as archive:
        for name in ("a-1/README.md", "a-1/docs/sending.md", "a-1/PKG-INFO"):
            archive.add(tmp_path / "file", name)

    assert contents.found_in_sdist(sdist) == {"README.md", "docs/sending.md"}


def test_what_is_missing_and_what_nobody_asked_for_is_told() -> None:
    told = contents.differences("a.whl", {"asked", "both"}, {"both", "found"})

    assert told == ["a.whl lacks asked", "a.whl has found, which git has not"]
    assert contents.differences("a.whl", {"both"}, {"both"}) == []
