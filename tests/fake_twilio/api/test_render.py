"""Tests of domain values as Twilio's JSON."""

import json

import pytest

from fake_twilio.api.render import (
    key_of,
    parameter_of,
    render_feedback,
    render_media,
    render_media_page,
    render_message,
    render_page,
)
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.messages.feedback import Outcome
from fake_twilio.domain.messages.media import Media
from tests.fake_twilio.doubles import ACCOUNT_SID, MESSAGE_SID, RECIPIENT, SENDER, SERVICE_SID, START, make_message

URI = f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages/{MESSAGE_SID}"


WHOLE = {
    "sid": MESSAGE_SID,
    "account_sid": ACCOUNT_SID,
    "messaging_service_sid": None,
    "from": SENDER,
    "to": RECIPIENT,
    "body": "hello",
    "status": "queued",
    "direction": "outbound-api",
    "num_segments": "1",
    "num_media": "0",
    "price": None,
    "price_unit": "USD",
    "error_code": None,
    "error_message": None,
    "api_version": "2010-04-01",
    "date_created": "Thu, 01 Jan 2026 00:00:00 +0000",
    "date_updated": "Thu, 01 Jan 2026 00:00:00 +0000",
    "date_sent": None,
    "uri": f"{URI}.json",
    "subresource_uris": {"media": f"{URI}/Media.json"},
}


def test_a_new_message_is_rendered_whole() -> None:
    assert render_message(make_message(), is_new=True) == WHOLE


def test_a_message_that_is_not_new_has_a_link_to_its_feedback() -> None:
    links = render_message(make_message())["subresource_uris"]

    assert links == {"media": f"{URI}/Media.json", "feedback": f"{URI}/Feedback.json"}


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("is_new", [True, False], ids=["new", "old"])
def test_every_key_is_always_there(status: Status, is_new: bool) -> None:
    tree = render_message(make_message(status=status), is_new=is_new)

    assert tree.keys() == render_message(make_message()).keys()
    assert json.loads(json.dumps(tree))["status"] == status.value


@pytest.mark.parametrize("status", [Status.ACCEPTED, Status.SCHEDULED])
def test_a_service_has_not_chosen_a_sender_at_first(status: Status) -> None:
    tree = render_message(make_message(status=status, sender=None, service_sid=SERVICE_SID, segments=3))

    assert (tree["from"], tree["num_segments"], tree["messaging_service_sid"]) == (None, "0", SERVICE_SID)


def test_a_failed_message_has_its_code_as_a_number_and_its_title() -> None:
    tree = render_message(make_message(status=Status.UNDELIVERED, error_code=30007))

    assert (tree["error_code"], tree["error_message"]) == (30007, "Message filtered")


def test_counts_are_texts() -> None:
    tree = render_message(make_message(segments=3, media_urls=("http://h/1", "http://h/2")))

    assert (tree["num_segments"], tree["num_media"]) == ("3", "2")


def test_each_date_is_its_own() -> None:
    tree = render_message(make_message(updated_at=START + 2, sent_at=START + 1))

    assert [tree[f"date_{name}"][-14:-6] for name in ("created", "sent", "updated")] == [
        "00:00:00",
        "00:00:01",
        "00:00:02",
    ]


def test_a_page_has_its_paging_keys_and_exactly_one_other() -> None:
    tree = render_page([make_message(), make_message()], {"page": 0, "uri": "/x"})

    assert tree == {"page": 0, "uri": "/x", "messages": [render_message(make_message())] * 2}


def test_feedback_has_six_keys() -> None:
    message = make_message().reported(Outcome.UNCONFIRMED, START).reported(Outcome.CONFIRMED, START + 1)

    assert json.loads(json.dumps(render_feedback(message))) == {
        "account_sid": ACCOUNT_SID,
        "message_sid": MESSAGE_SID,
        "outcome": "confirmed",
        "date_created": "Thu, 01 Jan 2026 00:00:00 +0000",
        "date_updated": "Thu, 01 Jan 2026 00:00:01 +0000",
        "uri": f"{URI}/Feedback.json",
    }


def test_media_have_seven_keys() -> None:
    sid = "ME" + "0e" * 16

    assert render_media(make_message(updated_at=START + 9), Media(sid, "image/png", 0)) == {
        "sid": sid,
        "account_sid": ACCOUNT_SID,
        "parent_sid": MESSAGE_SID,
        "content_type": "image/png",
        "date_created": "Thu, 01 Jan 2026 00:00:00 +0000",
        "date_updated": "Thu, 01 Jan 2026 00:00:00 +0000",
        "uri": f"{URI}/Media/{sid}.json",
    }


def test_a_page_of_media_has_its_paging_keys_and_exactly_one_other() -> None:
    message, media = make_message(), Media("ME1", "image/png", 0)

    tree = render_media_page(message, [media], {"page": 0})

    assert tree == {"page": 0, "media_list": [render_media(message, media)]}


@pytest.mark.parametrize(
    ("parameter", "key"), [("SmsUrl", "sms_url"), ("VoiceCallerIdLookup", "voice_caller_id_lookup"), ("Keys", "keys")]
)
def test_a_parameter_is_shown_under_its_key(parameter: str, key: str) -> None:
    assert key_of(parameter) == key
    assert parameter_of(key) == parameter
