"""Tests of what a signature may have been before it was pasted."""

from base64 import b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.webhooks.workbench.signature_readings import oddity, signature_readings

SIGNATURE = "Zm9vK2Jhci9iYXotK2Zvby9iYXI="
WITH_PLUS = "ab+/cdefghijklmnopqrstuvwxy="
PASTED = {
    "with its header": (SIGNATURE, f"X-Twilio-Signature: {SIGNATURE}\r\n"),
    "in quotes": (SIGNATURE, f' "{SIGNATURE}",'.rstrip(",")),
    "percent-encoded": (WITH_PLUS, WITH_PLUS.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D")),
    "through a form": (WITH_PLUS, WITH_PLUS.replace("+", " ")),
    "for URLs": (WITH_PLUS, WITH_PLUS.replace("+", "-").replace("/", "_")),
    "without its end": (SIGNATURE, SIGNATURE[:-1]),
    "in digits": (WITH_PLUS, b64decode(WITH_PLUS).hex()),
}


@pytest.mark.parametrize(("sent", "pasted"), PASTED.values(), ids=PASTED)
def test_what_pasting_did_is_undone_and_named(sent: str, pasted: str) -> None:
    as_it_is, read = signature_readings(pasted)

    assert (as_it_is.text, as_it_is.differences) == (pasted, ())
    assert b64decode(read.text) == b64decode(sent)
    assert len(read.differences) == 1 + (pasted.startswith("X-"))


@pytest.mark.parametrize("signature", [SIGNATURE, WITH_PLUS, ""])
def test_a_signature_that_looks_like_one_is_read_in_one_way(signature: str) -> None:
    assert [reading.text for reading in signature_readings(signature)] == [signature]


@given(st.text(max_size=50))
def test_no_text_is_too_strange(text: str) -> None:
    assert signature_readings(text)[0].text == text


def test_what_is_strange_is_said() -> None:
    assert (oddity(SIGNATURE), oddity("A" * 43 + "=")) == ("", "")
    assert "this has 3" in oddity("abc")
