"""The guide to inbound messages: by hand and in a test, and mistakes are told as it says."""

import socket
from pathlib import Path

import pytest

from tests.docs.howto.guide import Guide


@pytest.fixture
def guide(tmp_path: Path) -> Guide:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
    guide = Guide("simulate_inbound", tmp_path, instead={"5000": port})
    guide.write()
    return guide


def test_it_can_be_done_by_hand(guide: Guide) -> None:
    with guide.running("inbound_serve", until="export "), guide.running("inbound_flask", until="Running on"):
        guide.type("inbound_write")
        guide.type_until_shown("inbound_look")


def test_its_test_passes(guide: Guide) -> None:
    guide.type("inbound_run")


def test_mistakes_are_told(guide: Guide) -> None:
    not_pasted = guide.ran("python -c 'import shop; shop.create_app()'")
    with guide.running("inbound_serve", until="export "):
        pass
    has_ended = guide.ran("fake-twilio receive --from +15551230001 --to +14155550101 hello")
    guide.mistake(
        "shop.py",
        "    sms = TwilioSMS(app)",
        '    app.config["TWILIO_AUTH_TOKEN"] = "0" * 32\n    sms = TwilioSMS(app)',
    )
    refused = guide.ran("python -m pytest -q")

    guide.check_told(not_pasted + has_ended + refused)
