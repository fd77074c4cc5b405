"""What ran is told by what was said, and by what it was made of."""

from types import SimpleNamespace

from fake_twilio.load.options import Options
from fake_twilio.load.ran import requests_by_second, versions, what_ran
from tests.fake_twilio.load.doubles import Environment

HOST = "http://127.0.0.1:7670"


def test_what_was_not_asked_for_is_not_told() -> None:
    assert what_ran(HOST, Options(), 1, {}) == (("host", HOST), ("processes", "1"))


def test_what_was_asked_for_is_told_and_the_fake_knows_its_scenario_best() -> None:
    options = Options(
        scenario="./delivered.yaml", rate="5", messages="9", shape="ramp", slo="errors=0", sink="http://127.0.0.1:7671"
    )

    told = dict(what_ran(HOST, options, 4, {"scenario": "delivered"}))

    assert told["scenario"] == "delivered"
    assert told["processes"] == "4"
    assert (told["shape"], told["objectives"]) == ("ramp", "errors=0")
    assert told["webhooks to"] == "http://127.0.0.1:7671"
    assert told["messages"] == "9"
    assert told["rate"].startswith("5 ")


def test_what_is_timed_from_its_schedule_is_no_request_of_its_own() -> None:
    environment = Environment()
    environment.stats = SimpleNamespace(
        entries={
            ("/a", "POST"): entry("POST", {100: 2, 101: 1}, {101: 1}),
            ("/b", "GET"): entry("GET", {100: 1}, {}),
            ("send", "schedule"): entry("schedule", {100: 9}, {100: 9}),
        }
    )

    assert requests_by_second(environment) == ({100: 3, 101: 1}, {101: 1})


def entry(method: str, requests: dict[int, int], failures: dict[int, int]) -> SimpleNamespace:
    return SimpleNamespace(method=method, num_reqs_per_sec=requests, num_fail_per_sec=failures)


def test_versions_are_told() -> None:
    assert [name for name, _ in versions()] == ["python", "twilio-sms", "locust"]
    assert all(number for _, number in versions())
