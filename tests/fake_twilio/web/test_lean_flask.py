"""Flask without sessions and with few hooks."""

import pytest
from flask import Blueprint, session

from fake_twilio.web.lean_flask import MANY_PATHS, LeanFlask


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


def make_things(values: list[dict[str, str]]) -> LeanFlask:
    """Return an application with a view for each thing, which writes down what it is given."""
    app = LeanFlask("lean", begin=lambda: None)
    app.url_map.strict_slashes = True

    def noted(**given: str) -> str:
        values.append(given)
        return "seen"

    app.add_url_rule("/things/<name>", endpoint="get", view_func=noted, methods=["GET"])
    app.add_url_rule("/things/<name>", endpoint="post", view_func=lambda name: "posted", methods=["POST"])
    app.add_url_rule("/folder/", endpoint="folder", view_func=lambda: "folder")
    return app


def test_a_path_leads_to_the_same_view_each_time_and_to_another_with_another_method() -> None:
    client = make_things([]).test_client()

    told = [client.open("/things/a", method=method).text for method in ("GET", "POST", "GET", "POST")]

    assert told == ["seen", "posted"] * 2


def test_each_request_has_the_values_of_its_own_path() -> None:
    values: list[dict[str, str]] = []
    client = make_things(values).test_client()

    for path in ("/things/a", "/things/b", "/things/a", "/things/%C3%BC"):
        client.get(path)

    assert [value["name"] for value in values] == ["a", "b", "a", "ü"]


def test_what_is_refused_is_refused_each_time() -> None:
    client = make_things([]).test_client()

    refused = [client.delete("/things/a"), client.delete("/things/a"), client.get("/nothing"), client.get("/nothing")]

    assert [answer.status_code for answer in refused] == [405, 405, 404, 404]
    assert set(refused[1].allow) == {"GET", "HEAD", "OPTIONS", "POST"}


def test_who_is_led_elsewhere_takes_the_query_along_each_time() -> None:
    client = make_things([]).test_client()

    locations = [client.get(f"/folder?page={page}").headers["Location"] for page in (1, 2)]

    assert [location.partition("/folder")[2] for location in locations] == ["/?page=1", "/?page=2"]


def test_no_more_paths_are_kept_than_are_needed() -> None:
    app = make_things([])
    client = app.test_client()

    for number in range(MANY_PATHS + 10):
        client.get(f"/things/{number}")

    assert len(app._known) == 10
    assert client.get("/things/0").text == "seen"


def test_nothing_follows_a_view() -> None:
    app, log = make_things([]), []
    app.teardown_request(lambda _error: log.append("request"))
    app.teardown_appcontext(lambda _error: log.append("context"))

    app.test_client().get("/things/a")

    assert log == []
