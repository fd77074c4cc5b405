"""Texts to a number of the account go to the app, whether the account had the number or not."""

import pytest

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.load.errors import LoadError
from fake_twilio.load.number import OwnNumber, basic_auth
from twilio_sms.transport.http import HttpTransport
from twilio_sms.transport.wire import LostAnswer, Request, Response
from twilio_sms.verdict import Phase

NUMBER = "+14155550101"


def own_number(fake: FakeTwilioFixture, transport: HttpTransport, token: str | None = None) -> OwnNumber:
    environ = {**fake.environment(), **({} if token is None else {"TWILIO_AUTH_TOKEN": token})}
    return OwnNumber(transport, f"{fake.url}/2010-04-01/Accounts/{fake.account_sid}", basic_auth(environ))


def texts_go_to(fake: FakeTwilioFixture) -> set[str]:
    fake.receive("+15551234567", NUMBER, "hello")
    fake.settle()
    return {delivery.url for delivery in fake.callbacks}


def test_a_number_is_bought_and_led_and_can_be_led_elsewhere(fake_twilio: FakeTwilioFixture) -> None:
    transport = HttpTransport()
    number = own_number(fake_twilio, transport)

    number.lead(NUMBER, "http://127.0.0.1:9/first", "http://127.0.0.1:9/status")
    number.lead(NUMBER, "http://127.0.0.1:9/sms", "http://127.0.0.1:9/status")

    assert texts_go_to(fake_twilio) == {"http://127.0.0.1:9/sms"}
    transport.close()


def test_what_twilio_does_not_let_is_one_line(fake_twilio: FakeTwilioFixture) -> None:
    transport = HttpTransport()

    with pytest.raises(LoadError, match="the number of the app could not be set up: HTTP 401"):
        own_number(fake_twilio, transport, "f" * 32).lead(NUMBER, "http://127.0.0.1:9/sms", "")
    transport.close()


class Broken:
    """A transport whose answers are lost, or are none."""

    def __init__(self, body: bytes | None) -> None:
        self._body = body

    def send(self, request: Request) -> Response:
        if self._body is None:
            raise LostAnswer(next(iter(Phase)), "lost")
        return Response(200, {}, self._body)

    def close(self) -> None:
        return


@pytest.mark.parametrize("body", [None, b"<html>"])
def test_no_answer_is_one_line(body: bytes | None) -> None:
    with pytest.raises(LoadError, match="no answer"):
        OwnNumber(Broken(body), "http://127.0.0.1:9", "").lead(NUMBER, "", "")


@pytest.mark.parametrize(
    ("environ", "header"),
    [
        ({"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "t"}, "Basic QUMxOnQ="),
        ({"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_API_KEY": "SK1", "TWILIO_API_SECRET": "s"}, "Basic U0sxOnM="),
    ],
)
def test_who_asks_is_who_the_variables_name(environ: dict[str, str], header: str) -> None:
    assert basic_auth(environ) == header
