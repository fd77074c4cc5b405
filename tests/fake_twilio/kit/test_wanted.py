"""Tests of what a test wants of a message."""

import re
from typing import Any

import pytest

from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.kit.wanted import Wanted, shown
from tests.fake_twilio.doubles import RECIPIENT, SENDER, SERVICE_SID, make_message

PICTURE = "https://pictures.test/1.png"
MESSAGE = make_message(body="Your code is 1234?", media_urls=(PICTURE,), service_sid=SERVICE_SID)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({}, id="anything"),
        pytest.param({"to": RECIPIENT}, id="equal"),
        pytest.param({"to": "+1555*"}, id="glob"),
        pytest.param({"to": "+15551230000..+15551239999"}, id="range"),
        pytest.param({"body": re.compile(r"\d{4}")}, id="expression"),
        pytest.param({"body": "Your code is 1234?"}, id="a text with a question mark"),
        pytest.param({"from_": SENDER}, id="sender"),
        pytest.param({"from_": SERVICE_SID}, id="service"),
        pytest.param({"media": 1}, id="count of media"),
        pytest.param({"media": (PICTURE,)}, id="media"),
        pytest.param({"media": [PICTURE]}, id="list of media"),
        pytest.param({"status": "queued"}, id="status"),
    ],
)
def test_a_message_is_like_this(fields: dict[str, Any]) -> None:
    assert Wanted(**fields).matches(MESSAGE)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"to": "+1556*"}, id="glob"),
        pytest.param({"to": "+15551230000..+15551234566"}, id="range"),
        pytest.param({"body": re.compile(r"^\d{4}")}, id="expression"),
        pytest.param({"from_": "+15005550007"}, id="sender"),
        pytest.param({"media": 0}, id="count of media"),
        pytest.param({"media": ()}, id="media"),
        pytest.param({"status": "sent"}, id="status"),
        pytest.param({"to": RECIPIENT, "body": "no"}, id="one of two"),
    ],
)
def test_a_message_is_not_like_this(fields: dict[str, Any]) -> None:
    assert not Wanted(**fields).matches(MESSAGE)


def test_each_field_says_whether_it_fits() -> None:
    found = list(Wanted(to=RECIPIENT, body="no").findings(MESSAGE))

    assert [(finding.name, finding.came, finding.fits) for finding in found] == [
        ("to", RECIPIENT, True),
        ("body", MESSAGE.body, False),
    ]


def test_a_sender_that_nobody_has_chosen_yet_is_the_intended_one() -> None:
    waiting = make_message(sender=None, intended_sender=SENDER, status=Status.ACCEPTED)

    assert Wanted(from_=SENDER).matches(waiting)
    assert not Wanted(from_=SENDER).matches(make_message(sender=None))


def test_what_no_message_can_have_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"status must be one of accepted, .*, is 'deliverd'"):
        Wanted(status="deliverd")
    with pytest.raises(ValueError, match="media must be a count or a sequence of URLs"):
        Wanted(media=PICTURE)
    with pytest.raises(ValueError, match="wanted a range"):
        Wanted(to="+15551239..+15551230")


def test_it_is_shown_as_it_stands_in_the_test() -> None:
    assert Wanted(to="+1555*", media=2).lines() == ["  to      '+1555*'", "  media   2"]
    assert Wanted().lines() == ["  anything"]
    assert shown(re.compile("a.")) == "re.compile('a.')"
