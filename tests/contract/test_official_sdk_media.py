"""The official Python SDK, unchanged, against the media and the feedback of the fake's messages."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from fake_twilio.fixture import FakeTwilioFixture
from tests.doubles import MESSAGE_SID, RECIPIENT, SENDER


@pytest.fixture
def sdk(fake_twilio: FakeTwilioFixture) -> Iterator[Client]:
    client = Client(fake_twilio.account_sid, fake_twilio.auth_token)
    client.api.base_url = fake_twilio.url
    yield client
    client.http_client.session.close()


def sent(sdk: Client, *endings: str) -> str:
    urls = [f"https://example.com/cat.{ending}" for ending in endings]
    sid: str = sdk.messages.create(to=RECIPIENT, from_=SENDER, body="x", media_url=urls).sid
    return sid


def test_media_are_listed_and_fetched(fake_twilio: FakeTwilioFixture, sdk: Client) -> None:
    sid = sent(sdk, "png", "jpg", "gif")

    listed = sdk.messages(sid).media.list()
    fetched = sdk.messages(sid).media(listed[1].sid).fetch()

    assert [media.content_type for media in listed] == ["image/png", "image/jpeg", "image/gif"]
    assert (fetched.sid, fetched.parent_sid, fetched.account_sid) == (listed[1].sid, sid, fake_twilio.account_sid)
    assert fetched.date_created == datetime.fromtimestamp(fake_twilio.start_moment, UTC)


def test_a_list_with_a_limit_goes_over_several_pages(sdk: Client) -> None:
    sid = sent(sdk, *["png"] * 9)
    every = [media.sid for media in sdk.messages(sid).media.list()]

    listed = sdk.messages(sid).media.list(limit=7, page_size=3)

    assert [media.sid for media in listed] == every[:7]


def test_a_list_is_filtered_by_date(fake_twilio: FakeTwilioFixture, sdk: Client) -> None:
    media = sdk.messages(sent(sdk, "png")).media
    start = datetime.fromtimestamp(fake_twilio.start_moment, UTC)
    day = timedelta(days=1)

    assert len(media.list(date_created=start, date_created_after=start - day, date_created_before=start + day)) == 1
    assert media.list(date_created_after=start + day) == []
    assert media.list(date_created_before=start - day) == []


def test_a_list_that_deletes_as_it_goes_misses_nothing(sdk: Client) -> None:
    media = sdk.messages(sent(sdk, *["png"] * 6)).media

    deleted = [entry.delete() for entry in media.stream(page_size=2)]

    assert deleted == [True] * 6
    assert media.list() == []


def test_deleted_media_are_gone(sdk: Client) -> None:
    message = sdk.messages(sent(sdk, "png"))
    sid = message.media.list()[0].sid

    assert message.media(sid).delete() is True

    with pytest.raises(TwilioRestException) as gone:
        message.media(sid).fetch()
    assert (gone.value.status, gone.value.code) == (404, 20404)


@pytest.mark.parametrize("outcome", ["confirmed", "unconfirmed"])
def test_feedback_is_taken(fake_twilio: FakeTwilioFixture, sdk: Client, outcome: str) -> None:
    sid = sent(sdk)

    feedback = sdk.messages(sid).feedback.create(outcome=outcome)

    assert (feedback.message_sid, feedback.account_sid, feedback.outcome) == (sid, fake_twilio.account_sid, outcome)
    assert feedback.date_created == feedback.date_updated == datetime.fromtimestamp(fake_twilio.start_moment, UTC)


def test_feedback_is_refused_with_twilios_status_and_code(sdk: Client) -> None:
    with pytest.raises(TwilioRestException) as wrong:
        sdk.messages(sent(sdk)).feedback.create(outcome="perhaps")
    with pytest.raises(TwilioRestException) as unknown:
        sdk.messages(MESSAGE_SID).feedback.create()

    assert (wrong.value.status, wrong.value.code) == (400, 20001)
    assert (unknown.value.status, unknown.value.code) == (404, 20404)
