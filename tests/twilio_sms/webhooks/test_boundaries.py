"""Who cuts a signed webhook anew gets nothing by it."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator as OfficialValidator

from tests.doubles import ACCOUNT_SID, AUTH_TOKEN, MESSAGE_SID, RECIPIENT, SENDER
from tests.webhooks import INBOUND_URL, inbound_form, sid, status_form
from twilio_sms.errors import ValidationError
from twilio_sms.webhooks.boundaries import check_cuts
from twilio_sms.webhooks.inbound import read_inbound
from twilio_sms.webhooks.parameters import Parameters
from twilio_sms.webhooks.status import read_status_update

VICTIM = "+15557654321"
OFFICIAL = OfficialValidator(AUTH_TOKEN)


def signed_text(form):
    return "".join(name + value for name, value in sorted(form))


def cut(form, whole, *parts):
    """Put the pairs *parts* in the place of the pairs named *whole*; what is signed stays as it is."""
    kept = [pair for pair in form if pair[0] not in whole]
    changed = (*kept, *parts)
    assert signed_text(changed) == signed_text(form)
    assert OFFICIAL.compute_signature(INBOUND_URL, dict(changed)) == OFFICIAL.compute_signature(INBOUND_URL, dict(form))
    return Parameters(tuple(changed))


def refused(parameters, read=read_inbound):
    parameters.check_names()
    try:
        read(parameters, ACCOUNT_SID)
    except ValidationError:
        return True
    return False


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ({"Body"}, [("Bodyhello", "")]),
        ({"Body"}, [("Bod", "yhello")]),
        ({"ApiVersion", "Body"}, [("ApiVersion", "2010-04-01Bodyhello")]),
        ({"Body", "From"}, [("Body", f"helloFrom{RECIPIENT}")]),
        ({"From"}, [("Fro", f"m{RECIPIENT}")]),
        ({"From", "FromCity"}, [("From", f"{RECIPIENT}FromCityCENTREVILLE")]),
        ({"FromCity", "FromCountry"}, [("FromCity", "CENTREVILLEFromCountryUS")]),
        ({"FromZip", "MessageSid"}, [("FromZip", f"22036MessageSid{MESSAGE_SID}")]),
        ({"NumMedia"}, [("NumMedia0", "")]),
        ({"NumMedia"}, [("Num", "Media0")]),
        ({"NumSegments", "ReferralNumMedia"}, [("NumSegments", "1ReferralNumMedia0")]),
        ({"ReferralNumMedia", "SmsMessageSid"}, [("ReferralNumMedia", f"0SmsMessageSid{MESSAGE_SID}")]),
        ({"SmsStatus", "To"}, [("SmsStatus", f"receivedTo{SENDER}")]),
        ({"To", "ToCity"}, [("To", f"{SENDER}ToCityCOLEMAN")]),
        ({"ToState", "ToZip"}, [("ToState", "MIToZip")]),
        ({"AccountSid"}, [("Account", f"Sid{ACCOUNT_SID}")]),
    ],
)
def test_a_parameter_that_hides_in_another_is_found(whole, parts):
    assert refused(cut(inbound_form(), whole, *parts))


def test_an_opt_out_of_twilios_is_not_hidden():
    form = inbound_form("ARRET", OptOutType="STOP")

    assert refused(cut(form, {"OptOutType"}, ("OptOutTypeSTOP", "")))
    assert refused(cut(form, {"OptOutType"}, ("Opt", "OutTypeSTOP")))


def test_media_are_not_hidden():
    media = {"MediaUrl0": "https://m.test/0", "MediaContentType0": "image/png"}
    more = {"MediaUrl1": "https://m.test/1", "MediaContentType1": "image/png"}
    form = inbound_form(**media, **more, NumMedia="2")

    assert not refused(Parameters(form))
    assert refused(
        cut(
            form,
            {"MediaContentType0", "MediaContentType1"},
            ("MediaContentType0", "image/pngMediaContentType1image/png"),
        )
    )
    assert refused(cut(form, {"MediaUrl0", "MediaUrl1"}, ("MediaUrl0", "https://m.test/0MediaUrl1https://m.test/1")))


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ({"MessageStatus"}, [("MessageStat", "usdelivered")]),
        ({"ErrorCode"}, [("ErrorCode30003", "")]),
        ({"ErrorCode"}, [("Error", "Code30003")]),
        ({"From"}, [("Fro", f"m{SENDER}")]),
        ({"From"}, [("F", f"rom{SENDER}")]),
        ({"ChannelPrefix", "ErrorCode"}, [("ChannelPrefix", "smsErrorCode30003")]),
    ],
)
def test_a_callback_hides_nothing_either(whole, parts):
    form = status_form("delivered", ErrorCode="30003", ChannelPrefix="sms")

    assert refused(cut(form, whole, *parts), read_status_update)


def test_a_text_that_holds_a_whole_webhook_forges_none():
    forged = [
        ("Body", "x"),
        ("From", VICTIM),
        ("MessageSid", sid(7)),
        ("NumMedia", "0"),
        ("SmsSid", sid(7)),
        ("To", SENDER),
    ]
    form = inbound_form(signed_text(forged).removeprefix("Body") + "Zzz")
    rest = [pair for pair in form if pair[0] not in ("AccountSid", "ApiVersion", "Body")]

    parameters = cut(form, {name for name, _ in [*rest, ("Body", "")]}, *forged, ("Zzz", signed_text(rest)))

    assert parameters.one("From") == VICTIM
    assert refused(parameters)


@pytest.mark.parametrize(
    ("bait", "hiding"),
    [
        ("FromA", [("FromA", f"From{RECIPIENT}"), ("FromCity", "CENTREVILLE")]),
        ("FromA", [("FromAFrom", RECIPIENT), ("FromCity", "CENTREVILLE")]),
        ("FromCity", [("FromCity", f"From{RECIPIENT}FromCityCENTREVILLE")]),
        ("FromBank", [("FromBankFrom", f"{RECIPIENT}FromCityCENTREVILLE")]),
    ],
)
def test_a_text_that_holds_a_sender_forges_none(bait, hiding):
    form = inbound_form(f"xFrom{VICTIM}{bait}")

    parameters = cut(form, {"Body", "From", "FromCity"}, ("Body", "x"), ("From", VICTIM), *hiding)

    assert parameters.one("From") == VICTIM
    assert refused(parameters)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OriginalRepliedMessageSid", MESSAGE_SID),
        ("OriginalRepliedMessageSender", RECIPIENT),
        ("ForwardedFrom", RECIPIENT),
        ("ReferralFrom", RECIPIENT),
        ("ParentAccountSid", ACCOUNT_SID),
        ("FromCarrier", "ACME"),
        ("BodyType", "text"),
        ("ProfileName", "Bodo From Tours"),
        ("ChannelMetadata", '{"From":"+15551234567","AccountSid":"AC1"}'),
        ("ErrorUrl", "https://app.test/sms?From=%2B15551234567"),
    ],
)
def test_what_twilio_adds_is_kept(name, value):
    message = read_inbound(Parameters(inbound_form(**{name: value})), ACCOUNT_SID)

    assert message.extra[name] == value


@given(body=st.text(max_size=60) | st.sampled_from([f"From{VICTIM}", f"MessageSid{MESSAGE_SID}", "OptOutTypeSTOP"]))
def test_who_writes_a_text_may_write_anything(body):
    assert read_inbound(Parameters(inbound_form(body)), ACCOUNT_SID).body == body


@st.composite
def cuts_anew(draw):
    """Return a form that is signed like `inbound_form()`: some names begin elsewhere, or not at all."""
    pairs = sorted(inbound_form())
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(1, len(pairs) - 1))
        before, (name, value) = pairs[at - 1], pairs[at]
        moved = draw(st.integers(0, len(name + value)))
        swallowed = (before[0], before[1] + name + value)
        renamed = ((name + value)[:moved], (name + value)[moved:])
        pairs[at - 1 : at + 1] = [swallowed] if draw(st.booleans()) else [before, renamed]
        assume(len(pairs) > 2)
    assume(signed_text(pairs) == signed_text(inbound_form()))
    return tuple(pairs)


@settings(max_examples=400)
@given(pairs=cuts_anew())
def test_no_cut_changes_what_the_message_says(pairs):
    honest = read_inbound(Parameters(inbound_form()), ACCOUNT_SID)

    try:
        message = read_inbound(Parameters(pairs), ACCOUNT_SID)
    except ValidationError:
        return
    assert message._replace(extra={}) == honest._replace(extra={})


def test_only_what_is_known_can_be_missed():
    check_cuts(Parameters((("A", "OptOutType"),)), (), ("OptOut" + "Typo", "To"))
    with pytest.raises(ValidationError):
        check_cuts(Parameters((("A", "OptOutType"),)), (), ("OptOutType",))
