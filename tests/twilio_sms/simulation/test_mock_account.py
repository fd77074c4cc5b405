"""Tests of the messages that a mock has."""

from datetime import UTC, datetime

import pytest

from twilio_sms.domain.message import Message
from twilio_sms.simulation.manual_clock import ManualClock
from twilio_sms.simulation.mock_account import MockAccount
from twilio_sms.simulation.sent_message import SentMessage

ACCOUNT = "AC" + "0" * 32
SERVICE = "MG" + "0" * 32
START = datetime(2026, 5, 1, tzinfo=UTC)


def account() -> MockAccount:
    return MockAccount(ACCOUNT, ManualClock(START))


@pytest.mark.parametrize(
    ("sent", "status", "segments"),
    [
        (SentMessage(to="+15551234567", from_="SHOP", body="hi"), "queued", 1),
        (SentMessage(to="+15551234567", from_="SHOP", body="x" * 161), "queued", 2),
        (SentMessage(to="+15551234567", messaging_service_sid=SERVICE, body="hi"), "accepted", 1),
        (
            SentMessage(
                to="+15551234567",
                messaging_service_sid=SERVICE,
                body="hi",
                options=(("SendAt", "2026-05-02T00:00:00Z"),),
            ),
            "scheduled",
            0,
        ),
    ],
)
def test_a_message_begins_as_at_twilio(sent: SentMessage, status: str, segments: int) -> None:
    message = Message.from_json(account().create(sent, {}))

    assert (message.status, message.num_segments, message.date_created) == (status, segments, START)
    assert message.uri == f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{message.sid}.json"


def test_each_message_has_a_sid_of_its_own_by_its_kind() -> None:
    mine = account()
    text, picture = SentMessage(to="+1", body="x"), SentMessage(to="+1", media_urls=("https://a.test",))

    sids = [mine.create(sent, {})["sid"] for sent in (text, text, picture)]

    assert [sid[:2] for sid in sids] == ["SM", "SM", "MM"]
    assert len(set(sids)) == 3
    assert [each.sid for each in mine.sent()] == sids


def test_a_change_leaves_what_was_given_out_as_it_was() -> None:
    mine = account()
    before = mine.create(SentMessage(to="+1", body="x"), {})

    after = mine.change(before["sid"], {"status": "sent"})

    assert (before["status"], after["status"], mine.find(before["sid"])) == ("queued", "sent", after)
    assert mine.date_created(before["sid"]) == START


def test_what_was_deleted_was_sent_nevertheless() -> None:
    mine = account()
    sid = mine.create(SentMessage(to="+1", body="x"), {})["sid"]

    mine.delete(sid)

    assert (mine.find(sid), mine.date_created(sid), len(mine.sent())) == (None, None, 1)
