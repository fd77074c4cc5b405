"""The example shops: each ends its day in the right state, whatever becomes of its callbacks."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from threading import Thread

import pytest
from werkzeug.serving import BaseWSGIServer, make_server

from fake_twilio.server import FakeTwilio
from tests.docs.pages import ROOT
from tests.docs.shops import SCENARIOS, Visit, check_a_day, config, world

EXAMPLES = ROOT / "docs" / "examples"
IN_DJANGO = """
import os
from pathlib import Path
from fake_twilio.server import FakeTwilio
from tests.docs.shops import Visit, check_a_day, config, world

folder = Path.cwd()
with FakeTwilio(world(os.environ["SCENARIO"], folder), clock="manual", seed=7) as fake:
    os.environ.update(config(fake, folder))
    import django_app
    check_a_day(Visit(fake, django_app.application, folder), django_app.orders.questions)
    django_app.client.close()
"""


@pytest.fixture(autouse=True)
def _examples(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the examples import each other, as they do when they are run."""
    monkeypatch.syspath_prepend(str(EXAMPLES))


@contextmanager
def serving(server: BaseWSGIServer) -> Iterator[None]:
    """Serve in a thread for as long as the block lasts."""
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("name", ["flask_app", "wsgi_app"])
def test_a_shop_ends_its_day_in_the_right_state(name: str, scenario: str, tmp_path: Path) -> None:
    with FakeTwilio(world(scenario, tmp_path), clock="manual", seed=7) as fake:
        settings = config(fake, tmp_path)
        app = import_module(name).create_app(settings)
        questions = import_module("orders").OrderBook(settings["ORDERS"]).questions

        check_a_day(Visit(fake, app, tmp_path), questions)


@pytest.mark.parametrize("scenario", ["callback_storm", "callbacks_regress", "callbacks_shuffled"])
def test_a_shop_in_django_does_too(scenario: str, tmp_path: Path) -> None:
    environ = {**os.environ, "SCENARIO": scenario, "PYTHONPATH": f"{ROOT}{os.pathsep}{EXAMPLES}"}

    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", IN_DJANGO], cwd=tmp_path, env=environ, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr


def test_a_shop_behind_a_socket_does_too(tmp_path: Path) -> None:
    server = make_server("127.0.0.1", 0, lambda *_: [], threaded=True)
    origin = f"http://127.0.0.1:{server.port}"
    with FakeTwilio(world("callbacks_shuffled", tmp_path, origin), clock="manual", seed=7) as fake, serving(server):
        settings = config(fake, tmp_path, origin)
        app = import_module("flask_app").create_app(settings)
        visit = Visit(fake, app, tmp_path)
        server.app = visit.app

        check_a_day(visit, import_module("orders").OrderBook(settings["ORDERS"]).questions)

        assert {delivery.webhook.url.partition("/twilio")[0] for delivery in fake.callbacks} == {origin}
