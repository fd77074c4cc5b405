"""Rows are written after the end that was seen or not at all, and read as they lie there."""

import json
from datetime import UTC, datetime

import pytest

from tests.doubles import MESSAGE_SID, RECIPIENT
from twilio_sms.domain.opt_out import OptOutEvent, State
from twilio_sms.domain.scope import BRAND
from twilio_sms.stores.opt_out_chain import GENESIS, follow
from twilio_sms.stores.redis_opt_out_rows import APPEND, INDEX, PAGE, ROWS_OF, Rows, read_link, to_json

NOW = datetime(2026, 1, 1, tzinfo=UTC)
EVENT = OptOutEvent(
    number=RECIPIENT,
    scope=BRAND,
    state=State.OPTED_OUT,
    source="api",
    event_time=NOW,
    received_time=NOW,
    evidence=MESSAGE_SID,
    note="naïve 🙂",
)
FIRST = follow(1, GENESIS, EVENT)
SECOND = follow(2, FIRST.digest, EVENT)


def append(server, count, head, *links):
    texts = [text for link in links for text in ("n", to_json(link))]
    return server.run(APPEND, ["list"], count, head, links[-1].digest, *texts)


def test_a_row_is_read_as_it_was_written():
    assert read_link(to_json(FIRST).encode()) == FIRST


@pytest.mark.parametrize(
    "text", [b"", b"[]", b"7", b"{}", b"\xff", None, to_json(FIRST).replace("api", "ipa").encode()], ids=str
)
def test_what_is_not_as_it_was_written_is_refused(text):
    with pytest.raises((ValueError, TypeError)):
        read_link(text)


def test_an_empty_list_ends_where_each_list_begins(server):
    assert server.run(ROWS_OF, ["list"], "n") == Rows(0, GENESIS, ())


def test_rows_are_found_by_their_telephone_in_their_order(server):
    append(server, 0, GENESIS, FIRST)
    append(server, 1, FIRST.digest, SECOND)

    rows = server.run(ROWS_OF, ["list"], "other", "n")

    assert (rows.count, rows.head, rows.links()) == (2, SECOND.digest, [FIRST, SECOND])
    assert server.run(INDEX, ["list"], "n", "other") == ["1,2", ""]


@pytest.mark.parametrize(("count", "head"), [(0, GENESIS), (1, SECOND.digest), (2, FIRST.digest)])
def test_who_saw_another_end_writes_nothing(server, count, head):
    append(server, 0, GENESIS, FIRST)

    assert not append(server, count, head, SECOND)
    assert server.run(PAGE, ["list"], 1, 9).count == 1


@pytest.mark.parametrize(("page", "links"), [((1, 1), [FIRST]), ((2, 9), [SECOND]), ((3, 9), [])])
def test_a_page_has_the_rows_from_and_to(server, page, links):
    append(server, 0, GENESIS, FIRST, SECOND)

    assert server.run(PAGE, ["list"], *page).links() == links


def test_a_row_that_is_not_there_is_not_left_out(server, redis):
    append(server, 0, GENESIS, FIRST, SECOND)
    redis.hdel("list", "row:1")

    rows = server.run(ROWS_OF, ["list"], "n")

    with pytest.raises(json.JSONDecodeError):
        rows.links()
    assert list(rows.whole_links()) == []
