"""Tests of the SIDs of a scenario file."""

import pytest
from pydantic import TypeAdapter, ValidationError

from fake_twilio.scenario_files.sids import AccountSid, ApplicationSid, ContentSid, KeySid, ServiceSid, check_once

HEX = "0123456789abcdef" * 2
EACH = {"AC": AccountSid, "AP": ApplicationSid, "HX": ContentSid, "SK": KeySid, "MG": ServiceSid}


@pytest.mark.parametrize("prefix", EACH)
def test_a_sid_is_read(prefix: str) -> None:
    assert TypeAdapter(EACH[prefix]).validate_python(prefix + HEX) == prefix + HEX


@pytest.mark.parametrize("prefix", EACH)
@pytest.mark.parametrize("wrong", ["SM" + HEX, "", None], ids=["of a message", "empty", "no text"])
def test_anything_else_is_refused_with_the_prefix_that_was_wanted(prefix: str, wrong: object) -> None:
    with pytest.raises(ValidationError, match=f"wanted the SID of an? .*: {prefix} and 32 hexadecimal digits"):
        TypeAdapter(EACH[prefix]).validate_python(wrong)


def test_each_stands_there_once() -> None:
    check_once("key", ["SK1", "SK2"])

    with pytest.raises(ValueError, match="wanted each key once, not SK1 2 times"):
        check_once("key", ["SK1", "SK2", "SK1"])
