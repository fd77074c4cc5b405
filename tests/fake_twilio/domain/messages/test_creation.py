"""Tests of reading a create-message request."""

from itertools import combinations
from types import MappingProxyType

import pytest

from fake_twilio.domain.accounts.service import DEFAULTS, Service
from fake_twilio.domain.messages.content import Content
from fake_twilio.domain.messages.creation import PARAMETERS, AnySenders, Submission, read_submission
from fake_twilio.domain.twilio.errors import Refusal, refusal
from fake_twilio.domain.twilio.form import Form
from fake_twilio.domain.values.numbers import masked
from tests.fake_twilio.doubles import ACCOUNT_SID, RECIPIENT, SENDER, SERVICE_SID, START, create_form, service_form

CONTENT_SID = "HX" + "0e" * 16
OWN_NUMBERS = (SENDER, "INFO", "12345")
SETTINGS = MappingProxyType(
    {**DEFAULTS, "StatusCallback": "https://example.com/service", "ValidityPeriod": 90, "SmartEncoding": True}
)


class Own:
    """The senders of an account: three, of which one is in the pool of its only service."""

    def check(self, sender: str) -> None:
        if sender not in OWN_NUMBERS:
            raise refusal(21659, **{"from": masked(sender)})

    def service(self, sid: str) -> Service:
        if sid != SERVICE_SID:
            raise refusal(21701)
        return Service(sid=sid, account_sid=ACCOUNT_SID, settings=SETTINGS)

    def check_pooled(self, service: Service, sender: str) -> None:
        if sender != SENDER:
            raise refusal(21711)


def read(form: Form) -> Submission:
    return read_submission(form, Own(), START)


def refused(form: Form) -> Refusal:
    with pytest.raises(Refusal) as caught:
        read(form)
    return caught.value


def test_a_whole_form_becomes_a_submission() -> None:
    form = create_form(StatusCallback="https://example.com/s?x=1", ValidityPeriod="60")

    found = read(form)

    assert (found.to, found.sender, found.service_sid, found.body) == (RECIPIENT, SENDER, None, "hello")
    assert (found.status_callback, found.validity_seconds, found.send_at) == ("https://example.com/s?x=1", 60, None)
    assert (found.media_urls, found.unknown_parameters) == ((), ())


# Twilio reference, section 2.2: the order of validation, and the texts.
FAULTS: list[tuple[str, int, dict[str, str | None]]] = [
    ("no To", 21604, {"To": None}),
    ("no From", 21603, {"From": None}),
    ("no Body", 21602, {"Body": None}),
    ("long Body", 21617, {"Body": "x" * 1601}),
    ("bad To", 21211, {"To": "nobody"}),
    ("bad From", 21212, {"From": "no/sender"}),
    ("foreign From", 21659, {"From": "+15005550009"}),
    ("bad StatusCallback", 21609, {"StatusCallback": "ftp://example.com"}),
    ("bad MediaUrl", 21620, {"MediaUrl": "nowhere"}),
    ("bad ValidityPeriod", 21624, {"ValidityPeriod": "0"}),
    ("bad ContentSid", 21655, {"ContentSid": "HX1"}),
    ("bad MaxPrice", 21627, {"MaxPrice": "free"}),
    ("bad ScheduleType", 35126, {"ScheduleType": "later"}),
]
PAIRS = [
    (one, other)
    for one, other in combinations(FAULTS, 2)
    if not one[2].keys() & other[2].keys()
    and (one[1], other[1]) not in {(21602, 21620), (21602, 21655)}  # a medium or a template stands for a body
]


@pytest.mark.parametrize(("first", "second"), PAIRS, ids=lambda fault: fault[0])
def test_the_fault_that_stands_first_in_twilios_order_is_named(first, second) -> None:
    form = create_form(**{**second[2], **first[2]})

    assert refused(form).code == first[1]


