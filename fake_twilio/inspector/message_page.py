"""The page of one message: what was asked, what happened, what is to come, and how to say it again."""

from flask import Response

from fake_twilio.inspector.conversations import pair_of
from fake_twilio.inspector.copies import copies_of
from fake_twilio.inspector.error_pages import error_links, error_title
from fake_twilio.inspector.history import history_of
from fake_twilio.inspector.page import Pages
from fake_twilio.inspector.routes import Route
from fake_twilio.inspector.rows import to_row
from fake_twilio.inspector.shortened import shortened
from fake_twilio.inspector.subject import Subject
from fake_twilio.inspector.workbench_link import workbench_link


class MessagePage:
    """The view."""

    def __init__(self, subject: Subject, pages: Pages) -> None:
        self._subject = subject
        self._pages = pages

    def routes(self) -> tuple[Route, ...]:
        return (Route("/messages/<sid>", self.show),)

    def show(self, sid: str) -> Response:
        """Answer one message; 404 if there is none."""
        newest = self._subject.feed.newest  # before the message: what comes meanwhile is told twice, not missed
        message = self._subject.find(sid)
        if message is None:
            return self._pages.show("no_message.html", status=404)
        return self._pages.show(
            "message.html",
            message=message,
            pair=pair_of(message),
            row=to_row(message),
            error=error_title(message.error_code),
            error_links=error_links(message.error_code),
            history=history_of(message, self._subject),
            pending=[webhook for webhook in self._subject.pending if webhook.message_sid == sid],
            copies=copies_of(message, self._subject),
            replays=shortened([waiting for waiting in self._subject.replays if waiting.webhook.message_sid == sid]),
            newest=newest,
            workbench_link=workbench_link,
        )
