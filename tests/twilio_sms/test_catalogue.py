"""Twilio's codes become the error that says what to do."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twilio_sms.catalogue import CODES, STATUSES, error_class
from twilio_sms.errors import (
    ApiError,
    AuthenticationError,
    ConflictError,
    InvalidRecipientError,
    NotFoundError,
    NotProcessedError,
    OptedOutError,
    QueueFullError,
    RateLimitedError,
    RegionNotEnabledError,
    RequestError,
    SchedulingError,
    SenderError,
    ServerError,
)


# Titles from Twilio's error dictionary, https://www.twilio.com/docs/api/errors
@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        pytest.param(401, 20003, AuthenticationError, id="20003 authenticate"),
        pytest.param(403, 20403, AuthenticationError, id="20403 forbidden"),
        pytest.param(404, 20404, NotFoundError, id="20404 not found"),
        pytest.param(429, 20429, RateLimitedError, id="20429 too many requests"),
        pytest.param(500, 20500, ServerError, id="20500 internal server error"),
        pytest.param(503, 20503, ServerError, id="20503 service unavailable"),
        pytest.param(400, 21211, InvalidRecipientError, id="21211 invalid To number"),
        pytest.param(400, 21266, InvalidRecipientError, id="21266 To and From are the same"),
        pytest.param(400, 21608, InvalidRecipientError, id="21608 unverified number of a trial"),
        pytest.param(400, 21614, InvalidRecipientError, id="21614 not a mobile number"),
        pytest.param(400, 21408, RegionNotEnabledError, id="21408 region not enabled"),
        pytest.param(400, 21610, OptedOutError, id="21610 unsubscribed recipient"),
        pytest.param(400, 21611, QueueFullError, id="21611 queue is full"),
        pytest.param(400, 21603, SenderError, id="21603 From is required"),
        pytest.param(400, 21606, SenderError, id="21606 From is not yours"),
        pytest.param(400, 21659, SenderError, id="21659 From is not Twilio's"),
        pytest.param(400, 21660, SenderError, id="21660 From is another account's"),
        pytest.param(409, 30409, SchedulingError, id="30409 cannot be canceled"),
        pytest.param(400, 35114, SchedulingError, id="35114 SendAt too early or late"),
        pytest.param(409, 20009, ConflictError, id="20009 not complete yet"),
        pytest.param(400, 21617, RequestError, id="21617 body too long"),
        pytest.param(400, 21609, RequestError, id="21609 bad StatusCallback"),
        pytest.param(405, 20004, RequestError, id="20004 method not allowed"),
    ],
)
def test_a_code_says_what_the_caller_can_do(status, code, kind):
    assert error_class(status, code) is kind


@pytest.mark.parametrize("code", [None, 99_999], ids=["no code", "unknown code"])
@pytest.mark.parametrize(
    ("status", "kind"),
    [
        pytest.param(302, RequestError, id="302"),
        pytest.param(400, RequestError, id="400"),
        pytest.param(401, AuthenticationError, id="401"),
        pytest.param(403, AuthenticationError, id="403"),
        pytest.param(404, NotFoundError, id="404"),
        pytest.param(408, NotProcessedError, id="408"),
        pytest.param(409, ConflictError, id="409"),
        pytest.param(410, NotFoundError, id="410"),
        pytest.param(421, NotProcessedError, id="421"),
        pytest.param(425, NotProcessedError, id="425"),
        pytest.param(429, RateLimitedError, id="429"),
        pytest.param(500, ServerError, id="500"),
        pytest.param(503, ServerError, id="503"),
        pytest.param(599, ServerError, id="599"),
    ],
)
def test_without_a_known_code_the_status_decides(status, code, kind):
    assert error_class(status, code) is kind


def test_no_code_stands_under_two_errors():
    times = Counter(code for codes in CODES.values() for code in codes)

    assert [code for code, count in times.items() if count > 1] == []


def test_every_error_of_a_refusal_can_come_up():
    reachable = {*CODES, *STATUSES.values(), RequestError}

    assert reachable == set(ApiError.__subclasses__())


@given(status=st.integers(100, 999), code=st.none() | st.integers())
def test_any_answer_becomes_an_api_error(status, code):
    kind = error_class(status, code)

    assert issubclass(kind, ApiError)
    assert kind is not ApiError
