"""What a message may have besides the three things that it needs has Twilio's names, or is refused by name."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.doubles import RECIPIENT, SENDER
from twilio_sms.domain.draft import Draft
from twilio_sms.domain.send_options import SendOptions, is_web_address
from twilio_sms.errors import ValidationError

SERVICE = "MG" + "0f" * 16
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def _draft(**changes):
    return Draft.parse(**{"to": RECIPIENT, "from_": SENDER, "body": "hello", "options": {}, **changes})


def _refusal(**changes) -> str:
    with pytest.raises(ValidationError) as caught:
        _draft(**changes)
    return str(caught.value)


# Names from Twilio's OpenAPI file, parameters of CreateMessage.
@pytest.mark.parametrize(
    ("name", "value", "pair"),
    [
        ("content_variables", {"1": "Zoë"}, ("ContentVariables", '{"1": "Zoë"}')),
        ("content_variables", '{"1":"x"}', ("ContentVariables", '{"1":"x"}')),
        ("status_callback", "https://example.com/s", ("StatusCallback", "https://example.com/s")),
        ("application_sid", "AP1", ("ApplicationSid", "AP1")),
        ("validity_period", 36_000, ("ValidityPeriod", "36000")),
        ("validity_period", timedelta(minutes=5), ("ValidityPeriod", "300")),
        ("smart_encoded", False, ("SmartEncoded", "false")),
        ("provide_feedback", True, ("ProvideFeedback", "true")),
        ("attempt", 2, ("Attempt", "2")),
        ("force_delivery", True, ("ForceDelivery", "true")),
        ("content_retention", "discard", ("ContentRetention", "discard")),
        ("address_retention", "obfuscate", ("AddressRetention", "obfuscate")),
        ("persistent_action", "geo:1,2", ("PersistentAction", "geo:1,2")),
        ("traffic_type", "free", ("TrafficType", "free")),
        ("shorten_urls", True, ("ShortenUrls", "true")),
        ("send_as_mms", True, ("SendAsMms", "true")),
        ("risk_check", "disable", ("RiskCheck", "disable")),
        ("fallback_from", SENDER, ("FallbackFrom", SENDER)),
        ("max_price", "0.05", ("MaxPrice", "0.05")),
        ("message_intent", "otp", ("MessageIntent", "otp")),
    ],
    ids=lambda value: value if isinstance(value, str) and value.isidentifier() else "",
)
def test_an_option_has_twilios_name_on_the_wire(name, value, pair):
    assert _draft(options={name: value}).to_form()[-1] == pair


def test_an_option_of_several_values_is_repeated():
    form = _draft(options={"persistent_action": ["geo:1,2", "geo:3,4"]}).to_form()

    assert form[-2:] == (("PersistentAction", "geo:1,2"), ("PersistentAction", "geo:3,4"))


def test_a_time_to_send_at_implies_the_schedule_type():
    moment = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)

    form = _draft(messaging_service_sid=SERVICE, options={"send_at": moment}).to_form()

    assert form[-2:] == (("ScheduleType", "fixed"), ("SendAt", "2026-01-02T03:04:05Z"))


def test_a_schedule_type_that_was_given_is_sent_once():
    options = {"send_at": datetime(2026, 1, 2, tzinfo=UTC), "schedule_type": "fixed"}

    names = [name for name, _ in _draft(messaging_service_sid=SERVICE, options=options).to_form()]

    assert names.count("ScheduleType") == 1


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("status_callback", "ftp://a.b", "must be an http or https address"),
        ("status_callback", "https://", "must be an http or https address"),
        ("status_callback", "http://[a", "must be an http or https address"),
        ("status_callback", 5, "must be an http or https address"),
        ("status_callback", "https://a.b/" + "c" * 3989, "must be an http or https address of at most 4000 characters"),
        ("validity_period", 0, "must be 1 to 36000 whole seconds, is 0"),
        ("validity_period", 36_001, "must be 1 to 36000 whole seconds, is 36001"),
        ("validity_period", timedelta(days=1), "must be 1 to 36000 whole seconds, is 86400"),
        ("validity_period", "60", "must be 1 to 36000 whole seconds, is 60"),
        ("validity_period", float("nan"), "must be 1 to 36000 whole seconds, is nan"),
        ("validity_period", True, "must be 1 to 36000 whole seconds, is True"),
        ("validity_period", 90.5, "must be 1 to 36000 whole seconds, is 90.5"),
        ("send_at", datetime(2026, 1, 2), "must have a time zone"),
        ("attempt", {1}, "cannot send a value of type set"),
        ("persistent_action", b"geo", "cannot send a value of type bytes"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_an_option_that_cannot_work_is_refused_by_name(name, value, complaint):
    assert f"{name} {complaint}" in _refusal(messaging_service_sid=SERVICE, options={name: value})


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("sendat", "did you mean send_at?"),
        ("status_callbak", "did you mean status_callback?"),
        ("from", "did you mean from_?"),
        ("media_urls", "did you mean media_url?"),
        ("sender", "did you mean from_?"),
        ("recipient", "did you mean to?"),
        ("message", "did you mean body?"),
        ("callback_url", "did you mean status_callback?"),
    ],
)
def test_a_parameter_that_is_mistyped_is_refused_with_a_hint(name, hint):
    assert f"{name} is no parameter of a message: {hint}" in _refusal(options={name: "x"})


def test_a_parameter_that_is_like_no_other_is_refused_without_a_hint():
    assert _refusal(options={"zzz": 1}) == "zzz is no parameter of a message"


@given(
    options=st.dictionaries(st.sampled_from(sorted(SendOptions.__annotations__)) | st.text(), st.integers() | st.text())
)
def test_options_are_taken_or_refused_and_nothing_else(options):
    try:
        form = _draft(options=options).to_form()
    except ValidationError:
        return

    assert len(form) == 3 + len(options)


@pytest.mark.parametrize(
    ("url", "truth"),
    [
        ("https://example.com", True),
        ("http://127.0.0.1:5000/status?x=1", True),
        ("HTTPS://EXAMPLE.COM", True),
        ("example.com", False),
        ("https:///path", False),
        ("javascript:alert(1)", False),
        ("http://[", False),
    ],
)
def test_a_web_address_has_a_scheme_and_a_host(url, truth):
    assert is_web_address(url) is truth


# Twilio's pages about 35114 and 35115, 2026: 300 seconds to 35 days ahead, both included.
@pytest.mark.parametrize("ahead", [timedelta(seconds=300), timedelta(days=1), timedelta(days=35)], ids=str)
def test_a_time_to_send_at_within_twilios_window_is_taken(ahead):
    draft = _draft(messaging_service_sid=SERVICE, options={"send_at": NOW + ahead}, now=lambda: NOW)

    assert draft.to_form()[-1][0] == "SendAt"


@pytest.mark.parametrize(
    ("ahead", "told"),
    [
        (timedelta(seconds=299), "is 299 seconds ahead"),
        (timedelta(seconds=-1), "is in the past"),
        (timedelta(days=35, seconds=1), "is 35 days ahead"),
        (timedelta(days=400), "is 400 days ahead"),
    ],
    ids=str,
)
def test_a_time_to_send_at_outside_of_twilios_window_is_refused(ahead, told):
    refusal = _refusal(messaging_service_sid=SERVICE, options={"send_at": NOW + ahead}, now=lambda: NOW)

    assert refusal == f"send_at must be 300 seconds to 35 days ahead, {told}"


def test_a_time_to_send_at_that_is_a_text_is_left_to_twilio():
    draft = _draft(messaging_service_sid=SERVICE, options={"send_at": "2020-01-01T00:00:00Z"}, now=lambda: NOW)

    assert draft.to_form()[-1] == ("SendAt", "2020-01-01T00:00:00Z")
