"""Tests of the requests of a checkup, held against Twilio's own validator."""

import pytest
from twilio.request_validator import RequestValidator

from fake_twilio.checkup.probes import NEW_PARAMETER, MakeProbe, Probes
from fake_twilio.delivery.webhook import Kind, Webhook
from tests.doubles import RECIPIENT, SENDER
from tests.fake_twilio.checkup.apps import TOKEN, subject_of

URL = "http://127.0.0.1:5000/sms?shop=7"


def probes(kind: Kind = Kind.INBOUND) -> Probes:
    return Probes(subject=subject_of(f"{URL}#rc=2", kind=kind), seed=1, now=1_767_225_600.0)


def is_valid(webhook: Webhook, url: str = URL) -> bool:
    return bool(RequestValidator(TOKEN).validate(url, webhook.params, webhook.signature))


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (Probes.signed, True),
        (Probes.extended, True),
        (Probes.tampered, False),
        (Probes.foreign, False),
        (Probes.unsigned, False),
    ],
)
def test_a_signature_is_as_good_as_the_probe_says(make: MakeProbe, expected: bool, kind: Kind) -> None:
    assert is_valid(make(probes(kind))) is expected


def test_each_kind_has_its_parameters() -> None:
    inbound, status = probes().signed().params, probes(Kind.STATUS).signed().params

    assert (inbound["From"], inbound["To"], inbound["Body"] != "") == (RECIPIENT, SENDER, True)
    assert (status["MessageStatus"], "Body" in status) == ("delivered", False)


def test_a_repetition_has_the_same_token_and_other_probes_another() -> None:
    made = probes()

    assert made.signed() == made.signed()
    assert len({each.token for each in (made.signed(), made.tampered(), made.unsigned(), made.foreign())}) == 4


def test_a_request_without_a_signature_has_no_header_for_one() -> None:
    assert "X-Twilio-Signature" not in probes().unsigned().headers()
    assert "X-Twilio-Signature" in probes().signed().headers()


def test_a_new_parameter_comes_along() -> None:
    assert NEW_PARAMETER in probes().extended().form


def test_a_request_may_be_signed_for_another_address() -> None:
    made = probes().signed_for("https://shop.example/sms")

    assert (made.target, is_valid(made), is_valid(made, "https://shop.example/sms")) == (URL, False, True)
