"""The guide to callbacks out of order: the mistake is found, the fix holds, and troubles are told as it says."""

from pathlib import Path

import pytest

from tests.docs.howto.guide import Guide


@pytest.fixture
def guide(tmp_path: Path) -> Guide:
    return Guide("out_of_order_callbacks", tmp_path)


def test_the_mistake_is_found_and_the_fix_holds(guide: Guide) -> None:
    guide.write("order_careless", "order_test")
    guide.type("order_broken")
    assert "{status: delivered, at: " in (guide.folder / "broken.yaml").read_text("utf-8")

    guide.write("order_careful")
    guide.type("order_fixed")


def test_mistakes_are_told(guide: Guide) -> None:
    guide.write("order_careful", "order_test")
    guide.mistake("test_shop.py", '"https://shop.test", create', '"https://shop.example", create', "test_plain.py")
    guide.mistake("test_shop.py", ", status_callback=url", "", "test_silent.py")
    guide.mistake("test_silent.py", '["delivered", "delivered"]', "[]")

    guide.check_told(guide.ran("python -m pytest -q test_plain.py test_silent.py"))
