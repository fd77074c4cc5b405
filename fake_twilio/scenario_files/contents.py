"""What a scenario file may say about content templates."""

from collections import Counter

from pydantic import field_validator

from fake_twilio.domain.content import PLACEHOLDER, Content
from fake_twilio.domain.sids import is_content_sid
from fake_twilio.scenario_files.values import Part


class ContentPart(Part):
    """A template: ``{sid: HX…, body: "Hello {{1}}"}``."""

    sid: str
    body: str

    @field_validator("sid")
    @classmethod
    def _check_sid(cls, sid: str) -> str:
        if not is_content_sid(sid):
            raise ValueError("wanted the SID of a content template: HX and 32 hexadecimal digits")
        return sid

    @field_validator("body")
    @classmethod
    def _check_body(cls, body: str) -> str:
        around = PLACEHOLDER.sub("", body)
        if not body or "{{" in around or "}}" in around:
            raise ValueError("wanted a text with places such as {{1}} or {{name}}")
        return body

    def to_content(self) -> Content:
        return Content(self.sid, self.body)


def check_contents(parts: tuple[ContentPart, ...]) -> tuple[ContentPart, ...]:
    """Return *parts*, or refuse them if two have the same SID."""
    for sid, times in Counter(part.sid for part in parts).items():
        if times > 1:
            raise ValueError(f"wanted each template once, not {sid} {times} times")
    return parts
