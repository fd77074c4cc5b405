"""What a webhook is answered with, whatever framework carries it."""

from typing import NamedTuple

XML = "text/xml; charset=utf-8"
PLAIN = "text/plain; charset=utf-8"


class WebhookResponse(NamedTuple):
    """A status, a body and its type. A refusal has no body: it tells nobody which step failed."""

    status: int
    body: str = ""
    content_type: str = PLAIN

    def __repr__(self) -> str:
        return f"<WebhookResponse {self.status}: {len(self.body)} characters of {self.content_type}>"
