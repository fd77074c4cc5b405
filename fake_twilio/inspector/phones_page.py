"""The phones: conversations, and each of them as its recipient sees it."""

from flask import Response

from fake_twilio.inspector.conversations import Pair, bubbles_of, lines_of
from fake_twilio.inspector.page import Pages
from fake_twilio.inspector.routes import Route
from fake_twilio.inspector.shortened import shortened
from fake_twilio.inspector.subject import Subject
from fake_twilio.inspector.teaching import SENDER

PERSON = "+15557654321"  # whose phone is offered first


class PhonesPage:
    """The views."""

    def __init__(self, subject: Subject, pages: Pages) -> None:
        self._subject = subject
        self._pages = pages

    def routes(self) -> tuple[Route, ...]:
        return Route("/phones", self.all), Route("/phones/<theirs>/<ours>", self.one)

    def all(self) -> Response:
        """Answer the conversations with the newest messages."""
        lines = shortened(lines_of(self._subject.messages))
        numbers = shortened(self._subject.scenario.numbers or (SENDER,))
        return self._pages.show("phones.html", lines=lines, numbers=numbers.rows, person=PERSON)

    def one(self, theirs: str, ours: str) -> Response:
        """Answer one conversation, also one in which nobody has said anything yet."""
        newest = self._subject.feed.newest  # before the messages: what comes meanwhile is told twice, not missed
        pair = Pair(ours, theirs)
        return self._pages.show(
            "phone.html",
            pair=pair,
            bubbles=bubbles_of(pair, self._subject.messages, self._subject.auto_replies),
            is_out=self._is_out(pair),
            newest=newest,
        )

    def _is_out(self, pair: Pair) -> bool:
        """Whether this person opted out of our number, or of the service in whose pool it is."""
        pools = self._subject.inventory.pools
        origins = {pair.ours, *(service.sid for service, senders in pools if pair.ours in senders)}
        return any(one.to == pair.theirs and one.sender in origins for one in self._subject.opt_outs)
