"""Tests of a table of routes."""

from flask import Flask, Response

from fake_twilio.api.routing import blueprint


def show() -> Response:
    return Response("shown")


def test_each_route_answers_its_method_and_no_other() -> None:
    app = Flask("test", static_folder=None)
    app.register_blueprint(blueprint("things", [("/things", "GET", show)]))
    client = app.test_client()

    assert client.get("/things").text == "shown"
    assert (client.post("/things").status_code, client.options("/things").status_code) == (405, 405)