TEXTS: list[tuple[Form, int, str]] = [
    (create_form(To=None), 21604, "A 'To' phone number is required."),
    (create_form(From=None), 21603, "A 'From' phone number is required."),
    (create_form(Body=None), 21602, "Message body is required."),
    (service_form(Body=None), 21619, "A text message body or media urls must be specified."),
    (create_form(Body="x" * 1601), 21617, "The concatenated message body exceeds the 1600 character limit."),
    (create_form(To="+1555123456"), 21211, "Invalid 'To' Phone Number: +155512XXXX"),
    (create_form(To=SENDER), 21266, "'To' and 'From' number cannot be the same"),
    (
        create_form(From="+15005550009"),
        21659,
        "'From' +1500555XXXX is not a Twilio phone number or Short Code country mismatch",
    ),
]


@pytest.mark.parametrize(("form", "code", "text"), TEXTS, ids=[str(code) for _, code, _ in TEXTS])
def test_a_refusal_has_twilios_text(form: Form, code: int, text: str) -> None:
    found = refused(form)

    assert (found.code, found.status, found.message) == (code, 400, text)


@pytest.mark.parametrize("key", ["To", "From", "Body"])
def test_an_empty_value_is_as_good_as_none(key: str) -> None:
    assert refused(create_form(**{key: ""})).code == refused(create_form(**{key: None})).code


@pytest.mark.parametrize("character", ["x", "é", "😀"], ids=["GSM", "two bytes", "surrogate pair"])
def test_the_body_is_counted_in_characters(character: str) -> None:
    assert read(create_form(Body=character * 1600)).body == character * 1600
    assert refused(create_form(Body=character * 1601)).code == 21617


def test_a_body_keeps_its_spaces() -> None:
    assert read(create_form(Body="  hi \n")).body == "  hi \n"


@pytest.mark.parametrize("text", ["+15551234567", "(555) 123-4567", "1 555 123 4567", " +15551234567 "])
def test_a_recipient_is_read_as_e164(text: str) -> None:
    assert read(create_form(To=text)).to == "+15551234567"


def test_the_same_number_written_otherwise_is_still_the_same() -> None:
    assert refused(create_form(To="(500) 555-0006")).code == 21266


@pytest.mark.parametrize("sender", ["INFO", "12345", SENDER])
def test_the_account_may_send_from_what_it_owns(sender: str) -> None:
    assert read(create_form(From=sender)).sender == sender


def test_test_credentials_own_every_sender_and_service() -> None:
    form = create_form(From="+15005550009", MessagingServiceSid="MG" + "9" * 32)

    found = read_submission(form, AnySenders(), START)

    assert (found.sender, found.service_sid) == ("+15005550009", "MG" + "9" * 32)


def test_an_unknown_service_and_a_sender_outside_its_pool_are_refused() -> None:
    assert refused(service_form(MessagingServiceSid="MG" + "9" * 32)).code == 21701
    assert refused(create_form(From="INFO", MessagingServiceSid=SERVICE_SID)).code == 21711
    assert read(create_form(MessagingServiceSid=SERVICE_SID)).sender == SENDER


def test_a_service_says_what_its_messages_do_not() -> None:
    plain, own = read(service_form()), read(service_form(ValidityPeriod="60", SmartEncoded="false"))

    assert (plain.status_callback, plain.validity_seconds, plain.smart_encoded) == (
        "https://example.com/service",
        90,
        True,
    )
    assert (own.validity_seconds, own.smart_encoded) == (60, False)


def test_a_service_sends_without_a_sender() -> None:
    found = read(service_form())

    assert (found.sender, found.service_sid) == (None, SERVICE_SID)


def test_a_service_may_be_given_as_from() -> None:
    found = read(create_form(From=SERVICE_SID))

    assert (found.sender, found.service_sid) == (None, SERVICE_SID)


