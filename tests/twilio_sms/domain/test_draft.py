"""A draft that exists may be sent; another is refused with everything that is wrong."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.doubles import RECIPIENT, SENDER
from twilio_sms.domain.draft import Draft, SendOptions, is_web_address
from twilio_sms.errors import ValidationError

SERVICE = "MG" + "0f" * 16
MEDIA = "https://example.com/cat.png"


def _draft(**changes):
    return Draft.parse(**{"to": RECIPIENT, "from_": SENDER, "body": "hello", "options": {}, **changes})


def _refusal(**changes) -> str:
    with pytest.raises(ValidationError) as caught:
        _draft(**changes)
    return str(caught.value)


def test_a_draft_becomes_the_form_of_a_send():
    draft = _draft(messaging_service_sid=SERVICE, media_url=MEDIA, options={"smart_encoded": True})

    assert draft.to_form() == (
        ("To", RECIPIENT),
        ("From", SENDER),
        ("MessagingServiceSid", SERVICE),
        ("Body", "hello"),
        ("MediaUrl", MEDIA),
        ("SmartEncoded", "true"),
    )


def test_what_is_absent_is_not_sent():
    draft = _draft(
        from_=None, messaging_service_sid=SERVICE, body=None, options={"content_sid": "HX1", "attempt": None}
    )

    assert draft.to_form() == (("To", RECIPIENT), ("MessagingServiceSid", SERVICE), ("ContentSid", "HX1"))


@given(names=st.lists(st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True), max_size=10))
def test_every_media_address_is_sent_in_its_place(names):
    urls = [f"https://example.com/{name}" for name in names]

    form = _draft(media_url=urls).to_form()

    assert [value for name, value in form if name == "MediaUrl"] == urls


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


# The limits are Twilio's: errors 21617, 21623, 21624 and 21609.
@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"body": "x" * 1600}, id="longest body"),
        pytest.param({"body": "\U0001f600" * 1600}, id="longest body of emoji"),
        pytest.param({"media_url": [MEDIA] * 10}, id="ten media"),
        pytest.param({"body": None, "media_url": MEDIA}, id="media without a body"),
        pytest.param({"body": "", "media_url": MEDIA}, id="media with an empty body"),
        pytest.param({"options": {"validity_period": 1}}, id="shortest validity"),
        pytest.param({"options": {"validity_period": timedelta(hours=10)}}, id="longest validity"),
        pytest.param({"options": {"status_callback": "https://a.b/" + "c" * 3988}}, id="longest address"),
        pytest.param({"from_": "MyShop"}, id="alphanumeric sender"),
    ],
)
def test_what_is_just_right_is_taken(changes):
    assert _draft(**changes).to_form()[0] == ("To", RECIPIENT)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        pytest.param({"to": "5551234"}, "to must be an E.164 number", id="recipient"),
        pytest.param({"from_": "no!"}, "from_ must be an E.164 number", id="sender"),
        pytest.param({"from_": None}, "a sender is missing", id="no sender"),
        pytest.param(
            {"messaging_service_sid": "SM1"}, "messaging_service_sid must be MG and 32 hexadecimal digits", id="service"
        ),
        pytest.param({"body": "x" * 1601}, "body must have 1 to 1600 characters, has 1601", id="body"),
        pytest.param({"body": ""}, "content is missing", id="empty body"),
        pytest.param({"body": None, "media_url": []}, "content is missing", id="no content"),
        pytest.param({"media_url": [MEDIA] * 11}, "media_url takes at most 10 addresses, has 11", id="eleven media"),
        pytest.param({"media_url": [MEDIA, "cat.png"]}, "media_url must be an http or https address", id="media"),
        pytest.param({"media_url": 5}, "media_url must be an http or https address", id="media that is a number"),
        pytest.param({"media_url": [None]}, "media_url cannot send a value of type NoneType", id="media that is null"),
    ],
)
def test_what_cannot_be_sent_is_refused_by_name(changes, complaint):
    assert complaint in _refusal(**changes)


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
    ("name", "value"),
    [("body", 5), ("messaging_service_sid", 5), ("to", 5), ("from_", 5)],
    ids=lambda value: str(value),
)
def test_an_argument_that_is_no_text_is_refused_by_name(name, value):
    assert f"{name} must" in _refusal(**{name: value})


def test_a_body_that_utf_8_cannot_carry_is_refused():
    half_an_emoji = "\ud83d"

    assert "body holds half a character" in _refusal(body=half_an_emoji)


def test_only_a_service_can_schedule():
    assert "send_at needs messaging_service_sid" in _refusal(options={"send_at": datetime(2026, 1, 2, tzinfo=UTC)})


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("sendat", "did you mean send_at?"),
        ("status_callbak", "did you mean status_callback?"),
        ("from", "did you mean from_?"),
        ("media_urls", "did you mean media_url?"),
    ],
)
def test_a_parameter_that_is_mistyped_is_refused_with_a_hint(name, hint):
    assert f"{name} is no parameter of a message: {hint}" in _refusal(options={name: "x"})


def test_a_parameter_that_is_like_no_other_is_refused_without_a_hint():
    assert _refusal(options={"zzz": 1}) == "zzz is no parameter of a message"


def test_everything_that_is_wrong_is_told_at_once():
    refusal = _refusal(
        to="x",
        from_=None,
        messaging_service_sid="SM1",
        body="x" * 1601,
        media_url="cat",
        options={"sendat": 1, "attempt": object()},
    )

    starts = ["to", "messaging_service_sid", "body", "media_url", "sendat", "attempt"]
    assert [problem.split()[0] for problem in refusal.split("; ")] == starts


def test_a_refusal_shows_neither_body_nor_number():
    refusal = _refusal(to="15551234567", from_="+1555123456789012", body="hush " * 400)

    assert not any(private in refusal for private in ("hush", "15551234567", "555123456789"))


def test_a_draft_shows_neither_body_nor_number():
    shown = repr(_draft(body="hush", media_url=MEDIA))

    assert shown == "Draft(to PhoneNumber(+1555***4567))"


@given(body=st.text(min_size=1, max_size=1600))
def test_a_body_is_sent_as_it_was_given(body):
    assert ("Body", body) in _draft(body=body).to_form()


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
