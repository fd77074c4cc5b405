"""Texts to a number of the account go to the app, whether the account had the number or not."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.load.errors import LoadError
from fake_twilio.load.kept import Kept
from fake_twilio.load.number import NUMBER, OwnNumber, basic_auth


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def own_number(stack: ExitStack, fake: FakeTwilioFixture, **changes: str) -> OwnNumber:
    headers = {"Authorization": basic_auth({**fake.environment(), **changes})}
    return OwnNumber(stack.enter_context(closing(Kept(fake.url, headers))), fake.account_sid)


def texts_go_to(fake: FakeTwilioFixture) -> set[str]:
    fake.receive("+15551234567", NUMBER, "hello")
    fake.settle()
    return {delivery.url for delivery in fake.callbacks}


def test_a_number_is_bought_and_led_and_can_be_led_elsewhere(fake_twilio: FakeTwilioFixture, stack: ExitStack) -> None:
    number = own_number(stack, fake_twilio)

    number.lead(NUMBER, "http://127.0.0.1:9/first", "http://127.0.0.1:9/status")
    number.lead(NUMBER, "http://127.0.0.1:9/sms", "http://127.0.0.1:9/status")

    assert texts_go_to(fake_twilio) == {"http://127.0.0.1:9/sms"}


def test_what_twilio_does_not_let_is_one_line(fake_twilio: FakeTwilioFixture, stack: ExitStack) -> None:
    with pytest.raises(LoadError) as caught:
        own_number(stack, fake_twilio, TWILIO_AUTH_TOKEN="f" * 32).lead(NUMBER, "http://127.0.0.1:9/sms", "")

    assert str(caught.value).startswith("the number of the load could not be led to its app: HTTP 401, ")
    assert "\n" not in str(caught.value)


def test_no_answer_is_one_line(httpserver: HTTPServer, stack: ExitStack) -> None:
    api = stack.enter_context(closing(Kept("http://127.0.0.1:9")))

    with pytest.raises(LoadError, match="no answer"):
        OwnNumber(api, "AC1").lead(NUMBER, "", "")


@pytest.mark.parametrize(
    ("environ", "header"),
    [
        ({"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "t"}, "Basic QUMxOnQ="),
        ({"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "t,old"}, "Basic QUMxOnQ="),
        ({"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_API_KEY": "SK1", "TWILIO_API_SECRET": "s"}, "Basic U0sxOnM="),
    ],
)
def test_who_asks_is_who_the_variables_name(environ: dict[str, Any], header: str) -> None:
    assert basic_auth(environ) == header
