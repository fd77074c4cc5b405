"""The application's own answers: what Flask refuses and what breaks inside, in Twilio's words."""

from collections.abc import Callable

import pytest
from werkzeug.test import create_environ

from fake_twilio.accounts.directory import Directory
from fake_twilio.domain.fate.faults import FAULT, Fault
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.messages.realm import Realm
from fake_twilio.records.unknown_routes import UnknownRoutes
from fake_twilio.scenario_files.load import load_scenario, parse_scenario
from fake_twilio.web.app import create_app
from tests.fake_twilio.doubles import Town


def steady() -> float:
    return 0.0


def realm(scenario: Scenario | None = None) -> Realm:
    town = Town(scenario or load_scenario("delivered"))
    return Realm(
        Directory(town.account, 1, town.clock),
        town.scenario,
        lambda _sid, _scenario_now: town.engine,
        town.fates,
        town.incidents,
    )


def once(make: Callable[[], Realm]) -> Callable[[], Realm]:
    """Return what breaks at its first call, and works after it."""
    calls: list[int] = []

    def call() -> Realm:
        calls.append(1)
        if len(calls) == 1:
            raise RuntimeError("a detail for us alone")
        return make()

    return call


def test_an_error_of_our_own_is_twilios_500_and_tells_no_detail(caplog: pytest.LogCaptureFixture) -> None:
    app = create_app(once(realm), steady)

    response = app.test_client().get(f"/2010-04-01/Accounts/AC{'0' * 32}/Messages.json")

    assert response.status_code == 500
    assert response.json == {
        "code": 20500,
        "message": "Internal Server Error",
        "more_info": "https://www.twilio.com/docs/errors/20500",
        "status": 500,
    }
    assert "a detail for us alone" in caplog.text


def test_a_path_is_logged_without_numbers_and_on_one_line(caplog: pytest.LogCaptureFixture) -> None:
    app = create_app(once(realm), steady)

    app.test_client().get("/v2/PhoneNumbers/+15551234567%0Aa%20forged%20line")

    (record,) = caplog.records
    assert "\n" not in record.getMessage()
    assert "+15551234567" not in record.getMessage()


def test_an_error_of_our_own_is_told_in_xml_where_the_path_has_no_extension() -> None:
    response = create_app(once(realm), steady).test_client().get(f"/2010-04-01/Accounts/AC{'0' * 32}/Messages")

    assert (response.status_code, response.content_type) == (500, "application/xml")
    assert "<Code>20500</Code><Message>Internal Server Error</Message>" in response.text


def test_an_unknown_path_is_404_in_twilios_words() -> None:
    response = create_app(realm, steady).test_client().get("/nowhere")

    assert response.json is not None
    assert (response.status_code, response.json["message"]) == (404, "The requested resource /nowhere was not found")


def test_options_are_not_offered_to_browsers() -> None:
    response = create_app(realm, steady).test_client().options(f"/2010-04-01/Accounts/AC{'0' * 32}/Messages.json")

    assert response.status_code == 405


def test_only_what_is_no_route_is_counted_as_unknown() -> None:
    unknown = UnknownRoutes()
    client = create_app(realm, steady, unknown).test_client()

    client.get("/nowhere")
    client.get(f"/2010-04-01/Accounts/AC{'0' * 32}/Messages/SM{'0' * 32}.json", auth=("AC" + "0" * 32, "x"))

    assert unknown.counts() == {"GET /nowhere": 1}


def test_an_answer_is_slow_whatever_it_is() -> None:
    outage = "about: x.\ndefaults: {timeline: []}\nrules: [{request: any, when: {nth: 2}, then: {refuse: 20503}}]\n"
    slow = realm(parse_scenario(outage))
    slow.fates.faults["slow_answer"] = 1
    app = create_app(lambda: slow, steady)
    seen = []

    for _ in range(2):
        environ = create_environ(f"/2010-04-01/Accounts/AC{'0' * 32}/Messages.json")
        app.wsgi_app(environ, lambda status, _headers, *_: seen.append(status[:3]))
        seen.append(environ[FAULT])

    assert seen == ["401", Fault(latency_seconds=2.0), "503", Fault(latency_seconds=2.0)]


def test_a_fault_of_requests_strikes_before_the_rules_of_the_scenario() -> None:
    faulty = realm()
    faulty.fates.faults["too_many_requests"] = 1
    client = create_app(lambda: faulty, steady).test_client()

    response = client.get(f"/2010-04-01/Accounts/AC{'0' * 32}/Messages.json")

    assert (response.status_code, response.headers["Retry-After"]) == (429, "2")


@pytest.mark.parametrize("path", ["/2010-04-01//Accounts.json", "//2010-04-01/Accounts.json", "/v2//PhoneNumbers/+1"])
def test_a_doubled_slash_is_no_redirect_to_a_page_but_no_path(path: str) -> None:
    response = create_app(realm, steady).test_client().get(path)

    assert response.status_code == 404
    assert response.json is not None
    assert response.json["code"] == 20404
