"""Python reads a copy as it was meant, and nothing that was asked for is left out in silence."""

import ast
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.messages.creation import PARAMETERS
from fake_twilio.inspector.asking import Asking
from fake_twilio.inspector.python_copy import ARGUMENTS, program
from tests.fake_twilio.doubles import RECIPIENT, SENDER, SERVICE_SID, START, make_message
from twilio_sms.domain.send_options import SendOptions

ADDRESSEES = {"to", "from_", "body", "media_url", "messaging_service_sid"}


def copied(*form: tuple[str, str], send_at: float | None = None) -> str:
    return program(make_message(), Asking((("To", RECIPIENT), *form), send_at), "http://a.test", "token")


def said(text: str) -> dict[str, Any]:
    """Return the arguments of the call that sends."""
    calls = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
    call = next(call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "send")
    return {word.arg or "": ast.literal_eval(word.value) for word in call.keywords}


def test_every_argument_of_our_client_is_known_and_every_parameter_of_the_fake() -> None:
    assert {argument.name for argument in ARGUMENTS.values()} == ADDRESSEES | SendOptions.__annotations__.keys()
    assert ARGUMENTS.keys() == PARAMETERS


@pytest.mark.parametrize(
    ("form", "arguments"),
    [
        ((("From", SENDER),), {"from_": SENDER}),
        ((("From", f" {SERVICE_SID}"),), {"messaging_service_sid": SERVICE_SID}),
        (
            (("MessagingServiceSid", SERVICE_SID), ("From", "MG" + "1" * 32)),
            {"messaging_service_sid": SERVICE_SID},
        ),
        ((("MediaUrl", "a"), ("MediaUrl", ""), ("MediaUrl", "b")), {"media_url": ["a", "b"]}),
        ((("ValidityPeriod", "060"),), {"validity_period": 60}),
        ((("ValidityPeriod", ""), ("ValidityPeriod", "x")), {}),
        ((("SmartEncoded", "true"), ("ShortenUrls", "false")), {"smart_encoded": True, "shorten_urls": False}),
        ((("RiskCheck", ""), ("RiskCheck", "enable")), {"risk_check": "enable"}),
        ((("ProvideFeedback", "maybe"),), {"provide_feedback": "maybe"}),
        ((("Body", ""), ("Body", "late")), {}),
    ],
)
def test_each_parameter_has_its_argument(form: tuple[tuple[str, str], ...], arguments: dict[str, Any]) -> None:
    assert said(copied(*form)) == {"to": RECIPIENT, **arguments}


@pytest.mark.parametrize(
    ("form", "comment"),
    [
        ((("Bdy", "a\nb"),), r"# send() has no name for 'Bdy': 'a\nb'"),
        ((("Body", "a"), ("Body", "b")), "# send() has no name for 'Body': 'b'"),
        ((("ValidityPeriod", ""), ("ValidityPeriod", "x")), "# send() has no name for 'ValidityPeriod': 'x'"),
    ],
)
def test_what_has_no_name_stands_in_a_comment(form: tuple[tuple[str, str], ...], comment: str) -> None:
    assert f"\n    {comment}\n" in copied(*form)


def test_a_repetition_that_is_an_argument_of_its_own_needs_no_comment() -> None:
    assert "#" not in copied(
        ("PersistentAction", "a"), ("PersistentAction", "b"), ("RiskCheck", ""), ("RiskCheck", "x")
    )


@given(
    name=st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    body=st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
)
def test_python_reads_every_text_as_it_was(name: str, body: str) -> None:
    assert said(copied(("Body", body), (f"x{name}", body)))["body"] == body


def test_the_moment_to_send_at_has_a_time_zone() -> None:
    text = copied(("SendAt", "2026-01-01"), send_at=START + 3661)

    assert text.startswith("from datetime import UTC, datetime\n")
    assert "send_at=datetime(2026, 1, 1, 1, 1, 1, tzinfo=UTC)," in text
    assert "datetime" not in copied(("Body", "x"))
