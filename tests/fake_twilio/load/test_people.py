"""People send texts, and Locust hears of each."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from typing import Any

import pytest

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.load.errors import RequestFailed
from fake_twilio.load.kept import Kept
from fake_twilio.load.people import People

PERSON, NUMBER = "+15551234567", "+14155550101"
ON_PURPOSE = {"X-Fake-Twilio": "1"}


class Heard(list[dict[str, Any]]):
    """What Locust was told of."""

    def __call__(self, **told: Any) -> None:
        self.append(told)


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def people(fake_twilio: FakeTwilioFixture, heard: Heard) -> Iterator[Callable[[dict[str, str]], People]]:
    with ExitStack() as stack:
        yield lambda headers: People(stack.enter_context(closing(Kept(fake_twilio.url, headers))), heard)


def test_a_text_comes_in_and_is_told_of_by_its_route(
    fake_twilio: FakeTwilioFixture, people: Callable[[dict[str, str]], People], heard: Heard
) -> None:
    sid = people(ON_PURPOSE).text(PERSON, NUMBER, "hello")

    assert [(message.sid, message.body) for message in fake_twilio.messages] == [(sid, "hello")]
    (told,) = heard
    assert (told["request_type"], told["name"], told["exception"]) == ("POST", "/_fake/receive", None)
    assert 0 < told["response_time"] < 5000


def test_a_text_that_is_not_taken_is_a_failure_without_its_number(
    people: Callable[[dict[str, str]], People], heard: Heard
) -> None:
    with pytest.raises(RequestFailed, match=r"^HTTP 403$"):
        people({}).text(PERSON, NUMBER, "hello")

    assert [str(told["exception"]) for told in heard] == ["HTTP 403"]
