"""The guide to testing a Django app: its tests pass, and mistakes are told as it says."""

from pathlib import Path

import pytest

from tests.docs.howto.guide import Guide


@pytest.fixture
def guide(tmp_path: Path) -> Guide:
    guide = Guide("test_a_django_app", tmp_path)
    guide.write()
    return guide


def test_it_can_be_followed(guide: Guide) -> None:
    guide.type("django_run")


def test_mistakes_are_told(guide: Guide) -> None:
    guide.mistake("test_shop.py", "pytestmark =", "import shop\n\npytestmark =", "test_too_early.py")
    too_early = guide.ran("python -m pytest -q test_too_early.py")
    guide.mistake("settings.py", 'PUBLIC_URL": "https://shop.test', 'PUBLIC_URL": "https://shop.example')
    elsewhere = guide.ran("python -m pytest -q test_shop.py")
    guide.mistake("settings.py", '["shop.test"]', "[]")
    unknown_host = guide.ran("python -m pytest -q test_shop.py")

    guide.check_told(too_early + elsewhere + unknown_host)
