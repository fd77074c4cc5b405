"""The guide to testing STOP: its tests pass, and mistakes are told as it says."""

from pathlib import Path

import pytest

from tests.docs.howto.guide import Guide


@pytest.fixture
def guide(tmp_path: Path) -> Guide:
    guide = Guide("test_stop", tmp_path)
    guide.write()
    return guide


def test_it_can_be_followed(guide: Guide) -> None:
    guide.type("stop_run")


def test_mistakes_are_told(guide: Guide) -> None:
    guide.mistake("shop.py", "client.webhooks(", "client.webhooks(opt_outs=folder / 'another.db', ", "two_lists.py")
    guide.mistake("shop.py", "https://shop.test", "https://shop.example", "elsewhere.py")
    for name in ("two_lists", "elsewhere"):
        guide.mistake("test_stop.py", "from shop", f"from {name}", f"test_{name}.py")
    guide.mistake("test_stop.py", '.advance("1m")', ".settle()", "test_same_second.py")

    guide.check_told(guide.ran("python -m pytest -q -k 'heeded or START or back'"))
