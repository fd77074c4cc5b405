"""The guide to Twilio's Node SDK: its tests pass, and mistakes are told as it says."""

import socket
import subprocess
from pathlib import Path
from shutil import which

import pytest

from tests.docs.howto.guide import Guide
from tests.docs.pages import ROOT

ASKS = "console.log(require.resolve('twilio/package.json'), require.resolve('express/package.json'))"


def node_modules() -> Path | None:
    """Return the folder in which Node finds twilio and express, from here or by NODE_PATH."""
    if which("node") is None:
        return None
    found = subprocess.run(["node", "-e", ASKS], cwd=ROOT, capture_output=True, text=True, check=False)
    return None if found.returncode else Path(found.stdout.split()[0]).parents[1]


MODULES = node_modules()
pytestmark = pytest.mark.skipif(
    MODULES is None, reason="Node with twilio and express is not here: npm install them, and set NODE_PATH"
)


@pytest.fixture
def guide(tmp_path: Path) -> Guide:
    assert MODULES is not None
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
    guide = Guide("official_sdk_node", tmp_path, instead={"3000": port})
    guide.write()
    (tmp_path / "node_modules").symlink_to(MODULES)
    return guide


def test_its_tests_pass_again_and_again(guide: Guide) -> None:
    with guide.running("sdk_node_serve", until="export "):
        guide.type("sdk_node_run")
        guide.type("sdk_node_run")


def test_mistakes_are_told(guide: Guide) -> None:
    command = "node --test --test-reporter=spec"
    not_pasted = guide.ran(command)
    with guide.running("sdk_node_serve", until="export "):
        guide.mistake("shop.mjs", "twilio.webhook()", 'twilio.webhook({ host: "elsewhere.test" })')
        refused = guide.ran(command)
    has_ended = guide.ran(command)

    guide.check_told(not_pasted + refused + has_ended)
