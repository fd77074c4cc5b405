"""Tests of Twilio's refusals."""

import json

import pytest

from fake_twilio.domain.twilio.errors import Refusal, refusal, title

PLACES = {"to": "+1555123XXXX", "from": "+1500555XXXX", "account_sid": "AC1", "path": "/p", "method": "PUT"}

# Twilio reference, section 2.2 and 1.6: exact texts.
TEXTS = [
    (20004, 405, "The requested resource /p does not support the attempted HTTP method PUT"),
    (20404, 404, "The requested resource /p was not found"),
    (20429, 429, "Too Many Requests"),
    (21211, 400, "Invalid 'To' Phone Number: +1555123XXXX"),
    (
        21212,
        400,
        "The 'From' number +1500555XXXX is not a valid phone number, shortcode, or alphanumeric sender ID.",
    ),
    (
        21408,
        400,
        "Permission to send an SMS has not been enabled for the region indicated by the 'To' number: +1555123XXXX",
    ),
    (
        21606,
        400,
        "The From phone number +1500555XXXX is not a valid, SMS-capable inbound phone number or short code"
        " for your account.",
    ),
    (
        21608,
        400,
        "The number +1555123XXXX is unverified. Trial accounts cannot send messages to unverified numbers; verify"
        " +1555123XXXX at twilio.com/user/account/phone-numbers/verified, or purchase a Twilio number to send messages"
        " to unverified numbers",
    ),
    (21610, 400, "Attempt to send to unsubscribed recipient"),
    (21611, 400, "SMS queue is full."),
    (
        21612,
        400,
        "Message cannot be sent with the current combination of 'To' (+1555123XXXX) and/or 'From' (+1500555XXXX)"
        " parameters",
    ),
    (21614, 400, "'To' number: +1555123XXXX, is not a valid mobile number"),
    (21660, 400, "Mismatch between the 'From' number +1500555XXXX and the account AC1"),
]


@pytest.mark.parametrize(("code", "status", "text"), TEXTS, ids=[str(code) for code, _, _ in TEXTS])
def test_a_refusal_has_twilios_status_and_text(code: int, status: int, text: str) -> None:
    found = refusal(code, **PLACES)

    assert (found.code, found.status, found.message) == (code, status, text)


def test_a_code_without_a_text_of_its_own_is_told_by_its_title() -> None:
    assert refusal(21624).message == title(21624)


def test_a_place_whose_value_is_not_known_stays_empty() -> None:
    assert refusal(21211).message == "Invalid 'To' Phone Number: "


def test_a_value_with_braces_is_taken_as_it_is() -> None:
    assert refusal(21211, to="{path}").message == "Invalid 'To' Phone Number: {path}"


def test_an_error_of_a_delivery_refuses_as_a_bad_request() -> None:
    assert refusal(30007).status == 400


def test_more_info_is_the_address_of_the_page_about_the_code() -> None:
    assert json.loads(Refusal(21211, 400, "x").body())["more_info"] == "https://www.twilio.com/docs/errors/21211"


def test_a_code_that_is_not_in_the_catalogue_has_a_title_that_says_so() -> None:
    assert (title(30007), title(1)) == ("Message filtered", "Unknown error")


def test_an_alert_that_ends_a_message_has_its_title_there_too() -> None:
    assert title(14107) == "SMS send rate limit exceeded"


def test_a_refusal_has_the_four_keys_of_a_recorded_body_in_their_order() -> None:
    tree = json.loads(refusal(21211, to="+1555123XXXX").body())

    assert list(tree.items()) == [
        ("code", 21211),
        ("message", "Invalid 'To' Phone Number: +1555123XXXX"),
        ("more_info", "https://www.twilio.com/docs/errors/21211"),
        ("status", 400),
    ]
