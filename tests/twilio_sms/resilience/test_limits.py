"""What the settings ask of a message, and which settings are refused."""

import pytest

from tests.doubles import RECIPIENT, SENDER
from twilio_sms.errors import ValidationError
from twilio_sms.resilience.limits import LONG_CODE_RATE, SHORT_CODE_RATE, TOLL_FREE_RATE, RateLimits
from twilio_sms.resilience.token_bucket import Rate

EVERY_SENDER = RateLimits(
    global_rate=None,
    recipient_rate=None,
    long_code_rate=LONG_CODE_RATE,
    toll_free_rate=TOLL_FREE_RATE,
    short_code_rate=SHORT_CODE_RATE,
)


def not_asked() -> int:
    raise AssertionError("segments were counted for nothing")


def test_by_default_all_messages_and_each_recipient_are_limited_and_no_sender():
    assert RateLimits().rates() == {"global_rate": Rate(10, 30), "recipient_rate": Rate(1, 3)}
    assert RateLimits().on_limit == "wait"


def test_by_default_a_message_takes_a_token_of_all_and_one_of_its_recipient():
    claims = RateLimits().claims(RECIPIENT, "12345", not_asked)

    assert claims == [("global_rate", "", 1), ("recipient_rate", RECIPIENT, 1)]


def test_a_limit_that_is_off_is_not_claimed():
    assert RateLimits(global_rate=None, recipient_rate=None).claims(RECIPIENT, SENDER, not_asked) == []


@pytest.mark.parametrize(
    ("sender", "claims"),
    [
        pytest.param("+15005550006", [("long_code_rate", "+15005550006", 1)], id="long code"),
        pytest.param("+18885550100", [("toll_free_rate", "+18885550100", 1)], id="toll-free"),
        pytest.param("12345", [("short_code_rate", "12345", 7)], id="short code, by segments"),
        pytest.param("MyShop", [], id="alphanumeric"),
        pytest.param("MG" + "0d" * 16, [], id="messaging service"),
        pytest.param(None, [], id="none"),
    ],
)
def test_a_sender_is_limited_by_its_kind(sender, claims):
    assert EVERY_SENDER.claims(RECIPIENT, sender, lambda: 7) == claims


def test_the_limit_of_a_sender_comes_on_top_of_those_for_all():
    claims = RateLimits(long_code_rate=LONG_CODE_RATE).claims(RECIPIENT, SENDER, not_asked)

    assert claims == [("global_rate", "", 1), ("recipient_rate", RECIPIENT, 1), ("long_code_rate", SENDER, 1)]


def test_segments_are_counted_for_a_short_code_alone():
    assert EVERY_SENDER.claims(RECIPIENT, SENDER, not_asked) == [("long_code_rate", SENDER, 1)]


def test_a_kind_may_be_limited_while_others_are_not():
    limits = RateLimits(global_rate=None, recipient_rate=None, toll_free_rate=TOLL_FREE_RATE)

    assert limits.claims(RECIPIENT, SENDER, not_asked) == []


@pytest.mark.parametrize(
    ("name", "sender"),
    [("long_code_rate", SENDER), ("toll_free_rate", "+18885550100"), ("short_code_rate", "12345")],
)
def test_a_limit_of_one_kind_needs_no_other(name, sender):
    limits = RateLimits(global_rate=None, recipient_rate=None, **{name: Rate(5, 5)})

    assert limits.claims(RECIPIENT, sender, lambda: 1) == [(name, sender, 1)]


def test_the_rates_of_senders_are_those_of_twilio():  # Twilio, "Understanding Twilio Rate Limits and Message Queues"
    assert [rate.per_second for rate in (LONG_CODE_RATE, TOLL_FREE_RATE, SHORT_CODE_RATE)] == [1, 3, 100]


@pytest.mark.parametrize("segments", [101, 0, -1])
def test_a_message_that_can_never_pass_is_refused_at_once(segments):
    with pytest.raises(ValidationError, match=r"1 to 100 segments \(short_code_rate\.burst\), has"):
        EVERY_SENDER.claims(RECIPIENT, "12345", lambda: segments)


def test_a_message_may_take_the_whole_burst():
    assert EVERY_SENDER.claims(RECIPIENT, "12345", lambda: 100) == [("short_code_rate", "12345", 100)]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *[(name, 1) for name in ("global_rate", "recipient_rate", "long_code_rate", "toll_free_rate")],
        ("short_code_rate", (100, 100)),
        ("on_limit", "sleep"),
        ("max_recipients", 0),
        ("max_recipients", True),
        ("max_recipients", 1.5),
    ],
)
def test_a_wrong_setting_is_refused_by_its_name(name, value):
    with pytest.raises(ValidationError, match=f"^{name} must be "):
        RateLimits(**{name: value})


def test_what_came_in_place_of_a_rate_is_told():
    with pytest.raises(ValidationError, match=r"^global_rate must be a Rate or None, is int$"):
        RateLimits(global_rate=1)
