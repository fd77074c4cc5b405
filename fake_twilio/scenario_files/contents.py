"""What a scenario file may say about content templates."""

from pydantic import field_validator

from fake_twilio.domain.messages.content import PLACEHOLDER, Content
from fake_twilio.scenario_files.part import Part
from fake_twilio.scenario_files.sids import ContentSid, check_once


class ContentPart(Part):
    """A template: ``{sid: HX…, body: "Hello {{1}}"}``."""

    sid: ContentSid
    body: str

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
    check_once("template", (part.sid for part in parts))
    return parts
