"""Tests of the connection overrides in the fragment of a URL."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.webhooks.overrides import KEYS, RANGES, Limits, Note, Overrides, read_overrides
from fake_twilio.domain.webhooks.retries import Policy

URL = "http://app.test/status"


def read(fragment: str) -> Overrides:
    return read_overrides(f"{URL}#{fragment}")


# Twilio, "Webhook connection overrides": the table of defaults.
def test_without_a_fragment_the_defaults_are_twilios() -> None:
    assert read_overrides(URL) == Overrides(
        limits=Limits(connect_seconds=5.0, read_seconds=15.0, total_seconds=15.0),
        retries=1,
        policies=frozenset({Policy.CONNECT}),
        sni=True,
        edges=("ashburn",),
        notes=(),
    )


def test_every_key_is_read() -> None:
    found = read("rc=2&rp=4xx,5xx&ct=2000&rt=500&tt=8000&sni=n&e=dublin,singapore")

    assert found == Overrides(
        limits=Limits(connect_seconds=2.0, read_seconds=0.5, total_seconds=8.0),
        retries=2,
        policies=frozenset({Policy.CLIENT_ERROR, Policy.SERVER_ERROR}),
        sni=False,
        edges=("dublin", "singapore"),
    )


# Twilio, "Webhook connection overrides": the table of ranges.
@pytest.mark.parametrize(
    ("key", "least", "most"), [("ct", 100, 10_000), ("rt", 100, 15_000), ("tt", 100, 15_000), ("rc", 0, 5)]
)
def test_a_number_out_of_its_range_counts_as_the_nearest_one_and_is_noted(key: str, least: int, most: int) -> None:
    assert (RANGES[key].least, RANGES[key].most) == (least, most)
    assert [len(read(f"{key}={number}").notes) for number in (least - 1, least, most, most + 1)] == [1, 0, 0, 1]
    assert read(f"{key}={least - 1}").limits == read(f"{key}={least}").limits
    assert read(f"{key}={most + 1}").retries == read(f"{key}={most}").retries


@pytest.mark.parametrize("text", ["", "soon", "1.5", "1e3", "٣", "0x10", "9" * 5000, " 5"])
def test_what_is_no_number_leaves_the_default_and_is_noted(text: str) -> None:
    found = read(f"ct={text}")

    assert (found.limits, len(found.notes)) == (Limits(), 1)


# Twilio's error dictionary, 11243: HTTP retry policy is invalid.
@pytest.mark.parametrize("words", ["", ",", "6xx", "CT", "ct;rt"])
def test_a_retry_policy_that_is_none_is_11243_and_leaves_the_default(words: str) -> None:
    found = read(f"rp={words}")

    assert found.policies == {Policy.CONNECT}
    assert [note.code for note in found.notes] == [11243]


def test_an_unknown_policy_beside_others_is_left_out() -> None:
    found = read("rp=rt,6xx")

    assert (found.policies, found.notes[0].code) == ({Policy.READ}, 11243)


def test_of_a_key_that_comes_twice_the_last_one_counts() -> None:
    assert read("rc=1&rc=4").retries == 4


def test_a_list_may_be_percent_encoded() -> None:
    assert read("rp=4xx%2C5xx").policies == {Policy.CLIENT_ERROR, Policy.SERVER_ERROR}


def test_a_fragment_that_is_none_of_twilios_is_noted() -> None:
    assert read("section").notes == (Note("'section' is no connection override"),)
    assert read("sni=maybe").notes == (Note("sni='maybe' is neither y nor n, y counts"),)


def test_limits_within_less_time_are_shorter_in_total() -> None:
    assert Limits().within(3.0) == Limits(total_seconds=3.0)
    assert Limits(total_seconds=2.0).within(3.0) == Limits(total_seconds=2.0)


@given(st.lists(st.tuples(st.sampled_from([*KEYS, "x"]), st.text(max_size=8)), max_size=8))
def test_whatever_stands_there_the_numbers_are_in_range(pairs: list[tuple[str, str]]) -> None:
    found = read("&".join(f"{key}={value}" for key, value in pairs))

    assert 0 <= found.retries <= 5
    assert 0.1 <= found.limits.connect_seconds <= 10
    assert 0.1 <= found.limits.read_seconds <= 15
    assert 0.1 <= found.limits.total_seconds <= 15
    assert found.policies
