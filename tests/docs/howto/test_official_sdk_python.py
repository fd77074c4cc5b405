"""The guide to Twilio's Python SDK: its tests pass, it can be tried by hand, and mistakes are told as it says."""

from pathlib import Path

import pytest

from tests.docs.howto.guide import Guide

CARELESS = """
@pytest.mark.fake_twilio(scenario="stored_but_reset")
def test_a_careless_app_is_caught(fake_twilio, booking):
    for attempt in range(2):
        try:
            booking.confirm("+15551230001", "7 pm")
        except OSError:
            continue
    fake_twilio.assert_no_duplicate_sends()
"""


@pytest.fixture
def guide(tmp_path: Path) -> Guide:
    guide = Guide("official_sdk_python", tmp_path)
    guide.write()
    return guide


def test_its_tests_pass(guide: Guide) -> None:
    guide.type("sdk_python_run")


def test_it_can_be_tried_by_hand(guide: Guide) -> None:
    with guide.running("sdk_python_serve", until="export "):
        guide.type("sdk_python_type")


def test_mistakes_are_told(guide: Guide) -> None:
    guide.mistake("test_booking.py", "    fake_twilio.patch_sdk(booking.client)\n", "", "test_unpatched.py")
    guide.mistake("test_booking.py", "import pytest\n", "import pytest\nimport booking\n", "test_too_early.py")
    with (guide.folder / "test_booking.py").open("a") as file:
        file.write(CARELESS)

    guide.check_told(guide.ran("python -m pytest -q --continue-on-collection-errors"))
