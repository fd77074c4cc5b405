"""Tests of the media of a message."""

import re
from math import inf

import pytest

from fake_twilio.domain.messages.media import find_media, guess_type, media_of, media_page, without_media
from fake_twilio.domain.messages.message import Message
from fake_twilio.domain.messages.query import ALWAYS, Cursor
from fake_twilio.domain.twilio.errors import Refusal
from tests.fake_twilio.doubles import START, make_message

URLS = tuple(f"https://example.com/{n}.png" for n in range(5))
MESSAGE = make_message(media_urls=URLS)
SIDS = [media.sid for media in media_of(MESSAGE)]
OTHER_SID = "MM" + "0e" * 16


def sids_of(message: Message) -> list[str]:
    return [media.sid for media in media_of(message)]


def page(message: Message, size: int, cursor: Cursor = Cursor()) -> list[str]:  # noqa: B008 - it is frozen
    return [media.sid for media in media_page(message, ALWAYS, size, cursor)]


def test_each_media_has_a_sid_of_its_own_which_stays() -> None:
    others = sids_of(make_message(sid=OTHER_SID, media_urls=URLS))

    assert all(re.fullmatch(r"ME[0-9a-f]{32}", sid) for sid in SIDS)
    assert len({*SIDS, *others}) == 10
    assert sids_of(make_message(media_urls=URLS)) == SIDS


def test_a_text_has_no_media() -> None:
    assert media_of(make_message()) == []


def test_media_are_found_by_their_sid() -> None:
    assert find_media(MESSAGE, SIDS[3]) == media_of(MESSAGE)[3]
    with pytest.raises(LookupError):
        find_media(make_message(sid=OTHER_SID, media_urls=URLS), SIDS[3])


def test_deleted_media_are_gone_and_the_others_keep_their_sids() -> None:
    message = without_media(without_media(MESSAGE, SIDS[3]), SIDS[0])

    assert sids_of(message) == [SIDS[1], SIDS[2], SIDS[4]]
    assert message.media_urls == URLS
    with pytest.raises(LookupError):
        without_media(message, SIDS[3])


def test_a_page_goes_on_behind_or_before_the_media_of_its_cursor() -> None:
    assert page(MESSAGE, 2) == SIDS[:2]
    assert page(MESSAGE, 2, Cursor(SIDS[1])) == SIDS[2:4]
    assert page(MESSAGE, 9, Cursor(SIDS[4])) == []
    assert page(MESSAGE, 2, Cursor(SIDS[4], is_backward=True)) == SIDS[2:4]
    assert page(MESSAGE, 9, Cursor(SIDS[0], is_backward=True)) == []


def test_a_cursor_holds_its_place_after_its_media_were_deleted() -> None:
    assert page(without_media(MESSAGE, SIDS[1]), 2, Cursor(SIDS[1])) == SIDS[2:4]


def test_a_cursor_on_other_media_is_refused() -> None:
    with pytest.raises(Refusal) as caught:
        page(MESSAGE, 2, Cursor("ME" + "0" * 32))

    assert caught.value.code == 21481


@pytest.mark.parametrize(
    ("begin", "end", "count"),
    [(START, START, 5), (-inf, START, 5), (START, inf, 5), (START + 1, inf, 0), (-inf, START - 1, 0)],
)
def test_both_ends_of_an_interval_are_included(begin: float, end: float, count: int) -> None:
    assert len(media_page(MESSAGE, (begin, end), 9, Cursor())) == count


TYPES = [
    ("https://example.com/a.png", "image/png"),
    ("https://example.com/a.GIF?x=1.png", "image/gif"),
    ("https://example.com/a.jpg#x", "image/jpeg"),
    ("https://example.com/a.b/c.jpeg", "image/jpeg"),
    ("https://example.com/a.pdf", "image/jpeg"),
    ("https://example.com/png", "image/jpeg"),
    ("https://example.png", "image/jpeg"),
]


@pytest.mark.parametrize(("url", "expected"), TYPES, ids=[url for url, _ in TYPES])
def test_the_type_is_guessed_from_the_end_of_the_path(url: str, expected: str) -> None:
    assert guess_type(url) == expected
