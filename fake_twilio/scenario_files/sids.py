"""The SIDs of a scenario file, each of which stands there once."""

from collections import Counter
from collections.abc import Iterable
from typing import Annotated

from pydantic import BeforeValidator

from fake_twilio.domain.values.sids import (
    is_account_sid,
    is_application_sid,
    is_content_sid,
    is_key_sid,
    is_service_sid,
)
from fake_twilio.scenario_files.readers import text

_DIGITS = "and 32 hexadecimal digits"
AccountSid = Annotated[str, BeforeValidator(text(is_account_sid, f"the SID of an account: AC {_DIGITS}"))]
ApplicationSid = Annotated[str, BeforeValidator(text(is_application_sid, f"the SID of an application: AP {_DIGITS}"))]
ContentSid = Annotated[str, BeforeValidator(text(is_content_sid, f"the SID of a content template: HX {_DIGITS}"))]
KeySid = Annotated[str, BeforeValidator(text(is_key_sid, f"the SID of a key: SK {_DIGITS}"))]
ServiceSid = Annotated[str, BeforeValidator(text(is_service_sid, f"the SID of a messaging service: MG {_DIGITS}"))]


def check_once(what: str, sids: Iterable[str]) -> None:
    """Raise `ValueError` if one of *sids* is there more than once; *what* says what they are."""
    for sid, times in Counter(sids).items():
        if times > 1:
            raise ValueError(f"wanted each {what} once, not {sid} {times} times")
