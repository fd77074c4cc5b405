"""Tests of which queries are tried."""

import pytest

from fake_twilio.domain.webhooks.workbench.address import Address
from fake_twilio.domain.webhooks.workbench.query_guesses import MOST_PARTS, query_guesses


def tried(query: str | None) -> set[str | None]:
    return {guess.query for _, guess in query_guesses(Address("https", None, "h", None, "/", query, None))}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (None, set()),
        ("", {None}),
        ("a=1", {None}),
        ("a=1&b=2", {None, "a=1", "b=2", "b=2&a=1"}),
        ("a", {None, "a="}),
        ("a=", {None, "a"}),
        ("a=b+c", {None, "a=b%20c", "a=b c", "a=b%2Bc"}),
        ("a=%c3%a9", {None, "a=%C3%A9", "a=é"}),
        ("a=it's", {None, "a=it%27s"}),
    ],
)
def test_a_query_is_tried_in_each_way_that_is_another(query: str | None, expected: set[str | None]) -> None:
    assert tried(query) == expected


def test_three_parts_are_tried_in_each_order_and_more_in_three() -> None:
    ordered = {query for query in tried("c&b&a") if query and query.count("&") == 2 and "=" not in query}

    assert len(ordered) == 5
    assert {"a&b&c&d", "c&d&a&b"} <= tried("b&a&d&c")


def test_not_every_part_of_a_long_query_is_left_out_once() -> None:
    assert len(tried("&".join(f"a{number}=1" for number in range(500)))) < MOST_PARTS + 5
