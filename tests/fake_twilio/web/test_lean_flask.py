"""Flask without sessions and with few hooks."""

import pytest
from flask import Blueprint, session

from fake_twilio.web.lean_flask import LeanFlask


def make_app(log: list[str]) -> LeanFlask:
    app = LeanFlask("lean", begin=lambda: log.append("begin"))
    guarded = Blueprint("guarded", __name__)
    guarded.before_request(lambda: log.append("door"))
    guarded.add_url_rule("/guarded", view_func=lambda: "in")
    app.register_blueprint(guarded)
    app.add_url_rule("/open", endpoint="open", view_func=lambda: str(dict(session)))
    return app


def test_each_view_is_begun_and_those_of_a_blueprint_pass_its_door() -> None:
    log: list[str] = []
    client = make_app(log).test_client()

    assert client.get("/open").text == "{}"
    assert log == ["begin"]
    assert client.get("/guarded").text == "in"
    assert log == ["begin", "begin", "door"]


def test_what_raises_at_the_beginning_is_answered_by_its_handler() -> None:
    def begin() -> None:
        raise LookupError("no")

    app = LeanFlask("lean", begin=begin)
    app.register_error_handler(LookupError, lambda _error: ("refused", 418))

    assert app.test_client().get("/anything").status_code == 418


def test_no_cookie_is_set() -> None:
    assert "Set-Cookie" not in make_app([]).test_client().get("/open").headers


def test_nothing_is_compiled_to_make_urls() -> None:
    app = make_app([])

    with app.test_request_context(), pytest.raises(NotImplementedError, match="write the path down"):
        app.url_for("open")
