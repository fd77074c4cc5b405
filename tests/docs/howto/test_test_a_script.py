"""The guide to testing a script: it runs by hand and in tests, and mistakes are told as it says."""

from pathlib import Path

import pytest

from tests.docs.howto.guide import Guide

CARELESS = """
    with Client.from_env() as client:
        for _ in range(2):
            with suppress(TwilioError):
                client.messages.send(to="+15551230001", from_="+14155550101", body="hello")
    fake_twilio.assert_no_duplicate_sends()
"""


@pytest.fixture
def guide(tmp_path: Path) -> Guide:
    guide = Guide("test_a_script", tmp_path)
    guide.write()
    guide.take("remind.py")
    return guide


def test_it_can_be_tried_by_hand(guide: Guide) -> None:
    with guide.running("script_serve", until="export "):
        guide.type("script_by_hand")


def test_its_tests_pass(guide: Guide) -> None:
    guide.type("script_run")


def test_mistakes_are_told(guide: Guide) -> None:
    not_pasted = guide.ran("python remind.py people.csv")
    with guide.running("script_serve", until="export "):
        pass
    has_ended = guide.ran("python remind.py people.csv")
    (guide.folder / "test_careless.py").write_text(
        "from contextlib import suppress\nfrom twilio_sms import Client, TwilioError\n\n\n"
        f"def test_it(fake_twilio):{CARELESS}"
    )

    guide.check_told(not_pasted + has_ended + guide.ran("python -m pytest -q test_careless.py"))
