"""The guide to loads: a campaign and an app under one, and mistakes are told as it says."""

import socket
from pathlib import Path

import pytest

from tests.docs.howto.guide import Guide

pytestmark = pytest.mark.timeout(150)


@pytest.fixture
def guide(tmp_path: Path) -> Guide:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
    guide = Guide("load_test_a_campaign", tmp_path, instead={"5000": port, "30s": "3s"})
    guide.write()
    for example in ("shop_load.py", "flask_app.py", "orders.py"):
        guide.take(example)
    guide.environ["PORT"] = port
    return guide


def test_a_campaign_is_loaded_in_two_worlds(guide: Guide) -> None:
    with guide.running("campaign_serve", until="export "):
        guide.type("campaign_run")
        guide.type("campaign_worse")

    assert (guide.folder / "out" / "summary.html").is_file()


def test_an_app_is_loaded(guide: Guide) -> None:
    guide.mistake("shop_load.py", "http://127.0.0.1:5000", f"http://127.0.0.1:{guide.environ['PORT']}")
    with guide.running("campaign_serve", until="export "), guide.running("campaign_shop", until="Running on"):
        guide.type("campaign_shop_run")


def test_mistakes_are_told(guide: Guide) -> None:
    load = "python -m fake_twilio.load -f locustfile.py --headless -u 1 -t 1s"
    not_pasted = guide.ran(load)
    at_twilio = guide.ran(f"{load} --host https://api.twilio.com")
    with guide.running("campaign_serve", until="export "):
        unmeasured = guide.ran(f"{load} --slo p99_reply=1s")

    guide.check_told(not_pasted + at_twilio + unmeasured)
