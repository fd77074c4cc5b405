"""Every code that the fake can refuse a request with, produced by a request and raised by our client as it is meant."""

import pytest

from fake_twilio.domain.fate.outcome import refuses
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.domain.twilio.catalogue import CATALOGUE
from fake_twilio.fixture import FakeTwilioFixture
from tests.doubles import RECIPIENT, SENDER
from twilio_sms import (
    AmbiguousSendError,
    AuthenticationError,
    ConflictError,
    InvalidRecipientError,
    NotFoundError,
    OptedOutError,
    QueueFullError,
    RateLimitedError,
    RegionNotEnabledError,
    RequestError,
    SchedulingError,
    SenderError,
    TwilioError,
)

# By the titles of Twilio's error dictionary: what the caller can do about each. All others: correct the request.
SENDER_CODES = {21212, 21267, 21407, 21601, 21603, 21606, 21607, 21616, 21621, 21622, 21657, *range(21659, 21669)}
INTENDED: dict[type[TwilioError], set[int]] = {
    AuthenticationError: {20003, 20005, 20006, 20008, 20010, 20403},
    NotFoundError: {20404, 20410, 30404},
    RateLimitedError: {20429},
    AmbiguousSendError: {20500, 20503},  # the message may have been taken
    InvalidRecipientError: {21201, 21211, 21265, 21266, 21268, 21604, 21608, 21612, 21614, 21635},
    OptedOutError: {21610},
    RegionNotEnabledError: {21408},
    SenderError: SENDER_CODES | {21701, 21702, 21705, 21708, 21709, 21711, 21910},
    QueueFullError: {21611},
    SchedulingError: {30409, 35111, 35114, 35115, 35117, 35118, 35125, 35126},
    ConflictError: {20009, 20409, 21710, 21712},
}
REFUSALS = sorted(code for code, entry in CATALOGUE.items() if entry.status is not None)


def intended(code: int) -> type[TwilioError]:
    return next((kind for kind, codes in INTENDED.items() if code in codes), RequestError)


@pytest.mark.parametrize("code", REFUSALS)
def test_a_refusal_is_raised_as_what_the_caller_can_do(fake_twilio: FakeTwilioFixture, code: int) -> None:
    fake_twilio.use(Scenario(name="refuse", about="", numbers=(), rules=(), otherwise=refuses(code)))

    with fake_twilio.client() as client, pytest.raises(TwilioError) as refused:
        client.messages.send(to=RECIPIENT, from_=SENDER, body="x")

    assert type(refused.value) is intended(code)
    assert (refused.value.code, refused.value.status) == (code, CATALOGUE[code].status)


def test_every_intended_code_is_one_that_the_fake_produces() -> None:
    assert {code for codes in INTENDED.values() for code in codes} <= set(REFUSALS)
