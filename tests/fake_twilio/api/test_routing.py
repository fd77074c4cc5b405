"""Tests of a table of routes."""

from collections.abc import Callable

import pytest
from flask import Flask, Response

from fake_twilio.api.routing import blueprint, resource


def show() -> Response:
    return Response("shown")


def test_each_route_answers_its_method_and_no_other() -> None:
    app = Flask("test", static_folder=None)
    app.register_blueprint(blueprint("things", [("/things", "GET", show)]))
    client = app.test_client()

    assert client.get("/things").text == "shown"
    assert (client.post("/things").status_code, client.options("/things").status_code) == (405, 405)


def name_of(view: str) -> Callable[..., Response]:
    def named(sid: str = "") -> Response:
        return Response(f"{view} {sid}".strip())

    named.__name__ = view.replace(" ", "_")
    return named


ROUTES = (
    ("/things.json", "GET", name_of("list")),
    ("/things/<sid>.json", "GET", name_of("fetch")),
    ("/things/<sid>.json", "DELETE", name_of("delete")),
    ("/files/<sid>.json", "GET", name_of("tell")),
    ("/files/<sid>.json", "DELETE", name_of("drop")),
    ("/files/<dotless:sid>", "GET", name_of("give")),
)
BOTH = [
    *(("GET", "/things.json", "list"), ("GET", "/things", "list")),
    *(("GET", "/things/1.json", "fetch 1"), ("GET", "/things/1", "fetch 1"), ("DELETE", "/things/1", "delete 1")),
    *(("GET", "/files/1.json", "tell 1"), ("GET", "/files/1", "give 1"), ("DELETE", "/files/1", "drop 1")),
]


@pytest.mark.parametrize(("method", "path", "expected"), BOTH)
def test_what_answers_with_json_answers_without_it(method: str, path: str, expected: str) -> None:
    app = Flask("test", static_folder=None)
    app.register_blueprint(resource("Thing", ROUTES))

    assert app.test_client().open(path, method=method).text == expected


@pytest.mark.parametrize("path", ["/things.csv", "/things/1.csv", "/things/.json", "/files/.json", "/things/1.json/"])
def test_no_path_without_extension_takes_one_that_has_another(path: str) -> None:
    app = Flask("test", static_folder=None)
    app.register_blueprint(resource("Thing", ROUTES))

    assert app.test_client().get(path).status_code == 404


@pytest.mark.parametrize("path", ["/things/1.json", "/things/1", "/files/1.json", "/files/1", "/things"])
def test_a_method_that_is_not_offered_is_offered_in_neither_form(path: str) -> None:
    app = Flask("test", static_folder=None)
    app.register_blueprint(resource("Thing", ROUTES))

    assert app.test_client().put(path).status_code == 405