def test_a_service_and_one_of_its_senders_may_both_be_given() -> None:
    found = read(create_form(MessagingServiceSid=SERVICE_SID))

    assert (found.sender, found.service_sid) == (SENDER, SERVICE_SID)


def test_the_named_service_counts_when_from_is_a_service_too() -> None:
    found = read(create_form(From="MG" + "1" * 32, MessagingServiceSid=SERVICE_SID))

    assert (found.sender, found.service_sid) == (None, SERVICE_SID)


@pytest.mark.parametrize("sid", ["MG12", "XX" + "0" * 32, SERVICE_SID + "0"])
def test_a_malformed_service_is_refused(sid: str) -> None:
    assert refused(service_form(MessagingServiceSid=sid)).code == 21705


def test_media_or_content_may_stand_for_a_body() -> None:
    assert read(create_form(Body=None, MediaUrl="https://example.com/cat.png")).body == ""
    assert read(create_form(Body=None, ContentSid="HX" + "0" * 32)).body == ""


def test_ten_media_are_kept_in_order_and_eleven_refused() -> None:
    media = tuple(("MediaUrl", f"https://example.com/{number}") for number in range(11))

    assert read(create_form() + media[:10]).media_urls == tuple(url for _, url in media[:10])
    assert refused(create_form() + media).code == 21623


GOOD_URLS = ["http://localhost:8000/x", "https://example.com", "http://127.0.0.1/a_b?c=d#rc=2", "http://[::1]:8000/"]
GOOD_URLS += ["https://user:secret@example.com/", "https://example.com/" + "x" * 3980]
BAD_URLS = ["nowhere", "ftp://example.com/", "http://", "http:///path", "http://my_host/", "http://host:99999/"]
BAD_URLS += ["http://host:port/", "http://[::1/", "https://example.com/" + "x" * 3981, "http://exa mple.com/"]
BAD_URLS += ["http://a..b/", "http://-a-.com/", "http://%zz/"]


@pytest.mark.parametrize("url", GOOD_URLS, ids=lambda url: url[:40])
def test_a_status_callback_is_kept_as_configured(url: str) -> None:
    assert read(create_form(StatusCallback=url)).status_callback == url


@pytest.mark.parametrize("url", BAD_URLS, ids=lambda url: url[:40])
def test_a_bad_status_callback_is_refused(url: str) -> None:
    assert refused(create_form(StatusCallback=url)).code == 21609


def test_an_empty_status_callback_is_none() -> None:
    assert read(create_form(StatusCallback="")).status_callback is None


@pytest.mark.parametrize(("text", "seconds"), [("1", 1), ("36000", 36_000), ("", 36_000), (None, 36_000)], ids=str)
def test_a_validity_period_is_read(text: str | None, seconds: int) -> None:
    assert read(create_form(ValidityPeriod=text)).validity_seconds == seconds


BAD_PERIODS = {text: text for text in ("0", "36001", "-1", "1.5", "ten", "٣", " 5 ")} | {"5000 digits": "9" * 5000}


@pytest.mark.parametrize("text", BAD_PERIODS.values(), ids=BAD_PERIODS.keys())
def test_a_bad_validity_period_is_refused(text: str) -> None:
    assert refused(create_form(ValidityPeriod=text)).code == 21624


def scheduled(**changes: str | None) -> Form:
    return service_form(**{"ScheduleType": "fixed", "SendAt": "2026-01-01T01:00:00Z", **changes})


def test_a_message_may_be_scheduled() -> None:
    assert read(scheduled()).send_at == START + 3600


@pytest.mark.parametrize("moment", ["2026-01-01T00:05:00Z", "2026-02-05T00:00:00Z"], ids=["300 s", "35 d"])
def test_both_ends_of_the_schedule_window_are_included(moment: str) -> None:
    assert read(scheduled(SendAt=moment)).send_at is not None


