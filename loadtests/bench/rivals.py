"""Other fakes that answer a POST: how each is started and asked, as a table.

They are set up as their documentation has it, with the cheapest answer that does: a fixed text of 700 bytes, but for
Prism, which makes an example from Twilio's own description, and moto, which plays another service's SMS. None of them
stores a message that can be asked for later, moves it through statuses, or calls anybody back. Each is found by its
command on the PATH, and measured only where it is installed.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import which
from typing import NamedTuple
from urllib.parse import urlencode

from post_messages import ANSWER, creating
from posting import HEADERS, PATH, Post

# Where Twilio's descriptions lie beside a checkout; they are no part of the project.
DESCRIPTIONS = Path(__file__).parents[3] / "shared" / "reference" / "data" / "openapi"
TRIMMED, FULL = DESCRIPTIONS / "twilio_api_v2010_messages.json", DESCRIPTIONS / "twilio_api_v2010.json"
_OF_A_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class NotThereError(LookupError):
    """A rival cannot be measured here; the text says why."""


class Rival(NamedTuple):
    """A fake beside ours: how it is served, what is posted, and how many times as fast ours should be."""

    name: str
    command: Callable[[int, Path], list[str]]  # from a free port and an empty folder
    posting: Callable[[int], Post]  # from how many requests a connection makes
    goal: str | None = None


def pytest_httpserver(port: int, _folder: Path) -> list[str]:
    return [sys.executable, str(Path(__file__).with_name("httpserver.py")), str(port), PATH]


def wiremock(port: int, folder: Path) -> list[str]:
    request = {"method": "POST", "urlPath": PATH, "headers": {"Authorization": {"equalTo": HEADERS["Authorization"]}}}
    response = {"status": 201, "body": ANSWER.decode(), "headers": {"Content-Type": "application/json"}}
    mappings = folder / "mappings"
    mappings.mkdir()
    (mappings / "create.json").write_text(json.dumps({"request": request, "response": response}), "utf-8")
    return [_installed("wiremock"), "--port", str(port), "--root-dir", str(folder), "--no-request-journal"]


def mockoon(port: int, folder: Path) -> list[str]:
    answer = {"uuid": "a", "statusCode": 201, "body": ANSWER.decode(), "default": True, "rules": []}
    answer["headers"] = [{"key": "Content-Type", "value": "application/json"}]
    route = {"uuid": "r", "type": "http", "method": "post", "endpoint": PATH.lstrip("/"), "responses": [answer]}
    tree = {"type": "route", "uuid": "r"}
    environment = {"uuid": "e", "name": "twilio", "port": port, "hostname": "127.0.0.1", "lastMigration": 33}
    file = folder / "environment.json"
    file.write_text(json.dumps({**environment, "routes": [route], "rootChildren": [tree]}), "utf-8")
    return [_installed("mockoon-cli"), "start", "--data", str(file), "--disable-log-to-file", "--repair"]


def moto(port: int, _folder: Path) -> list[str]:
    return [_installed("moto_server"), "--host", "127.0.0.1", "--port", str(port)]


def prism_on(description: Path) -> Callable[[int, Path], list[str]]:
    """Return how Prism is started with a *description* of Twilio's API."""

    def prism(port: int, _folder: Path) -> list[str]:
        command = _installed("prism")
        if not description.is_file():
            raise NotThereError(f"{description.name} is not there: give its path")
        return [
            command,
            "mock",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
            "--verboseLevel",
            "error",
            str(description),
        ]

    return prism


def publishing(requests: int) -> Post:
    """Return the same texts for moto, as its service takes them."""
    forms = (
        {"Action": "Publish", "PhoneNumber": f"+1555{n:07}", "Message": "It has arrived."} for n in range(requests)
    )
    return Post("/", _OF_A_FORM, [urlencode(form) for form in forms], status=200)


def rivals(trimmed: Path = TRIMMED, full: Path = FULL) -> tuple[Rival, ...]:
    """Return all that are known; *trimmed* is Twilio's description of messages alone, *full* that of the whole API."""
    return (
        Rival("pytest_httpserver", pytest_httpserver, creating),
        Rival("prism_trimmed", prism_on(trimmed), creating, ">=0.8"),
        Rival("prism_full", prism_on(full), creating, ">=3"),
        Rival("moto", moto, publishing, ">=5"),
        Rival("mockoon", mockoon, creating, ">=3"),
        Rival("wiremock", wiremock, creating, ">=1.2"),
    )


def _installed(command: str) -> str:
    path = which(command)
    if path is None:
        raise NotThereError("not installed")
    return path
