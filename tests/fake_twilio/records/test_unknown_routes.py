"""What is no route of the fake is counted, and shown without SIDs and numbers."""

import logging
from concurrent.futures import ThreadPoolExecutor

import pytest

from fake_twilio.records.unknown_routes import MAX_ROUTES, OTHER, UnknownRoutes, shown_route

SID = "MG" + "0123456789abcdef" * 2
SERVICE = f"/v1/Services/{SID}"


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        pytest.param(SERVICE, "/v1/Services/{Sid}", id="sid"),
        pytest.param(
            f"/2010-04-01/Accounts/{SID}/Calls.json", "/2010-04-01/Accounts/{Sid}/Calls.json", id="version stays"
        ),
        pytest.param(f"/x/{SID}.json", "/x/{Sid}.json", id="sid with an ending"),
        pytest.param("/v1/PhoneNumbers/+15551234567", "/v1/PhoneNumbers/{Number}", id="number"),
        pytest.param("/v1/n/+1 555-123 45 67", "/v1/n/{Number}", id="number in groups"),
        pytest.param("/v1/n/555\u200b1234567", "/v1/n/{Number}", id="number with something unseen in it"),
        pytest.param("/a\x1b[2J\nb", "/a?[2J?b", id="control characters"),
    ],
)
def test_a_route_is_shown_without_what_is_the_customers(path: str, shown: str) -> None:
    assert shown_route("GET", path) == f"GET {shown}"


def test_a_long_path_is_cut() -> None:
    assert len(shown_route("GET", "/x" * 5_000)) == 200


def test_each_is_counted_and_the_first_is_warned_of(caplog: pytest.LogCaptureFixture) -> None:
    routes = UnknownRoutes()

    with caplog.at_level(logging.WARNING, "fake_twilio"):
        routes.count("GET", SERVICE)
        routes.count("GET", SERVICE.replace("0", "1"))
        routes.count("POST", SERVICE)

    assert routes.counts() == {"GET /v1/Services/{Sid}": 2, "POST /v1/Services/{Sid}": 1}
    assert [record.getMessage() for record in caplog.records] == [
        f"no such route here: {method} /v1/Services/{{Sid}}; docs/coverage.md lists what the fake offers"
        for method in ("GET", "POST")
    ]


def test_there_are_only_so_many_and_the_rest_is_counted_together() -> None:
    routes = UnknownRoutes()

    for number in range(MAX_ROUTES + 5):
        routes.count("GET", f"/x{number}")
    routes.count("GET", "/x0")

    counts = routes.counts()
    assert (len(counts), counts[OTHER], counts["GET /x0"]) == (MAX_ROUTES + 1, 5, 2)


def test_no_request_is_lost_between_threads() -> None:
    routes = UnknownRoutes()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: routes.count("GET", f"/x{number % 3}"), range(600)))

    assert routes.counts() == {"GET /x0": 200, "GET /x1": 200, "GET /x2": 200}


def test_what_is_cleared_is_forgotten_and_a_copy_is_not() -> None:
    routes = UnknownRoutes()
    routes.count("GET", "/x")
    before = routes.counts()

    routes.clear()

    assert (before, routes.counts()) == ({"GET /x": 1}, {})