@pytest.mark.parametrize(
    "moment",
    ["2026-01-01T00:04:59Z", "2026-02-05T00:00:01Z", "2025-01-01T00:00:00Z", "soon", "0001-01-01T00:00:00+23:59"],
    ids=["299 s", "35 d 1 s", "past", "no date", "before all time"],
)
def test_a_moment_outside_the_schedule_window_is_refused(moment: str) -> None:
    found = refused(scheduled(SendAt=moment))

    assert found.code == 35114
    assert found.message.startswith("SendAt time must be between 300 seconds and 35 days")


SCHEDULE_FAULTS = [
    (35111, scheduled(SendAt=None)),
    (35118, scheduled(From=SENDER, MessagingServiceSid=None)),
    (35126, scheduled(ScheduleType="later")),
    (35126, scheduled(ScheduleType=None)),
]


@pytest.mark.parametrize(("code", "form"), SCHEDULE_FAULTS, ids=["no SendAt", "no service", "not fixed", "no type"])
def test_an_incomplete_schedule_is_refused(code: int, form: Form) -> None:
    assert refused(form).code == code


def test_unknown_parameters_are_noted_and_not_refused() -> None:
    found = read(create_form(Boddy="x", to="y", Zzz=""))

    assert found.unknown_parameters == ("Boddy", "Zzz", "to")


def test_every_documented_parameter_is_known() -> None:
    documented = "ApplicationSid SmartEncoded ProvideFeedback Attempt ForceDelivery ContentRetention AddressRetention"
    documented += " PersistentAction TrafficType ShortenUrls SendAsMms RiskCheck FallbackFrom MaxPrice ContentVariables"
    documented += " ContentSid MessageIntent"

    assert set(documented.split()) <= PARAMETERS
    assert read(create_form(**dict.fromkeys(documented.split(), ""))).unknown_parameters == ()


def test_what_else_is_asked_for_is_kept_as_it_was_given() -> None:
    options = {"Attempt": "2", "SendAsMms": "True", "RiskCheck": "disable"}

    found = read(create_form(**options))

    assert (found.options, found.is_mms) == (tuple(options.items()), True)
    assert (read(create_form()).options, read(create_form()).is_mms) == ((), False)


@pytest.mark.parametrize(
    ("changes", "prefix"),
    [
        ({}, "SM"),
        ({"SendAsMms": "false"}, "SM"),
        ({"SendAsMms": "true"}, "MM"),
        ({"MediaUrl": "https://example.com/cat.png", "SendAsMms": "false"}, "MM"),
    ],
    ids=["text", "no MMS", "MMS", "media"],
)
def test_media_and_a_text_that_goes_as_one_have_sids_of_their_own(changes: dict[str, str], prefix: str) -> None:
    assert read(create_form(**changes)).sid_prefix == prefix


def test_the_text_of_a_template_wins_over_the_body() -> None:
    contents = (Content(CONTENT_SID, "Hello {{1}}"),)
    form = create_form(ContentSid=CONTENT_SID, ContentVariables='{"1": "Ann"}')

    assert read_submission(form, Own(), START, contents).body == "Hello Ann"
    assert read(form).body == "hello"  # nobody knows what the template says


def test_the_text_of_a_template_is_as_long_as_a_body_at_most() -> None:
    contents = (Content(CONTENT_SID, "{{1}}"),)

    def read_long(characters: int) -> Submission:
        variables = f'{{"1": "{"x" * characters}"}}'
        form = create_form(Body=None, ContentSid=CONTENT_SID, ContentVariables=variables)
        return read_submission(form, Own(), START, contents)

    assert len(read_long(1600).body) == 1600
    with pytest.raises(Refusal) as caught:
        read_long(1601)
    assert caught.value.code == 21617


def test_a_fallback_goes_with_a_service_that_chooses_the_sender() -> None:
    assert read(service_form(FallbackFrom=SENDER)).options == (("FallbackFrom", SENDER),)
    assert refused(create_form(FallbackFrom=SENDER)).code == 21666
