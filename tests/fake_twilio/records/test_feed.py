"""Tests of what changed lately."""

import pytest

from fake_twilio.records.feed import Feed


def noted(*sids: str, kept: int = 10) -> Feed:
    feed = Feed(kept)
    for sid in sids:
        feed.note(sid)
    return feed


@pytest.mark.parametrize(
    ("since", "told"), [(0, ("b", "a")), (1, ("b", "a")), (2, ("a",)), (3, ()), (4, None), (-1, None)]
)
def test_each_is_told_once_where_it_changed_last(since: int, told: tuple[str, ...] | None) -> None:
    assert noted("a", "b", "a").since(since) == told


def test_who_missed_too_much_is_told_so() -> None:
    feed = noted("a", "b", "c", kept=2)

    assert feed.since(0) is None
    assert feed.since(1) == ("b", "c")


def test_after_a_new_beginning_nobody_goes_on_from_before() -> None:
    feed = noted("a")
    feed.begin_anew()

    assert feed.since(1) is None
    assert feed.since(feed.newest) == ()


def test_numbers_only_grow() -> None:
    feed = noted("a")
    before = feed.newest
    feed.begin_anew()
    feed.note("b")

    assert feed.newest == before + 2
