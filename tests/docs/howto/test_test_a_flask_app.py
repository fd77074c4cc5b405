"""The guide to testing a Flask app: its tests pass, and mistakes are told as it says."""

from pathlib import Path

import pytest

from tests.docs.howto.guide import Guide


@pytest.fixture
def guide(tmp_path: Path) -> Guide:
    return Guide("test_a_flask_app", tmp_path)


def test_it_can_be_followed(guide: Guide) -> None:
    guide.write()

    guide.type("flask_run")


def test_mistakes_are_told(guide: Guide) -> None:
    guide.write()
    guide.mistake("test_shop.py", '_URL": "https://shop.test"', '_URL": "https://shop.example"', "test_elsewhere.py")
    guide.mistake("test_shop.py", "**os.environ, ", "", "test_too_early.py")
    guide.mistake("test_shop.py", "    fake_twilio.settle()\n", "", "test_unsettled.py")

    guide.check_told(guide.ran("pytest -q"))
