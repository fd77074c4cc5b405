"""The first page: the live list of messages, and what to paste if there is none."""

from flask import Response, request

from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.inspector.listing import Filter, page_of
from fake_twilio.inspector.live import Live
from fake_twilio.inspector.page import Pages
from fake_twilio.inspector.refusals import refused_lately
from fake_twilio.inspector.routes import Route
from fake_twilio.inspector.rows import to_row
from fake_twilio.inspector.subject import Subject
from fake_twilio.inspector.teaching import lines_to_paste


class MessagesPage:
    """The view."""

    def __init__(self, subject: Subject, pages: Pages, live: Live) -> None:
        self._subject = subject
        self._pages = pages
        self._live = live

    def routes(self) -> tuple[Route, ...]:
        return (Route("/", self.show),)

    def show(self) -> Response:
        """Answer the list: ``q``, ``status`` and ``direction`` choose, ``before`` turns the page."""
        asked = request.args
        wanted = Filter(asked.get("q", ""), asked.get("status", ""), asked.get("direction", ""))
        newest = self._subject.feed.newest  # before the messages: what comes meanwhile is told twice, not missed
        messages = self._subject.messages
        page, counts = page_of(messages, wanted, asked.get("before", "")), self._live.counts()
        return self._pages.show(
            "messages.html",
            rows=[to_row(message) for message in page.messages],
            counts=counts,
            statuses=[*counts, *({wanted.status} & {*Status} - {*counts})],
            total=len(messages),
            wanted=wanted,
            is_first=not asked.get("before"),
            older=page.older,
            newest=newest,
            refused=refused_lately(self._subject.incidents),
            lines=lines_to_paste(self._subject) if not messages else (),
        )
